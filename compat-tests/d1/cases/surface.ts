import type { AnyD1, Ask, Case } from "../contract.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const one = (name: string, run: Run): Case => ({ name: `surface: ${name}`, run });

/** Members that programs call in ways that D1 answers in its own. */
export const SURFACE_CASES: readonly Case[] = [
  one("prepare takes anything", async (db, ask) => {
    for (const query of [undefined, null, 5, {}, ["SELECT 1"], ""]) {
      await ask(String(JSON.stringify(query)), () => db.prepare(query).constructor.name);
      await ask(`running ${String(JSON.stringify(query))}`, () =>
        db
          .prepare(query)
          .all()
          .then(
            () => "works",
            (error: Error) => [error.constructor.name, error.message.slice(0, 9)],
          ),
      );
    }
  }),
  one("bind with nothing", async (db, ask) => {
    await ask("rows", () => db.prepare("SELECT 1 AS v").bind().all());
    await ask("a new one", () => {
      const statement = db.prepare("SELECT 1");
      return statement.bind() === statement;
    });
  }),
  one("bind again", async (db, ask) => {
    const statement = db.prepare("SELECT ? AS v").bind(1);
    await ask("the last wins", () => statement.bind(2).first("v"));
    await ask("to fewer", () => statement.bind().first("v"));
  }),
  one("bind a spread of many", async (db, ask) => {
    const hundred = Array.from({ length: 100 }, (_, i) => i);
    const marks = hundred.map(() => "(?)").join();
    await ask("rows", () =>
      db
        .prepare(`VALUES ${marks}`)
        .bind(...hundred)
        .raw(),
    );
  }),
  one("first of a column twice", async (db, ask) => {
    await ask("the last one", () => db.prepare("SELECT 1 AS a, 2 AS a").first("a"));
    await ask("null", () => db.prepare("SELECT 1 AS a").first(null));
    await ask("a number", () => db.prepare("SELECT 1 AS a").first(0));
  }),
  one("first of an empty name", async (db, ask) => {
    await ask("there", () => db.prepare("SELECT 1 AS ''").first(""));
    await ask("not there", () => db.prepare("SELECT 1 AS a").first(""));
  }),
  one("raw with odd options", async (db, ask) => {
    const statement = db.prepare("SELECT 1 AS a, 2 AS a");
    for (const options of [null, {}, { columnNames: 1 }, { columnNames: "" }, true]) {
      await ask(JSON.stringify(options), () => statement.raw(options));
    }
  }),
  one("a statement runs many times", async (db, ask) => {
    await db.exec("CREATE TABLE t (v)");
    const insert = db.prepare("INSERT INTO t VALUES (?)").bind("x");
    await insert.run();
    await insert.run();
    await ask("rows", () => db.prepare("SELECT count(*) AS n FROM t").first("n"));
  }),
  one("a statement outlives a schema", async (db, ask) => {
    await db.exec("CREATE TABLE t (a)\nINSERT INTO t VALUES (1)");
    const select = db.prepare("SELECT * FROM t");
    await ask("before", () => select.raw({ columnNames: true }));
    await db.exec("ALTER TABLE t ADD COLUMN b DEFAULT 2");
    await ask("after", () => select.raw({ columnNames: true }));
    await db.exec("DROP TABLE t");
    await ask("without its table", () => select.raw());
  }),
  one("results are plain", async (db, ask) => {
    const result = await db.prepare("SELECT 1 AS a, x'0102' AS b").all();
    await ask("result", () => Object.getPrototypeOf(result) === Object.prototype);
    await ask("row", () => Object.getPrototypeOf(result.results[0]) === Object.prototype);
    await ask("blob", () => Array.isArray(result.results[0]?.["b"]));
    await ask("frozen", () => [Object.isFrozen(result), Object.isFrozen(result.results)]);
    await ask("keys", () => Object.keys(result));
    await ask("meta keys", () => Object.keys(result.meta).toSorted());
  }),
  one("results are one's own", async (db, ask) => {
    const select = db.prepare("SELECT 1 AS a");
    const first = await select.all();
    const row = first.results[0];
    if (row !== undefined) row["a"] = 2;
    await ask("again", () => select.first("a"));
  }),
  one("special column names", async (db, ask) => {
    const statement = db.prepare("SELECT 1 AS __proto__, 2 AS toString, 3 AS constructor");
    await ask("raw", () => statement.raw({ columnNames: true }));
    await ask("own keys", async () => Object.keys((await statement.first()) as object));
  }),
  one("number-like column names", async (db, ask) => {
    await ask("keys", async () => {
      return Object.keys((await db.prepare("SELECT 1 AS b, 2 AS [2], 3 AS [1]").first()) as object);
    });
  }),
  one("promises", async (db, ask) => {
    const calls: [string, () => unknown][] = [
      ["all", () => db.prepare("SELECT 1").all()],
      ["first", () => db.prepare("SELECT 1").first()],
      ["run", () => db.prepare("SELECT 1").run()],
      ["raw", () => db.prepare("SELECT 1").raw()],
      ["exec", () => db.exec("SELECT 1")],
      ["batch", () => db.batch([db.prepare("SELECT 1")])],
    ];
    for (const [name, call] of calls) {
      await ask(name, async () => {
        const promise = call();
        await promise;
        return promise instanceof Promise;
      });
    }
  }),
  one("errors come later", async (db, ask) => {
    const calls: [string, () => unknown][] = [
      ["all", () => db.prepare("x").all()],
      ["first", () => db.prepare("x").first()],
      ["raw", () => db.prepare("x").raw()],
      ["exec", () => db.exec("x")],
      ["batch", () => db.batch([db.prepare("x")])],
      ["batch of nothing", () => db.batch([])],
    ];
    for (const [name, call] of calls) await ask(name, call);
  }),
  one("methods need their object", async (db, ask) => {
    const { prepare } = db;
    await ask("prepare", () => {
      try {
        prepare("SELECT 1");
        return "works";
      } catch (error) {
        return (error as Error).constructor.name;
      }
    });
  }),
  one("query", async (db, ask) => {
    const { query } = db;
    await ask("is there", () => typeof query);
    await ask("a call", () => db.query?.({ queries: [{ sql: "SELECT 1", params: [] }] }));
    await ask("nothing", () => db.query?.(undefined));
  }),
  one("exec takes anything", async (db, ask) => {
    for (const query of [undefined, null, 5]) {
      await ask(String(query), async () => {
        try {
          return await db.exec(query);
        } catch (error) {
          return (error as Error).constructor.name;
        }
      });
    }
  }),
  one("lengths of methods", async (db, ask) => {
    const statement = db.prepare("SELECT 1");
    await ask("db", () => [db.prepare.length, db.batch.length, db.exec.length]);
    await ask("names", () => [db.prepare.name, db.batch.name, statement.bind.name]);
  }),
  one("own properties", async (db, ask) => {
    const statement = db.prepare("SELECT ?").bind(1) as unknown as Record<string, unknown>;
    await ask("statement", () => ["statement" in statement, "params" in statement]);
    await ask("names of db", () =>
      Object.keys(db).filter(
        (key) => /^[a-z]/.test(key) && key !== "fetcher" && key !== "alwaysPrimarySession",
      ),
    );
    await ask("JSON of a statement's params", () => JSON.stringify(statement["params"]));
  }),
];
