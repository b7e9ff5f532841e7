import type { AnyDatabase, Case } from "../contract.ts";

/** What is tried in each state; every entry gets the database and answers something small. */
const ACTIONS: Readonly<Record<string, (db: AnyDatabase) => unknown>> = {
  exec: (db) => db.exec("SELECT 1") === db,
  prepare: (db) => db.prepare("SELECT 1").source,
  get: (db) => db.prepare("SELECT 1 AS x").get(),
  all: (db) => db.prepare("SELECT 1 AS x").all(),
  iterate: (db) => [...db.prepare("SELECT 1 AS x").iterate()],
  "run a write": (db) => db.prepare("INSERT INTO t VALUES (9)").run().changes,
  "run a read": (db) => db.prepare("SELECT 1").run().changes,
  "get RETURNING": (db) => db.prepare("INSERT INTO t VALUES (8) RETURNING a").get(),
  bind: (db) => db.prepare("SELECT ? AS x").bind(1).get(),
  columns: (db) => db.prepare("SELECT 1").columns().length,
  "pragma, read": (db) => db.pragma("user_version"),
  "pragma, write": (db) => db.pragma("user_version = 1"),
  explain: (db) => db.explain("SELECT 1").length > 0,
  "make a transaction": (db) => typeof db.transaction(() => {}),
  "run a transaction": (db) => db.transaction(() => 5)(),
  function: (db) => db.function("f", () => 1) === db,
  aggregate: (db) => db.aggregate("g", { step() {} }) === db,
  serialize: (db) => db.serialize().length > 0,
  loadExtension: (db) => db.loadExtension("/nowhere/extension"),
  defaultSafeIntegers: (db) => db.defaultSafeIntegers(false) === db,
  "unsafeMode off": (db) => db.unsafeMode(false) === db,
  inTransaction: (db) => db.inTransaction,
  close: (db) => db.close() === db,
};

/** What is tried on a statement that is being iterated. */
const STATEMENT_ACTIONS: Readonly<Record<string, (statement: any) => unknown>> = {
  get: (statement) => statement.get(),
  all: (statement) => statement.all(),
  run: (statement) => statement.run(),
  iterate: (statement) => [...statement.iterate()],
  bind: (statement) => statement.bind() === statement,
  pluck: (statement) => statement.pluck() === statement,
  raw: (statement) => statement.raw() === statement,
  expand: (statement) => statement.expand() === statement,
  safeIntegers: (statement) => statement.safeIntegers() === statement,
  columns: (statement) => statement.columns().length,
  toString: (statement: any) => statement.toString(),
  busy: (statement) => statement.busy,
};

function opened(db: AnyDatabase): AnyDatabase {
  return db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
}

function message(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    const { name, message: text } = error as Error;
    return [name, text];
  }
}

export const states: Case[] = [
  {
    name: "states: closed",
    run({ open, ask }) {
      for (const [name, action] of Object.entries(ACTIONS)) {
        ask(name, () => {
          const db = opened(open()).close();
          return action(db);
        });
      }
      const db = opened(open());
      const transaction = db.transaction(() => 1);
      const reader = db.prepare("SELECT ? AS x");
      const writer = db.prepare("INSERT INTO t VALUES (1)");
      const bound = db.prepare("SELECT ?").bind(1);
      const rows = db.prepare("SELECT * FROM t").iterate();
      rows.return();
      db.close();
      ask("transaction made before", () => transaction());
      ask("another transaction", () => typeof db.transaction(() => 1));
      for (const [name, action] of Object.entries(STATEMENT_ACTIONS)) {
        ask(`statement: ${name}`, () => action(reader));
        ask(`writing statement: ${name}`, () => action(writer));
      }
      ask("bound, as text", () => bound.toString());
      ask("iterator", () => [rows.next(), rows.return()]);
      ask("facts", () => [db.open, db.inTransaction, db.name, db.memory, db.readonly]);
    },
  },
  {
    name: "states: while iterating",
    run({ open, ask }) {
      for (const unsafe of [false, true]) {
        for (const [name, action] of Object.entries(ACTIONS)) {
          // Closing under an open iterator is refused in both modes; asked last and alone.
          const db = opened(open());
          db.unsafeMode(unsafe);
          const rows = db.prepare("SELECT a FROM t").iterate();
          rows.next();
          ask(`${unsafe ? "unsafe" : "safe"}: ${name}`, () => action(db));
          rows.return();
        }
      }
      for (const [name, action] of Object.entries(STATEMENT_ACTIONS)) {
        const statement = opened(open()).prepare("SELECT a FROM t");
        const rows = statement.iterate();
        rows.next();
        ask(`the statement itself: ${name}`, () => action(statement));
        rows.return();
      }
      ask("before the first step", () => {
        const db = opened(open());
        const rows = db.prepare("SELECT a FROM t").iterate();
        const said = message(() => db.exec("DELETE FROM t"));
        rows.return();
        return [said, db.exec("DELETE FROM t").open];
      });
    },
  },
  {
    name: "states: inside a user function",
    run({ open, ask }) {
      for (const [name, action] of Object.entries(ACTIONS)) {
        const db = opened(open());
        let said: unknown;
        db.function("inside", () => {
          said = message(() => action(db));
          return 1;
        });
        ask(`get: ${name}`, () => [db.prepare("SELECT inside() AS x").get(), said]);
        ask(`exec: ${name}`, () => [db.exec("SELECT inside()").open, said]);
        ask(`iterate: ${name}`, () => [[...db.prepare("SELECT inside() AS x").iterate()], said]);
        ask(`open after ${name}`, () => db.open);
      }
    },
  },
  {
    name: "states: statements inside a user function",
    run({ open, ask }) {
      for (const [name, action] of Object.entries(STATEMENT_ACTIONS)) {
        const db = opened(open());
        const statement = db.prepare("SELECT a FROM t");
        let said: unknown;
        db.function("inside", () => {
          said = message(() => action(statement));
          return 1;
        });
        ask(name, () => [db.prepare("SELECT inside() AS x").get(), said]);
      }
      ask("its own iterator", () => {
        const db = opened(open());
        const iterators: any[] = [];
        const said: unknown[] = [];
        db.function("inside", () => {
          for (const rows of iterators) {
            said.push(
              message(() => rows.next()),
              message(() => rows.return()),
            );
          }
          return 1;
        });
        iterators.push(db.prepare("SELECT inside() AS x").iterate());
        const first = iterators[0].next();
        iterators[0].return();
        return [first, said];
      });
    },
  },
  {
    name: "states: after an error",
    run({ open, ask }) {
      const db = opened(open());
      db.function("fail", () => {
        throw new TypeError("on purpose");
      });
      ask("get", () => db.prepare("SELECT fail()").get());
      ask("exec", () => db.exec("SELECT fail()"));
      ask("run", () => db.prepare("INSERT INTO t SELECT fail()").run());
      ask("all is well", () => [db.exec("DELETE FROM t").open, db.pragma("user_version")]);
      ask("a constraint", () => db.exec("CREATE UNIQUE INDEX i ON t (a)").open);
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      ask("once", () => insert.run(1));
      ask("twice", () => insert.run(1));
      ask("and on", () => insert.run(2));
    },
  },
];
