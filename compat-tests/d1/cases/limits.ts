import type { AnyD1, Ask, Case } from "../contract.ts";
import { rowsCase } from "./sql-case.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const one = (name: string, run: Run): Case => ({ name: `limits: ${name}`, run });

const list = (count: number, item: (i: number) => string, joined = ","): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(joined);

/** Sizes below D1's limits, at them and above them. */
export const LIMIT_CASES: readonly Case[] = [
  one("a hundred columns", async (db, ask) => {
    await ask("table", () => db.prepare(`CREATE TABLE t (${list(100, (i) => `c${i}`)})`).run());
    await ask("row", async () => {
      const marks = list(100, () => "?");
      const values = Array.from({ length: 100 }, (_, i) => i);
      return db
        .prepare(`INSERT INTO t VALUES (${marks}) RETURNING *`)
        .bind(...values)
        .raw();
    });
  }),
  one("101 columns of a table", async (db, ask) => {
    await ask("create", () => db.prepare(`CREATE TABLE t (${list(101, (i) => `c${i}`)})`).run());
    await db.exec(`CREATE TABLE u (${list(100, (i) => `c${i}`)})`);
    await ask("add", () => db.prepare("ALTER TABLE u ADD COLUMN more").run());
  }),
  one("101 columns of a result", async (db, ask) => {
    await ask("select", () => db.prepare(`SELECT ${list(101, (i) => String(i))}`).raw());
  }),
  one("a long text of SQL", async (db, ask) => {
    const sql = (length: number): string => `SELECT 1 AS v -- ${"x".repeat(length - 17)}`;
    await ask("100 000", () => db.prepare(sql(100_000)).first("v"));
    await ask("100 001", () => db.prepare(sql(100_001)).first("v"));
    const text = (length: number): string => `SELECT '${"x".repeat(length - 9)}'`;
    await ask("a text of 100 000", async () => (await db.prepare(text(100_000)).raw()).length);
    await ask("a text of 100 001", () => db.prepare(text(100_001)).raw());
    await ask("a million", () => db.prepare(text(1_000_000)).raw());
  }),
  one("long values", async (db, ask) => {
    await db.exec("CREATE TABLE t (v)");
    for (const length of [1_000, 100_000, 1_000_000, 2_000_000]) {
      await ask(`text of ${length}`, () =>
        db.prepare("SELECT length(?) AS n").bind("x".repeat(length)).first("n"),
      );
    }
    await ask("a stored one", () =>
      db.prepare("INSERT INTO t VALUES (?)").bind("y".repeat(1_900_000)).run(),
    );
    await ask("read back", async () => {
      return ((await db.prepare("SELECT v FROM t").first("v")) as string).length;
    });
    await ask("bytes", async () => {
      const bytes = new Uint8Array(100_000).fill(7);
      return db.prepare("SELECT length(?1) AS n, hex(substr(?1, -2)) AS h").bind(bytes).first();
    });
  }),
  one("values too long", async (db, ask) => {
    await ask("zeroblob", () => db.prepare("SELECT length(zeroblob(100000000)) AS n").first("n"));
    await ask("printf", () =>
      db.prepare("SELECT length(printf('%.100000000c', 'x')) AS n").first(),
    );
    await ask("repeated", () =>
      db.prepare("SELECT length(replace(hex(zeroblob(2000000)), '0', '1234567890')) AS n").first(),
    );
  }),
  one("patterns of fifty bytes", async (db, ask) => {
    const fifty = `${"a".repeat(49)}%`;
    await ask("LIKE", () =>
      db.prepare("SELECT ? LIKE ? AS v").bind("a".repeat(60), fifty).first("v"),
    );
    await ask("GLOB", () =>
      db
        .prepare("SELECT ? GLOB ? AS v")
        .bind("a".repeat(60), `${"a".repeat(49)}*`)
        .first("v"),
    );
  }),
  one("patterns of 51 bytes", async (db, ask) => {
    const text = `xx${"a".repeat(30)}é${"b".repeat(30)}yy`;
    const core = text.slice(2, -2);
    for (const pattern of [
      core,
      `${core}%`,
      `%${core}`,
      `%${core}%`,
      `xx${core}yy`,
      `XX${core.toUpperCase()}%`,
    ]) {
      await ask(`LIKE ${pattern.slice(0, 3)}…${pattern.slice(-3)}`, () =>
        db.prepare("SELECT ? LIKE ? AS v").bind(text, pattern).first("v"),
      );
      await ask(`NOT LIKE ${pattern.slice(0, 3)}…${pattern.slice(-3)}`, () =>
        db.prepare("SELECT ? NOT LIKE ? AS v").bind(text, pattern).first("v"),
      );
    }
    await ask("of nothing", () => db.prepare("SELECT NULL LIKE ? AS v").bind(`%${core}%`).first());
    await ask("an underscore", () =>
      db.prepare("SELECT ? LIKE ? AS v").bind(text, `_${core}%`).first("v"),
    );
  }),
  one("101 parameters", async (db, ask) => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await ask("IN", () =>
      db
        .prepare(`SELECT count(*) AS n FROM t WHERE id IN (${list(101, () => "?")})`)
        .bind(...values)
        .first("n"),
    );
    await ask("VALUES", () =>
      db
        .prepare(`INSERT INTO t (v) VALUES ${list(101, () => "(?)")}`)
        .bind(...values)
        .run(),
    );
    await ask("typeof", () =>
      db
        .prepare(`SELECT typeof(v) AS t, ${list(101, () => "?", "+")} AS s FROM t LIMIT 1`)
        .bind(...values)
        .all(),
    );
  }),
  one("six terms of a compound", async (db, ask) => {
    await db.exec(
      "CREATE TABLE t (a TEXT COLLATE NOCASE, b)\nINSERT INTO t VALUES ('x', 1), ('X', 2)",
    );
    await ask("UNION ALL", () =>
      db.prepare(list(6, (i) => `SELECT ${i} AS n`, " UNION ALL ")).raw({ columnNames: true }),
    );
    await ask("UNION", () =>
      db.prepare(list(6, () => "SELECT b AS n FROM t", " UNION ")).raw({ columnNames: true }),
    );
    await ask("EXCEPT", () =>
      db.prepare(list(6, (i) => `SELECT a AS n FROM t WHERE b > ${i}`, " EXCEPT ")).raw(),
    );
    await ask("five", () => db.prepare(list(5, (i) => `SELECT ${i}`, " UNION ALL ")).raw());
    await ask("VALUES", () => db.prepare(`VALUES ${list(200, (i) => `(${i})`)}`).raw());
  }),
  one("deep expressions", async (db, ask) => {
    await ask("AND of 100", () =>
      db.prepare(`SELECT ${list(100, () => "1", " AND ")} AS v`).first("v"),
    );
    await ask("AND of 101", () =>
      db.prepare(`SELECT ${list(101, () => "1", " AND ")} AS v`).first("v"),
    );
    await ask("OR of 500", () =>
      db.prepare(`SELECT ${list(500, () => "0", " OR ")} AS v`).first("v"),
    );
    await ask("|| of 300", () =>
      db.prepare(`SELECT ${list(300, (i) => `'${i}'`, " || ")} AS v`).first("v"),
    );
    await ask("+ of 101", () =>
      db.prepare(`SELECT ${list(101, () => "1", " + ")} AS v`).first("v"),
    );
    await ask("parentheses", () =>
      db.prepare(`SELECT ${"(".repeat(120)}1${")".repeat(120)} AS v`).first("v"),
    );
    await ask("NOT", () => db.prepare(`SELECT ${"NOT ".repeat(120)}1 AS v`).first("v"));
  }),
  one("many joins", async (db, ask) => {
    await db.exec("CREATE TABLE t (a)\nINSERT INTO t VALUES (1)");
    for (const count of [64, 65]) {
      await ask(String(count), () =>
        db.prepare(`SELECT count(*) AS n FROM ${list(count, (i) => `t AS t${i}`)}`).first("n"),
      );
    }
  }),
  one("arguments of functions", async (db, ask) => {
    await ask("127", () => db.prepare(`SELECT max(${list(127, String)}) AS v`).first("v"));
    await ask("128", () => db.prepare(`SELECT max(${list(128, String)}) AS v`).first("v"));
  }),
  one("triggers in triggers", async (db, ask) => {
    for (const depth of [9, 12]) {
      const all = Array.from({ length: depth + 1 }, (_, i) => `CREATE TABLE d${depth}_${i} (a)`);
      for (let i = 0; i < depth; i++) {
        all.push(
          `CREATE TRIGGER g${depth}_${i} AFTER INSERT ON d${depth}_${i} BEGIN INSERT INTO d${depth}_${i + 1} VALUES (new.a); END`,
        );
      }
      await db.batch(all.map((sql) => db.prepare(sql)));
      await ask(String(depth), () =>
        db
          .prepare(`INSERT INTO d${depth}_0 VALUES (1)`)
          .all()
          .then((r) => r.meta["changes"]),
      );
    }
  }),
  one("many rows", async (db, ask) => {
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) ";
    await ask("10 000 rows", async () => {
      const rows = await db.prepare(`${numbers} SELECT i FROM n`).bind(10_000).raw();
      return [rows.length, rows.at(-1)];
    });
    await ask("a sum", () =>
      db.prepare(`${numbers} SELECT sum(i) AS s FROM n`).bind(10_000).first("s"),
    );
  }),
  one("many statements in a text", async (db, ask) => {
    await db.exec("CREATE TABLE t (a)");
    await ask("100 inserts", () =>
      db.prepare(list(100, (i) => `INSERT INTO t VALUES (${i})`, ";\n")).run(),
    );
    await ask("in", () => db.prepare("SELECT count(*) AS n, sum(a) AS s FROM t").first());
  }),
  rowsCase(
    "limits: double-quoted strings",
    ["CREATE TABLE t (a)", 'INSERT INTO t VALUES ("one")'],
    [
      'SELECT "one" AS v',
      'SELECT * FROM t WHERE a = "one"',
      'SELECT "a" FROM t',
      'SELECT "t"."a" FROM "t"',
      'SELECT "t"."b" FROM "t"',
      'INSERT INTO t ("a") VALUES ("two") RETURNING "a"',
      'SELECT count("nothing") FROM t',
      'CREATE TABLE u (b DEFAULT "x", CHECK (b <> "no"))',
      'CREATE INDEX i ON t ("zzz")',
      'SELECT json_extract("{}", "$")',
    ],
  ),
  rowsCase(
    "limits: what is forbidden",
    [],
    [
      "SELECT load_extension('x')",
      "SELECT readfile('/etc/passwd')",
      "SELECT * FROM dbstat",
      "SELECT * FROM generate_series(1, 3)",
      "SELECT 'a' REGEXP 'b'",
      "SELECT 'a' MATCH 'b'",
      "SELECT fts3_tokenizer('x')",
      "CREATE VIRTUAL TABLE g USING geopoly()",
      "SELECT * FROM pragma_database_list",
      "SELECT random() <> random()",
      "SELECT typeof(randomblob(4)), length(randomblob(4))",
      "SELECT sqlite_source_id()",
      "SELECT sqlite_compileoption_used('X')",
      "SELECT sqlite_offset(1)",
      "SELECT typeof(sqlite_version())",
      "SELECT likely(1), unlikely(0), likelihood(1, 0.5)",
      "SELECT json_pretty('[1]')",
      "SELECT if(1, 2, 3)",
      "SELECT median(1)",
      "SELECT subtype(1)",
    ],
  ),
];
