--# comments

SELECT 1 -- to the end

SELECT 1 -- to the end
  , 2

SELECT 1 /* inside */, 2

SELECT/* no space */1

SELECT 1/* at the end, not closed

SELECT 1 /* two
  lines */ + 2

SELECT /**/ 1

SELECT /***/ 1

SELECT /* * / */ 1

SELECT /* /* not nested */ 1

SELECT /* ' " ` [ ; */ 1

SELECT 1 -- ' " ` [ ;

-- before
  SELECT 1

/* before */ SELECT 1

/* a */ /* b */ -- c
  SELECT /* d */ 1 /* e */ ; /* f */ -- g

SELECT a/**/FROM/**/t1/**/WHERE/**/a/**/=/**/1

SELECT a--x
  FROM t1--y

SELECT 1 - -1, 1 --1

SELECT 1--1

SELECT 2 */* times */ 3

SELECT 6 / /* by */ 2

SELECT '--' || '/*' -- real

SELECT "a--b" FROM (SELECT 1 AS "a--b")

SELECT "a/*b" FROM (SELECT 1 AS "a/*b")

SELECT [--], `/*` FROM (SELECT 1 AS [--], 2 AS `/*`)

INSERT /* a */ INTO /* b */ t1 /* c */ ( /* d */ a /* e */ ) /* f */ VALUES /* g */ ( /* h */ 1 /* i */ ) /* j */

UPDATE -- a
  t1 -- b
  SET -- c
  a = 1 -- d
  WHERE -- e
  b = 2 -- f

CREATE /* a */ TABLE /* b */ new1 /* c */ ( /* d */ a /* e */ INT /* f */ NOT /* g */ NULL /* h */ ) /* i */ STRICT /* j */

CREATE TABLE new1(
    a INT, -- the first
    b TEXT /* the second */, -- and more
    -- a whole line
    CHECK (a > 0) -- last
  )

/*dosql_shard='42'*/ SELECT 1

SELECT 1 /*dosql_as_of='2024-01-01',dosql_shard='7'*/

SELECT a FROM t1 /*+ a hint of others */ WHERE a = 1

--# space

SELECT	1

SELECT   1,   2

SELECT(1)

SELECT(a)FROM(t1)WHERE(a)=(1)

SELECT*FROM t1

SELECT-1

SELECT+1,-1,~1

SELECT'a'

SELECT"a"FROM"t1"

SELECT[a]FROM[t1]

SELECT`a`FROM`t1`

SELECT'a','b'FROM t1

SELECT 1,2 ,3 , 4

SELECT a FROM t1 WHERE a='1'AND b=2

SELECT'1'AS x,(1)AS y,x'00'AS z

SELECT.5,5.,5.e1

SELECT a.b FROM t1 a

SELECT a . b FROM t1 a

SELECT t1.*,t1 . * FROM t1

SELECT a<b,a<=b,a<>b,a>b,a>=b,a=b,a==b,a!=b,a<<b,a>>b FROM t1

SELECT a||b,a|b,a&b,a+b,a-b,a*b,a/b,a%b,a->b,a->>b FROM t1

SELECT a<-b,a>-b,a=-b,a<+b,a|~b,a||-b FROM t1

SELECT a<>-b, a<=-b, a>=~b, a- -b, a+-b, a*-b FROM t1

SELECT (a)IS(NULL), (a)NOT NULL, (a)IN(1), (a)BETWEEN(1)AND(2) FROM t1

SELECT CASE(a)WHEN(1)THEN(2)ELSE(3)END FROM t1

SELECT x'00'y, 'a'b, 1 c

SELECT count(*)FROM t1 GROUP BY(a)HAVING(count(*))>1

SELECT
  a
  ,
  b
  FROM
  t1
  WHERE
  a
  =
  1

--# letter case

select 1

Select 1

sElEcT 1

select A, B from T1 where A = 1 group by B having COUNT(*) > 1 order by A desc nulls last limit 1 offset 0

select distinct a from t1 union all select all a from t2 except select 1 intersect select 2

insert or replace into t1(a) values (1) returning *

update or ignore t1 set a = 1 where b = 2

delete from t1 where a = 1

create temp table if not exists new1(a integer primary key autoincrement, b text not null default 'x' collate nocase)

with recursive c(x) as (values (1) union all select x + 1 from c) select * from c limit 1

select case a when 1 then 2 else 3 end, cast(a as int), a is not null, a not between 1 and 2, exists (select 1) from t1

select sum(a) filter (where b) over (partition by c order by d rows between unbounded preceding and current row exclude ties) from t1

Create Unique Index If Not Exists New1 On T1(A Desc) Where B Is Not Null

--# semicolons

SELECT 1; ;

SELECT 1;;;

;SELECT 1

;;SELECT 1;

;

SELECT 1 -- x
  ;

--# names in quotes

SELECT "select", "from" FROM (SELECT 1 AS "select", 2 AS "from")

SELECT [select], `from` FROM (SELECT 1 AS [select], 2 AS `from`)

SELECT "" FROM (SELECT 1 AS "")

SELECT [] FROM (SELECT 1 AS [])

SELECT "a""b", `c``d`, [e"f] FROM (SELECT 1 AS "a""b", 2 AS `c``d`, 3 AS [e"f])

SELECT "a.b" FROM (SELECT 1 AS "a.b")

SELECT "1" FROM (SELECT 1 AS "1")

SELECT " " FROM (SELECT 1 AS " ")

SELECT "x.y"."z" FROM (SELECT 1 AS z) AS "x.y"

SELECT "ünï", [日本], `😀` FROM (SELECT 1 AS "ünï", 2 AS [日本], 3 AS `😀`)

SELECT ünï, 日本, 😀 FROM (SELECT 1 AS ünï, 2 AS 日本, 3 AS 😀)

SELECT "it's" FROM (SELECT 1 AS "it's")

SELECT "%_\;" FROM (SELECT 1 AS "%_\;")

SELECT a1, _a, a_1, A$b, __ FROM (SELECT 1 AS a1, 2 AS _a, 3 AS a_1, 4 AS A$b, 5 AS __)

SELECT x, X, x1, xyz FROM (SELECT 1 AS x, 2 AS X, 3 AS x1, 4 AS xyz)

SELECT "x" '00', "x"'00'

SELECT rowid_, _rowid_x FROM (SELECT 1 AS rowid_, 2 AS _rowid_x)

SELECT "two
  lines" FROM (SELECT 1 AS "two
  lines")

SELECT "/* */", "--", "'", ";" FROM (SELECT 1 AS "/* */", 2 AS "--", 3 AS "'", 4 AS ";")

--# names in every kind of quotes in every place

SELECT t1.a AS x FROM main.t1 AS t1

INSERT INTO main.t1 AS z(a, b) VALUES (1, 2)

UPDATE t1 SET a = 1, (b, c) = (2, 3)

DELETE FROM main.t1 AS z

CREATE VIEW new1(x) AS SELECT 1

CREATE TABLE new1(a t, CONSTRAINT n UNIQUE (a), FOREIGN KEY (a) REFERENCES t2(a))

CREATE TRIGGER new1 AFTER UPDATE OF a ON t1 BEGIN UPDATE t2 SET a = 1; END

ALTER TABLE t1 ADD COLUMN z int

DROP TABLE IF EXISTS main.t1

WITH c(x) AS (SELECT 1) SELECT * FROM c

SAVEPOINT p

PRAGMA main.table_info = t1

SELECT a COLLATE nocase FROM t1 INDEXED BY t1_a WHERE a = 1

SELECT sum(a) OVER w FROM t1 WINDOW w AS (ORDER BY a)

SELECT a IN scratch_view FROM t1

SELECT "t1"."a" AS "x" FROM "main"."t1" AS "t1"

INSERT INTO "main"."t1" AS "z"("a", "b") VALUES (1, 2)

UPDATE "t1" SET "a" = 1, ("b", "c") = (2, 3)

DELETE FROM "main"."t1" AS "z"

CREATE INDEX "new1" ON "t1"("a")

CREATE VIEW "new1"("x") AS SELECT 1

CREATE TABLE "new1"("a" "t", CONSTRAINT "n" UNIQUE ("a"), FOREIGN KEY ("a") REFERENCES "t2"("a"))

CREATE TRIGGER "new1" AFTER UPDATE OF "a" ON "t1" BEGIN UPDATE "t2" SET "a" = 1; END

ALTER TABLE "t1" RENAME COLUMN "a" TO "z"

ALTER TABLE "t1" ADD COLUMN "z" "int"

DROP TABLE IF EXISTS "main"."t1"

WITH "c"("x") AS (SELECT 1) SELECT * FROM "c"

SAVEPOINT "p"

PRAGMA "main"."table_info" = "t1"

SELECT 1 FROM t1 JOIN t2 USING ("a")

SELECT a COLLATE "nocase" FROM t1 INDEXED BY "t1_a" WHERE a = 1

SELECT sum(a) OVER "w" FROM t1 WINDOW "w" AS (ORDER BY a)

SELECT a IN "scratch_view" FROM t1

CREATE VIRTUAL TABLE "new1" USING "fts5"(a)

REINDEX "main"."t1"

ANALYZE "main"."t1"

SELECT [t1].[a] AS [x] FROM [main].[t1] AS [t1]

INSERT INTO [main].[t1] AS [z]([a], [b]) VALUES (1, 2)

UPDATE [t1] SET [a] = 1, ([b], [c]) = (2, 3)

DELETE FROM [main].[t1] AS [z]

CREATE INDEX [new1] ON [t1]([a])

CREATE VIEW [new1]([x]) AS SELECT 1

CREATE TABLE [new1]([a] [t], CONSTRAINT [n] UNIQUE ([a]), FOREIGN KEY ([a]) REFERENCES [t2]([a]))

CREATE TRIGGER [new1] AFTER UPDATE OF [a] ON [t1] BEGIN UPDATE [t2] SET [a] = 1; END

ALTER TABLE [t1] RENAME COLUMN [a] TO [z]

ALTER TABLE [t1] ADD COLUMN [z] [int]

DROP TABLE IF EXISTS [main].[t1]

WITH [c]([x]) AS (SELECT 1) SELECT * FROM [c]

SAVEPOINT [p]

PRAGMA [main].[table_info] = [t1]

SELECT 1 FROM t1 JOIN t2 USING ([a])

SELECT a COLLATE [nocase] FROM t1 INDEXED BY [t1_a] WHERE a = 1

SELECT sum(a) OVER [w] FROM t1 WINDOW [w] AS (ORDER BY a)

SELECT a IN [scratch_view] FROM t1

CREATE VIRTUAL TABLE [new1] USING [fts5](a)

ANALYZE [main].[t1]

SELECT `t1`.`a` AS `x` FROM `main`.`t1` AS `t1`

INSERT INTO `main`.`t1` AS `z`(`a`, `b`) VALUES (1, 2)

UPDATE `t1` SET `a` = 1, (`b`, `c`) = (2, 3)

DELETE FROM `main`.`t1` AS `z`

CREATE INDEX `new1` ON `t1`(`a`)

CREATE VIEW `new1`(`x`) AS SELECT 1

CREATE TABLE `new1`(`a` `t`, CONSTRAINT `n` UNIQUE (`a`), FOREIGN KEY (`a`) REFERENCES `t2`(`a`))

CREATE TRIGGER `new1` AFTER UPDATE OF `a` ON `t1` BEGIN UPDATE `t2` SET `a` = 1; END

ALTER TABLE `t1` RENAME COLUMN `a` TO `z`

ALTER TABLE `t1` ADD COLUMN `z` `int`

DROP TABLE IF EXISTS `main`.`t1`

WITH `c`(`x`) AS (SELECT 1) SELECT * FROM `c`

SAVEPOINT `p`

PRAGMA `main`.`table_info` = `t1`

SELECT 1 FROM t1 JOIN t2 USING (`a`)

SELECT a COLLATE `nocase` FROM t1 INDEXED BY `t1_a` WHERE a = 1

SELECT sum(a) OVER `w` FROM t1 WINDOW `w` AS (ORDER BY a)

SELECT a IN `scratch_view` FROM t1

CREATE VIRTUAL TABLE `new1` USING `fts5`(a)

REINDEX `main`.`t1`

ANALYZE `main`.`t1`

SELECT 't1'.'a' AS 'x' FROM 'main'.'t1' AS 't1'

INSERT INTO 'main'.'t1' AS 'z'('a', 'b') VALUES (1, 2)

UPDATE 't1' SET 'a' = 1, ('b', 'c') = (2, 3)

DELETE FROM 'main'.'t1' AS 'z'

CREATE INDEX 'new1' ON 't1'('a')

CREATE VIEW 'new1'('x') AS SELECT 1

CREATE TABLE 'new1'('a' 't', CONSTRAINT 'n' UNIQUE ('a'), FOREIGN KEY ('a') REFERENCES 't2'('a'))

CREATE TRIGGER 'new1' AFTER UPDATE OF 'a' ON 't1' BEGIN UPDATE 't2' SET 'a' = 1; END

ALTER TABLE 't1' RENAME COLUMN 'a' TO 'z'

ALTER TABLE 't1' ADD COLUMN 'z' 'int'

DROP TABLE IF EXISTS 'main'.'t1'

WITH 'c'('x') AS (SELECT 1) SELECT * FROM 'c'

SAVEPOINT 'p'

PRAGMA 'main'.'table_info' = 't1'

SELECT a COLLATE 'nocase' FROM t1 INDEXED BY 't1_a' WHERE a = 1

SELECT a IN 'scratch_view' FROM t1

CREATE VIRTUAL TABLE 'new1' USING 'fts5'(a)

REINDEX 'main'.'t1'
