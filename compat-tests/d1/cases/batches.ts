import type { AnyD1, Ask, Case } from "../contract.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const TABLE =
  "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE)\nINSERT INTO t VALUES (1, 'one')";

const one = (name: string, run: Run): Case => ({
  name: `batch: ${name}`,
  async run(db, ask) {
    await db.exec(TABLE);
    await run(db, ask);
    await ask("what is in", () => db.prepare("SELECT * FROM t ORDER BY id").raw());
  },
});

/** A batch is one transaction, whatever is in it and wherever it fails. */
export const BATCH_CASES: readonly Case[] = [
  one("a constraint in the middle", async (db, ask) => {
    await ask("batch", () =>
      db.batch([
        db.prepare("INSERT INTO t (v) VALUES ('two')"),
        db.prepare("INSERT INTO t (v) VALUES ('one')"),
        db.prepare("INSERT INTO t (v) VALUES ('three')"),
      ]),
    );
  }),
  one("OR ROLLBACK", async (db, ask) => {
    await ask("batch", () =>
      db.batch([
        db.prepare("INSERT INTO t (v) VALUES ('two')"),
        db.prepare("INSERT OR ROLLBACK INTO t (v) VALUES ('one')"),
      ]),
    );
  }),
  one("OR FAIL", async (db, ask) => {
    await ask("batch", () =>
      db.batch([
        db.prepare("INSERT INTO t (v) VALUES ('two')"),
        db.prepare("INSERT OR FAIL INTO t (v) VALUES ('three'), ('one')"),
      ]),
    );
  }),
  one("an error while rows are read", async (db, ask) => {
    await ask("batch", () =>
      db.batch([db.prepare("DELETE FROM t"), db.prepare("SELECT abs(-9223372036854775808)")]),
    );
  }),
  one("DDL that fails", async (db, ask) => {
    await ask("batch", () =>
      db.batch([
        db.prepare("CREATE TABLE u (a)"),
        db.prepare("DROP TABLE t"),
        db.prepare("DROP TABLE nope"),
      ]),
    );
    await ask("tables", () =>
      db.prepare("SELECT name FROM sqlite_master WHERE name IN ('t', 'u')").raw(),
    );
  }),
  one("DDL and rows", async (db, ask) => {
    await ask("batch", () =>
      db
        .batch([
          db.prepare("ALTER TABLE t ADD COLUMN w DEFAULT 5"),
          db.prepare("INSERT INTO t (v, w) VALUES (?, ?)").bind("two", 6),
          db.prepare("SELECT * FROM t"),
        ])
        .then((all) => all.map(({ results }) => results)),
    );
  }),
  one("rows that build on each other", async (db, ask) => {
    await ask("batch", () =>
      db.batch([
        db.prepare("INSERT INTO t (v) VALUES ('two')"),
        db.prepare("UPDATE t SET v = v || '!' WHERE id = last_insert_rowid()"),
        db.prepare("SELECT v FROM t WHERE id = 2"),
      ]),
    );
  }),
  one("the same statement twice", async (db, ask) => {
    const insert = db.prepare("INSERT INTO t (v) VALUES (hex(randomblob(8)))");
    await ask("batch", async () =>
      (await db.batch([insert, insert])).map((r) => r.meta["changes"]),
    );
    await db.exec("DELETE FROM t");
  }),
  one("reads only", async (db, ask) => {
    await ask("batch", () => db.batch([db.prepare("SELECT 1 AS a"), db.prepare("SELECT 2 AS b")]));
  }),
  one("a wrong type at bind", async (db, ask) => {
    await ask("batch", () =>
      db.batch([db.prepare("DELETE FROM t"), db.prepare("SELECT ?").bind({})]),
    );
  }),
  one("too few values", async (db, ask) => {
    await ask("batch", () =>
      db.batch([db.prepare("DELETE FROM t"), db.prepare("SELECT ?, ?").bind(1)]),
    );
  }),
  one("foreign things", async (db, ask) => {
    for (const [name, things] of Object.entries({
      "null in it": [null],
      "a text in it": ["SELECT 1"],
      "an empty object": [{}],
      "a query without params": [{ statement: "SELECT 1 AS v" }],
    })) {
      await ask(name, () =>
        db.batch(things).then(
          () => "works",
          (e: Error) => e.constructor.name,
        ),
      );
    }
  }),
  one("statements of another session", async (db, ask) => {
    const session = db.withSession();
    await ask("batch", () =>
      db.batch([session.prepare("SELECT 1 AS a"), db.prepare("SELECT 2 AS a")]),
    );
  }),
  one("a hundred statements", async (db, ask) => {
    const insert = db.prepare("INSERT INTO t (v) VALUES (?)");
    await ask("batch", async () => {
      const all = Array.from({ length: 100 }, (_, i) => insert.bind(`n${i}`));
      const results = await db.batch(all);
      return [results.length, results.at(-1)?.meta["last_row_id"]];
    });
    await db.exec("DELETE FROM t WHERE id > 2");
  }),
  one("exec fails in the last line", async (db, ask) => {
    await ask("exec", () =>
      db.exec("INSERT INTO t (v) VALUES ('x')\nCREATE TABLE z (a)\nINSERT INTO t VALUES (1, 'y')"),
    );
    await ask("tables", () => db.prepare("SELECT name FROM sqlite_master WHERE name = 'z'").raw());
  }),
  one("several statements fail at the last", async (db, ask) => {
    await ask("run", () =>
      db.prepare("INSERT INTO t (v) VALUES ('x'); INSERT INTO t VALUES (1, 'y')").run(),
    );
  }),
  one("several statements of which the last has values", async (db, ask) => {
    const text = "INSERT INTO t (v) VALUES ('x'); SELECT count(*) AS n, ? AS p FROM t";
    await ask("run", () => db.prepare(text).bind(7).all());
    await ask("batch", () => db.batch([db.prepare(text.replace("'x'", "'y'")).bind(8)]));
  }),
  one("several statements of which an earlier one has values", async (db, ask) => {
    const text = "INSERT INTO t (v) VALUES ('x'); SELECT * FROM t WHERE v = ?; SELECT 1";
    await ask("values for it", () => db.prepare(text).bind("x").all());
    await ask("no values", () => db.prepare(text).run());
    await ask("exec", () => db.exec(text));
    await ask("a mistake before it", () => db.prepare(`nonsense; ${text}`).run());
  }),
  one("two at once", async (db, ask) => {
    const add = (v: string) => db.prepare("INSERT INTO t (v) VALUES (?)").bind(v);
    await ask("batches", async () => {
      const done = await Promise.allSettled([
        db.batch([add("a"), add("b")]),
        db.batch([add("c"), add("one")]),
        db.batch([add("d")]),
      ]);
      return done.map(({ status }) => status);
    });
    await db.exec("UPDATE t SET id = unicode(v) WHERE id > 1");
  }),
];
