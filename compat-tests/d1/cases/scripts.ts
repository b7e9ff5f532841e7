import type { AnyD1, Ask, Case } from "../contract.ts";

async function askSeveral(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  const texts: [string, ...unknown[]][] = [
    ["SELECT 1 AS a; SELECT 2 AS b"],
    ["SELECT 1 AS a; SELECT ? AS b", 5],
    ["SELECT ? AS a; SELECT 2 AS b", 5],
    ["SELECT ';' AS a; SELECT \"x;y\" AS b"],
    ["SELECT 1 AS a;"],
    ["SELECT 1 AS a;  \n "],
    ["SELECT 1 AS a; -- done"],
    ["SELECT 1 AS a; /* done */"],
    ["SELECT 1 AS a;;"],
    ["; SELECT 1 AS a"],
    ["-- first\nSELECT 1 AS a"],
    ["  -- first\nSELECT 1 AS a"],
    ["/* ; */ SELECT 1 AS a /* ; */"],
    ["SELECT 1 AS a -- ; no"],
    ["INSERT INTO t (v) VALUES (1); INSERT INTO t (v) VALUES (2), (3)"],
    ["INSERT INTO t (v) VALUES (4); SELECT count(*) AS n FROM t"],
    ["INSERT INTO t (v) VALUES (5); SELECT nope"],
    ["SELECT count(*) AS n FROM t"],
    [
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; UPDATE t SET v = CASE v WHEN 1 THEN 2 END; END; SELECT 7 AS a",
    ],
    ["CREATE TRIGGER h AFTER DELETE ON t BEGIN SELECT 1; END"],
    ["SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"],
    [""],
    [" \n"],
    ["-- only a comment"],
    ["  -- only a comment"],
    ["/* only a comment */"],
    [";"],
    [" ; "],
  ];
  for (const [sql, ...params] of texts) {
    await ask(JSON.stringify([sql, ...params]), () =>
      db
        .prepare(sql)
        .bind(...params)
        .all(),
    );
  }
}

async function askExec(db: AnyD1, ask: Ask): Promise<void> {
  const texts = [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)",
    "INSERT INTO t (v) VALUES ('a')\nINSERT INTO t (v) VALUES ('b')",
    "INSERT INTO t (v) VALUES ('c'); INSERT INTO t (v) VALUES ('d')",
    "\n\nINSERT INTO t (v) VALUES ('e')\n\n\nINSERT INTO t (v) VALUES ('f')\n",
    "SELECT 1;\r\nSELECT 2;\r\n",
    "INSERT INTO t (v) VALUES ('g')\n  -- a comment\nINSERT INTO t (v) VALUES ('h')",
    "INSERT INTO t (v) VALUES ('i')\n-- a comment at the line's start\nSELECT 1",
    "INSERT INTO t (v)\nVALUES ('split over lines')",
    "INSERT INTO t (v) VALUES ('k')\nINSERT INTO nope VALUES (1)",
    "INSERT INTO t (id) VALUES (1)",
    "SELECT ?",
    "SELECT 1; -- done",
    "",
    "   \n  ",
    "nonsense",
    "BEGIN",
    "SELECT count(*) FROM t",
  ];
  for (const text of texts) {
    await ask(JSON.stringify(text), async () => {
      const result = await db.exec(text);
      return { ...result, duration: typeof result.duration };
    });
  }
  await ask("what is in", () => db.prepare("SELECT group_concat(v) FROM t").raw());
}

async function askBatch(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE)");
  const insert = db.prepare("INSERT INTO t (v) VALUES (?)");
  const count = db.prepare("SELECT count(*) AS n FROM t");
  await ask("writes and reads", () => db.batch([insert.bind("a"), insert.bind("b"), count]));
  await ask("an error at the end", () => db.batch([insert.bind("c"), insert.bind("a")]));
  await ask("undid all", () => count.first("n"));
  await ask("an error in the text", () => db.batch([insert.bind("d"), db.prepare("nonsense")]));
  await ask("undid all again", () => count.first("n"));
  await ask("empty", () => db.batch([]));
  await ask("one", () => db.batch([count]));
  await ask("wrong parameters", () => db.batch([insert.bind("e"), insert]));
  await ask("undid that too", () => count.first("n"));
  await ask("a blank text among others", () => db.batch([count, db.prepare(" "), count]));
  await ask("several statements in a text", () => {
    return db.batch([db.prepare("INSERT INTO t (v) VALUES ('f'); SELECT 1 AS x"), count]);
  });
  await ask("schema and data", () =>
    db.batch([
      db.prepare("CREATE TABLE u (x)"),
      db.prepare("INSERT INTO u VALUES (1)"),
      db.prepare("SELECT * FROM u"),
    ]),
  );
  await ask("BEGIN", () => db.batch([db.prepare("BEGIN"), count, db.prepare("COMMIT")]));
  await ask("foreign objects", () => db.batch([{ statement: "SELECT ? AS x", params: [1] }]));
  await ask("no array", () => db.batch(undefined).catch((e: Error) => e.constructor.name));
  await ask("duplicates", () => db.batch([db.prepare("SELECT 1 AS a, 2 AS a")]));
}

async function askConcurrent(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  await ask("ten inserts at once", async () => {
    const insert = db.prepare("INSERT INTO t (v) VALUES (?)");
    const done = await Promise.all(Array.from({ length: 10 }, (_, i) => insert.bind(i).run()));
    return done.map((result) => result.meta["changes"]);
  });
  await ask("all are in", () => db.prepare("SELECT count(*) AS n, sum(v) AS s FROM t").first());
  await ask("reads and batches at once", async () => {
    const read = db.prepare("SELECT count(*) AS n FROM t");
    const add = db.prepare("UPDATE t SET v = v + 1");
    const results = await Promise.all([db.batch([add, add]), read.first("n"), db.batch([add])]);
    return results.length;
  });
  await ask("all were added", () => db.prepare("SELECT sum(v) AS s FROM t").first("s"));
  await ask("one fails, the others do not", async () => {
    const settled = await Promise.allSettled([
      db.prepare("SELECT 1 AS v").first("v"),
      db.prepare("nonsense").run(),
      db.prepare("SELECT 2 AS v").first("v"),
    ]);
    return settled.map((s) => s.status);
  });
}

export const SCRIPT_CASES: readonly Case[] = [
  { name: "several statements in one text", run: askSeveral },
  { name: "exec", run: askExec },
  { name: "batch", run: askBatch },
  { name: "calls at the same time", run: askConcurrent },
];
