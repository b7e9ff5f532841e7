import type { AnyD1, AnyResult, Ask, Case } from "../contract.ts";

const WRITES = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)",
  "CREATE TABLE log (x)",
  "INSERT INTO t (v) VALUES ('a'), ('b'), ('c')",
  "INSERT INTO t (id, v) VALUES (100, 'd')",
  "SELECT * FROM t",
  "UPDATE t SET v = 'z' WHERE id < 3",
  "UPDATE t SET v = 'z' WHERE 0",
  "UPDATE t SET v = v",
  "INSERT OR IGNORE INTO t (id) VALUES (1)",
  "INSERT OR REPLACE INTO t (id, v) VALUES (1, 'new')",
  "REPLACE INTO t (id, v) VALUES (1, 'newer')",
  "INSERT INTO t (id, v) VALUES (1, 'x') ON CONFLICT DO UPDATE SET v = 'upserted'",
  "INSERT INTO t (v) VALUES ('r') RETURNING id",
  "WITH q AS (SELECT 2 AS i) UPDATE t SET v = 'w' WHERE id IN (SELECT i FROM q)",
  "WITH q AS (SELECT 2 AS i) SELECT i FROM q",
  "VALUES (1), (2)",
  "DELETE FROM t WHERE id = 2",
  "DELETE FROM t WHERE 0",
  "DELETE FROM t RETURNING id, v",
  "CREATE INDEX i ON t (v)",
  "CREATE VIEW w AS SELECT * FROM t",
  "ALTER TABLE t ADD COLUMN extra",
  "EXPLAIN QUERY PLAN SELECT 1",
  "DROP VIEW w",
  "DROP INDEX i",
  "DROP TABLE t",
];

/** Only in its own key is it known which of its values change from run to run. */
function metaOf({ meta }: AnyResult): { meta: unknown } {
  return { meta };
}

async function askMeta(db: AnyD1, ask: Ask): Promise<void> {
  for (const sql of WRITES) await ask(sql, async () => metaOf(await db.prepare(sql).all()));
}

async function askTriggers(db: AnyD1, ask: Ask): Promise<void> {
  await db.batch([
    db.prepare("CREATE TABLE t (id INTEGER PRIMARY KEY, v)"),
    db.prepare("CREATE TABLE log (x)"),
    db.prepare("CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END"),
    db.prepare("CREATE TABLE c (t REFERENCES t (id) ON DELETE CASCADE)"),
  ]);
  const insert = db.prepare("INSERT INTO t (id) VALUES (7)");
  await ask("an insert with a trigger", async () => (await insert.run()).meta["changes"]);
  await ask(
    "its last row id",
    async () => (await db.prepare("SELECT 1").run()).meta["last_row_id"],
  );
  await db.exec("INSERT INTO c VALUES (7), (7)");
  await ask("a delete that cascades", async () => {
    return (await db.prepare("DELETE FROM t").run()).meta["changes"];
  });
}

async function askRowids(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, v)");
  const state = db.prepare("SELECT last_insert_rowid() AS id, changes() AS n");
  await ask("before", () => state.first());
  await ask("an insert", async () =>
    metaOf(await db.prepare("INSERT INTO t (v) VALUES (1), (2)").run()),
  );
  await ask(
    "after an insert",
    async () => await db.prepare("SELECT last_insert_rowid() AS id").first(),
  );
  await db.exec("UPDATE t SET v = 3");
  await ask(
    "after an update",
    async () => await db.prepare("SELECT last_insert_rowid() AS id").first(),
  );
  await ask("used in a write", async () => {
    await db.prepare("INSERT INTO t (v) VALUES (last_insert_rowid())").run();
    return db.prepare("SELECT v FROM t ORDER BY id DESC").first("v");
  });
  await ask("in a batch", async () => {
    const [, read] = await db.batch([
      db.prepare("INSERT INTO t (id) VALUES (50)"),
      db.prepare("SELECT last_insert_rowid() AS id"),
    ]);
    return read?.results;
  });
  await ask("a big one", async () => {
    return (await db.prepare("INSERT INTO t (id) VALUES (9007199254740993)").run()).meta[
      "last_row_id"
    ];
  });
}

async function askChanges(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (v)");
  await db.exec("INSERT INTO t VALUES (1), (2), (3)");
  await ask("changes() after an insert", () => db.prepare("SELECT changes() AS n").first("n"));
  await db.exec("DELETE FROM t WHERE v = 1");
  await ask("changes() after a delete", () => db.prepare("SELECT changes() AS n").first("n"));
  await ask("changes() in a batch", async () => {
    const [, read] = await db.batch([
      db.prepare("UPDATE t SET v = 0"),
      db.prepare("SELECT changes() AS n"),
    ]);
    return read?.results;
  });
}

async function askCounts(db: AnyD1, ask: Ask): Promise<void> {
  for (const sql of WRITES) {
    await ask(sql, async () => {
      const { meta } = await db.prepare(sql).all();
      return { read: meta["rows_read"], written: meta["rows_written"] };
    });
  }
}

async function askSize(db: AnyD1, ask: Ask): Promise<void> {
  await ask("an empty database has a size", async () => {
    return Number((await db.prepare("SELECT 1").all()).meta["size_after"]) >= 0;
  });
  await ask("it grows", async () => {
    const before = Number((await db.prepare("CREATE TABLE t (b)").run()).meta["size_after"]);
    const write = await db.prepare("INSERT INTO t VALUES (zeroblob(100000))").run();
    return Number(write.meta["size_after"]) - before >= 90_000;
  });
  await ask("duration is not negative", async () => {
    return Number((await db.prepare("SELECT 1").all()).meta["duration"]) >= 0;
  });
}

export const META_CASES: readonly Case[] = [
  { name: "meta", run: askMeta },
  { name: "meta: triggers and foreign keys", run: askTriggers },
  { name: "meta: rows read and written", run: askCounts },
  { name: "meta: size and duration", run: askSize },
  { name: "last_insert_rowid()", run: askRowids },
  { name: "changes()", run: askChanges },
];
