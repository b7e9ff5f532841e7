import type { Case } from "../contract.ts";

class Custom {
  a = 1;
}

const bytes = Buffer.from("abc");

/** A text with the arguments that it is run with. */
const CALLS: readonly (readonly [sql: string, ...args: unknown[]])[] = [
  ["SELECT ?"],
  ["SELECT ?", 1, 2],
  ["SELECT ?", undefined],
  ["SELECT ?", null],
  ["SELECT ?", true],
  ["SELECT ?", new Date(0)],
  ["SELECT ?", {}],
  ["SELECT ?", []],
  ["SELECT ?", [1]],
  ["SELECT ?", [1, 2]],
  // eslint-disable-next-line no-sparse-arrays
  ["SELECT ?", [,]],
  ["SELECT ?", Symbol("x")],
  ["SELECT ?", () => {}],
  ["SELECT ?", 2n ** 63n],
  ["SELECT ?", 2n ** 63n - 1n],
  ["SELECT ?", -(2n ** 63n)],
  ["SELECT ?", -(2n ** 63n) - 1n],
  ["SELECT ?", Number.NaN],
  ["SELECT ?", Number.POSITIVE_INFINITY],
  ["SELECT ?", -0],
  ["SELECT ?", 2 ** 53],
  ["SELECT typeof(?)", 1],
  ["SELECT typeof(?)", 1n],
  ["SELECT ?", bytes],
  ["SELECT ?", bytes.subarray(1, 2)],
  ["SELECT ?", Buffer.alloc(0)],
  ["SELECT typeof(?)", Buffer.alloc(0)],
  ["SELECT ?", new Uint8Array([1, 2])],
  ["SELECT ?", new Float64Array([1])],
  ["SELECT ?", new ArrayBuffer(3)],
  ["SELECT ?", Object("text")],
  ["SELECT ?", Object(4)],
  ["SELECT ?", Object.create(null)],
  ["SELECT ?", new Custom()],
  ["SELECT ?", new Map()],
  ["SELECT ?", ""],
  ["SELECT ?", "ü😀"],
  ["SELECT ?", "\ud800"],
  ["SELECT length(?)", "a\0b"],
  ["SELECT ?", 1, {}],
  ["SELECT ?", {}, 1],
  ["SELECT ?", {}, {}],
  ["SELECT ?", [1], []],
  ["SELECT ?", [[1]]],
  ["SELECT ?", 1, true],
  ["SELECT ?", true, 1],
  ["SELECT ?, ?", 1],
  ["SELECT ?, ?", [1], [2]],
  ["SELECT ?, ?", 1, [2]],
  ["SELECT ?, ?", [1], 2],
  ["SELECT ?, ?", [1, 2]],
  ["SELECT ?, ?", [undefined, 2]],
  ["SELECT :a"],
  ["SELECT :a", {}],
  ["SELECT :a", { a: 1 }],
  ["SELECT :a", { ":a": 1 }],
  ["SELECT :a", { a: undefined }],
  ["SELECT :a", { a: true }],
  ["SELECT :a", { a: 1, b: true }],
  ["SELECT :a", 1],
  ["SELECT :a", null],
  ["SELECT :a", [1]],
  ["SELECT :a", [{ a: 1 }]],
  ["SELECT :a", Object.create({ a: 5 })],
  ["SELECT :a", Object.assign(Object.create(null), { a: 5 })],
  ["SELECT :a", new Custom()],
  ["SELECT :a, @a, $a", { a: 1 }],
  ["SELECT :a, :a", { a: 1 }],
  ["SELECT :a, :b", { a: 1 }, { b: 2 }],
  ["SELECT :a, ?", { a: 1 }, 2],
  ["SELECT :a, ?", 2, { a: 1 }],
  ["SELECT :a, ?", { a: 1 }],
  ["SELECT :a, ?", 2],
  ["SELECT :a, ?"],
  ["SELECT :a, ?", 2, 3, { a: 1 }],
  ["SELECT ?, :a, ?, @b, ?", { b: 20, a: 10 }, 1, [2, 3]],
  ["SELECT ?1", 1],
  ["SELECT ?1", { 1: 5 }],
  ["SELECT ?1, ?1", { 1: 5 }],
  ["SELECT ?2", { 2: 5 }],
  ["SELECT ?2", 1, { 2: 5 }],
  ["SELECT ?2, ?", 1, { 2: 5 }],
  ["SELECT ?2, ?", 1, 2, { 2: 5 }],
  ["SELECT ?3, ?1", 7, { 1: 5, 3: 6 }],
  ["SELECT ?1, :a, ?", { 1: 5, a: 6 }, 7],
  ["SELECT ?, ?2, ?1, @x", { 2: 20, 1: 10, x: 30 }],
  ["SELECT :1", { 1: 2 }],
  ["SELECT $1, $2", { 1: "one", 2: "two" }],
  ["SELECT :toString", {}],
  ["SELECT 1", 1],
  ["SELECT 1", {}],
  ["SELECT 1", { a: 1 }],
  ["SELECT 1", []],
  ["SELECT ':a', ?", 1],
];

export const binding: Case[] = [
  {
    name: "binding: calls",
    run({ open, ask }) {
      const db = open();
      CALLS.forEach(([sql, ...args], index) => {
        ask(`${index}: ${sql}`, () =>
          db
            .prepare(sql)
            .raw()
            .all(...args),
        );
      });
    },
  },
  {
    name: "binding: the same by every method",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a, b)");
      const insert = db.prepare("INSERT INTO t VALUES (?, :b)");
      ask("run", () => insert.run(1, { b: 2 }));
      ask("run with too few", () => insert.run({ b: 2 }));
      ask("run without names", () => insert.run(1));
      const select = db.prepare("SELECT * FROM t WHERE a = ? AND b = :b");
      ask("get", () => select.get(1, { b: 2 }));
      ask("all", () => select.all([1], { b: 2 }));
      ask("iterate", () => [...select.iterate({ b: 2 }, 1)]);
      ask("iterate, with bytes that change", () => {
        const bytes = Buffer.from("ab");
        const rows = db.prepare("SELECT ? AS x").iterate(bytes);
        bytes[0] = 0;
        return [...rows];
      });
      ask("iterate with too many", () => [...select.iterate({ b: 2 }, 1, 2)]);
      ask("bind", () => select.bind({ b: 2 }, 1).get());
      ask("values are not kept", () => {
        const one = db.prepare("SELECT ? AS x");
        one.get(1);
        return one.get();
      });
      ask("a getter that throws", () =>
        db.prepare("SELECT :a").get({
          get a() {
            throw new RangeError("from the getter");
          },
        }),
      );
      ask("arguments are not changed", () => {
        const args = [undefined, 1n];
        db.prepare("SELECT ?, ?").get(args);
        return args;
      });
    },
  },
  {
    name: "binding: for good",
    run({ open, ask }) {
      const db = open();
      ask("returns the statement", () => {
        const statement = db.prepare("SELECT ?");
        return statement.bind(1) === statement;
      });
      ask("twice", () => db.prepare("SELECT ?").bind(1).bind(1));
      ask("and once more at the call", () => db.prepare("SELECT ?").bind(1).get(1));
      ask("nothing, and then something", () => db.prepare("SELECT 1").bind().get(1));
      ask("too few", () => db.prepare("SELECT ?").bind());
      ask("a failed bind does not count", () => {
        const statement = db.prepare("SELECT ? AS x");
        try {
          statement.bind(true);
        } catch {}
        return statement.bind(3).get();
      });
      ask("run", () => {
        db.exec("CREATE TABLE t (a)");
        const insert = db.prepare("INSERT INTO t VALUES (?)").bind("x");
        return [insert.run(), insert.run(), db.prepare("SELECT * FROM t").all()];
      });
      ask("bytes are copied", () => {
        const value = Buffer.from([1, 2]);
        const statement = db.prepare("SELECT ? AS x").bind(value);
        value.fill(9);
        return statement.get();
      });
      ask("as text", () => {
        const statement = db.prepare("SELECT ?, :a, ?");
        const before = String(statement);
        statement.bind(1, "it's", { a: null });
        return [before, statement.toString(), statement.source];
      });
      ask("as text, long", () => {
        const long = "0123456789abcdefghijklmnopqrstüvwxyz".repeat(2);
        return [
          db.prepare("SELECT ?").bind(long).toString(),
          db.prepare("SELECT ?").bind("😀".repeat(9)).toString(),
          db.prepare("SELECT ?").bind("x".repeat(32)).toString(),
          db.prepare("SELECT ?").bind("x".repeat(33)).toString(),
          db
            .prepare("SELECT ?")
            .bind(`${"'".repeat(31)}é'`)
            .toString(),
          db.prepare("SELECT ?").bind(Buffer.alloc(40, 7)).toString(),
          db.prepare("SELECT ?").bind(Buffer.alloc(32, 7)).toString(),
        ];
      });
      ask("as text while it is iterated", () => {
        const statement = db.prepare("SELECT ? AS x UNION ALL SELECT 2").bind(1);
        const rows = statement.iterate();
        const seen = [rows.next(), statement.toString(), rows.next(), rows.next()];
        return seen;
      });
    },
  },
];
