import type { Case } from "../contract.ts";

const withLength = (length: unknown): (() => number) =>
  Object.defineProperty(() => 1, "length", { value: length });

/** Values that a callback returns. */
const RETURNED: readonly unknown[] = [
  5,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5n,
  2n ** 63n,
  -(2n ** 63n),
  "text",
  "",
  null,
  undefined,
  true,
  {},
  [],
  new Date(0),
  Buffer.from("ab"),
  Buffer.alloc(0),
  new Uint8Array([1]),
  new Float64Array([1]),
  new ArrayBuffer(1),
  Symbol("x"),
  () => 1,
  Promise.resolve(1),
  Object("text"),
];

export const functions: Case[] = [
  {
    name: "functions: registration",
    run({ open, ask }) {
      const db = open();
      const given: unknown[][] = [
        [],
        ["f"],
        [5, () => 1],
        ["f", 5],
        ["f", {}, 5],
        ["f", null, () => 1],
        ["f", {}, () => 1],
        ["f", () => 1, () => 2],
        ["", () => 1],
        ["f".repeat(256), () => 1],
        ["f", { varargs: 1 }, () => 1],
        ["f", { varargs: undefined }, () => 1],
        ["f", { deterministic: 1 }, () => 1],
        ["f", { directOnly: "x" }, () => 1],
        ["f", { safeIntegers: 0 }, () => 1],
        ["f", withLength(-1)],
        ["f", withLength(1.5)],
        ["f", withLength("2")],
        ["f", withLength(100)],
        ["f", withLength(101)],
        ["f", { varargs: true }, withLength(101)],
      ];
      given.forEach((args, index) => ask(String(index), () => db.function(...args) === db));
    },
  },
  {
    name: "functions: values",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
      RETURNED.forEach((value, index) => {
        db.function(`f${index}`, () => value);
        ask(`scalar ${index}`, () =>
          db.prepare(`SELECT f${index}(), typeof(f${index}())`).raw().get(),
        );
        db.aggregate(`g${index}`, { start: 0, step() {}, result: () => value });
        ask(`aggregate ${index}`, () =>
          db.prepare(`SELECT g${index}(), typeof(g${index}()) FROM t`).raw().get(),
        );
      });
      const arguments_ =
        "1, 1.5, 'x', NULL, x'0102', x'', 9007199254740993, -9223372036854775808, ?";
      for (const safeIntegers of [false, true]) {
        let got: unknown;
        db.function("seen", { varargs: true, safeIntegers }, (...args: unknown[]) => {
          got = args;
          return args.length;
        });
        ask(`arguments, safe ${safeIntegers}`, () => {
          const count = db.prepare(`SELECT seen(${arguments_})`).pluck().get(5n);
          return [count, got];
        });
      }
      ask("by the database's default", () => {
        db.defaultSafeIntegers();
        db.function("kind", (x: unknown) => typeof x);
        db.defaultSafeIntegers(false);
        return db.prepare("SELECT kind(1)").pluck().get();
      });
    },
  },
  {
    name: "functions: behaviour",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
      const thrown: unknown[] = [new RangeError("thrown"), "text", 5, undefined, null, { a: 1 }];
      thrown.forEach((value, index) => {
        db.function(`throws${index}`, () => {
          throw value;
        });
        ask(`throws ${index}`, () => {
          try {
            db.prepare(`SELECT throws${index}()`).get();
            return "nothing";
          } catch (error) {
            return [error === value, error];
          }
        });
      });
      ask("no receiver", () => {
        db.function("receiver", function (this: unknown) {
          return String(this);
        });
        return db.prepare("SELECT receiver()").pluck().get();
      });
      ask("too few arguments", () => {
        db.function("two", (a: number, b: number) => a + b);
        return db.prepare("SELECT two(1)").get();
      });
      ask("by number of arguments, without case", () => {
        db.function("over", () => "none");
        db.function("over", (_a: unknown) => "one");
        db.function("OVER", (_a: unknown) => "one again");
        return db.prepare("SELECT over(), over(1)").raw().get();
      });
      ask("instead of a built-in one", () => {
        db.function("upper", (_a: unknown) => "mine");
        return db.prepare("SELECT upper('x')").pluck().get();
      });
      ask("only directly", () => {
        db.function("direct", { directOnly: true }, () => 1);
        db.exec("CREATE VIEW v AS SELECT direct()");
        return [db.prepare("SELECT direct()").pluck().get(), db.prepare("SELECT * FROM v").get()];
      });
      ask("deterministic in an index", () => {
        db.function("same", { deterministic: true }, (a: unknown) => a);
        return db.exec("CREATE INDEX i ON t (same(a))").open;
      });
      ask("not deterministic in an index", () => {
        db.function("other", (a: unknown) => a);
        return db.exec("CREATE INDEX j ON t (other(a))");
      });
      ask("in a trigger and a CHECK", () => {
        db.function("positive", { deterministic: true }, (a: number) => (a > 0 ? 1 : 0));
        db.exec("CREATE TABLE checked (a CHECK (positive(a)))");
        const insert = db.prepare("INSERT INTO checked VALUES (?)");
        return [insert.run(1), insert.run(-1)];
      });
      ask("a failure leaves nothing behind", () => {
        db.function("fail_at", (a: number, b: number) => {
          if (a === b) throw new Error("stop");
          return a;
        });
        try {
          db.exec("INSERT INTO t SELECT fail_at(a, 2) FROM t");
        } catch {}
        return db.prepare("SELECT a FROM t").pluck().all();
      });
      ask("how often it is called", () => {
        let calls = 0;
        db.function("counted", () => ++calls);
        db.prepare("SELECT counted() FROM t").get();
        const afterGet = calls;
        db.prepare("SELECT counted() FROM t").all();
        return [afterGet, calls];
      });
    },
  },
];
