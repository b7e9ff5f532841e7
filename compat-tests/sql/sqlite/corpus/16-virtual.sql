--# create virtual table: create_vtab, vtabarglist, vtabarg

CREATE VIRTUAL TABLE new1 USING fts5(a)

CREATE VIRTUAL TABLE new1 USING fts5(a, b, c)

CREATE VIRTUAL TABLE IF NOT EXISTS new1 USING fts5(a)

CREATE VIRTUAL TABLE main.new1 USING fts5(a)

CREATE VIRTUAL TABLE temp.new1 USING fts5(a)

CREATE VIRTUAL TABLE "new 1" USING "fts5"(a)

CREATE VIRTUAL TABLE [new 1] USING [fts5](a)

CREATE VIRTUAL TABLE `new 1` USING `fts5`(a)

CREATE VIRTUAL TABLE 'new 1' USING 'fts5'(a)

CREATE VIRTUAL TABLE new1 USING anything

CREATE VIRTUAL TABLE new1 USING anything()

CREATE VIRTUAL TABLE new1 USING anything(,)

CREATE VIRTUAL TABLE new1 USING anything(,,)

CREATE VIRTUAL TABLE new1 USING anything(a,)

CREATE VIRTUAL TABLE new1 USING anything(1, 'two', "three", [four], x'05', 6.5, :seven, ?)

CREATE VIRTUAL TABLE new1 USING anything(select from where group by having)

CREATE VIRTUAL TABLE new1 USING anything(a = b, c == d, e <> f, g -> h ->> i, j || k)

CREATE VIRTUAL TABLE new1 USING anything(a (b, c), d ((e), (f, (g))), ())

CREATE VIRTUAL TABLE new1 USING anything((), (()), ((,)), (,))

CREATE VIRTUAL TABLE new1 USING anything(+ - * / % & | ~ << >> < > <= >= = == != <> ; .)

CREATE VIRTUAL TABLE new1 USING anything(a  b   c,  d	e)

CREATE VIRTUAL TABLE new1 USING anything(a /* comment */ b, -- another
  c)

CREATE VIRTUAL TABLE new1 USING anything(CREATE TABLE x(a, b); DROP TABLE y)

CREATE VIRTUAL TABLE new1 USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 1', prefix = '2 3')

CREATE VIRTUAL TABLE new1 USING fts5(title UNINDEXED, body, content = 't1', content_rowid = 'a', columnsize = 0, detail = column)

CREATE VIRTUAL TABLE new1 USING fts5(a, content='')

CREATE VIRTUAL TABLE new1 USING fts5(a, content=t1, tokenize="ascii tokenchars '-_'")

CREATE VIRTUAL TABLE new1 USING fts4(title, body, tokenize=porter, notindexed=title, matchinfo=fts3, order=DESC)

CREATE VIRTUAL TABLE new1 USING fts3(title TEXT NOT NULL, body TEXT DEFAULT 'x', CHECK (1))

CREATE VIRTUAL TABLE new1 USING fts5vocab(doc, row)

CREATE VIRTUAL TABLE new1 USING fts5vocab('doc', 'instance')

CREATE VIRTUAL TABLE new1 USING rtree(id, x0, x1)

CREATE VIRTUAL TABLE new1 USING rtree(id, x0, x1, y0, y1, +label TEXT, +data BLOB)

CREATE VIRTUAL TABLE new1 USING rtree_i32(id, x0, x1, y0, y1)

CREATE VIRTUAL TABLE new1 USING geopoly(a, b, c)

CREATE VIRTUAL TABLE new1 USING csv(filename = '/data/x.csv', header = yes, schema = 'CREATE TABLE x(a, b)')

CREATE VIRTUAL TABLE new1 USING dbstat(main)

CREATE VIRTUAL TABLE new1 USING "my module"("an ""argument""", 'it''s')

CREATE VIRTUAL TABLE new1 USING key(row)

CREATE VIRTUAL TABLE new1 USING vec0(embedding float[768], +payload text, category text partition key)

CREATE VIRTUAL TABLE new1 USING spellfix1

CREATE VIRTUAL TABLE new1 USING anything(日本 ünï "😀")
