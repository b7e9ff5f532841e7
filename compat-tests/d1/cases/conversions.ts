import type { AnyD1, Ask, Case } from "../contract.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const one = (name: string, run: Run): Case => ({ name: `values: ${name}`, run });

const ROUND = "SELECT ? AS v";

/** A case that sends values to the database and gets them back. */
function there(name: string, values: readonly unknown[]): Case {
  return one(name, async (db, ask) => {
    for (const [i, value] of values.entries()) {
      await ask(`${i}`, () => db.prepare(ROUND).bind(value).first("v"));
      await ask(`${i} typeof`, () => db.prepare("SELECT typeof(?) AS v").bind(value).first("v"));
      await ask(`${i} quoted`, () => db.prepare("SELECT quote(?) AS v").bind(value).first("v"));
    }
  });
}

/** A case with values that `bind` refuses on the spot. */
function refused(name: string, values: readonly unknown[]): Case {
  return one(name, async (db, ask) => {
    for (const [i, value] of values.entries()) {
      await ask(`${i}`, () => db.prepare(ROUND).bind(value));
      await ask(`${i} behind another`, () => db.prepare("SELECT ?, ?").bind(1, value));
    }
  });
}

class Money {
  readonly amount = 1;
  toString(): string {
    return "one";
  }
}

/** Values as they go in and come out. */
export const CONVERSION_CASES: readonly Case[] = [
  there("whole numbers", [0, 1, -1, 127, 2 ** 31, -(2 ** 31), 2 ** 52, 2 ** 53 - 1, 1e15]),
  there("fractions", [0.5, -0.25, 0.125, 1.5, -2.75]),
  there("booleans", [true, false]),
  there("null", [null]),
  there("texts", [
    "",
    " ",
    "a",
    "it's",
    'say "x"',
    "a\nb",
    "\t",
    "ä",
    "日本語",
    "👩‍👩‍👧",
    "\u{10ffff}",
    "\ufeff",
  ]),
  there("texts like numbers", ["1", "1.0", "0x1f", "1e3", " 5 ", "NaN", "null"]),
  there("texts like SQL", ["'; DROP TABLE t; --", "?", "?1", ":a", "%_", "\\"]),
  there("byte arrays", [[], [0], [255], [1, 2, 3], Array.from({ length: 256 }, (_, i) => i)]),
  there("buffers", [new ArrayBuffer(0), new Uint8Array([1, 2]).buffer]),
  there("views", [
    new Uint8Array([0, 255]),
    new Uint8ClampedArray([1, 300]),
    new Int16Array([1, 2]),
    new Uint32Array([7]),
    new Float32Array([1, 2]),
  ]),
  refused("undefined", [undefined]),
  refused("bigints", [1n, -5n, 2n ** 64n]),
  refused("objects", [{}, { a: 1 }, new Money(), new Map(), new Set([1])]),
  refused("dates", [new Date(0)]),
  refused("functions and symbols", [() => 1, Symbol.iterator]),
  refused("wrapped values", [Object(1), Object("x"), Object(true)]),
  refused("arrays of others", [
    ["a"],
    [1, "b"],
    [-1],
    [256],
    [1.5, 300],
    [null],
    [[1]],
    [undefined],
  ]),
  refused("promises", [Promise.resolve(1)]),
  one("affinity of columns", async (db, ask) => {
    await db.exec("CREATE TABLE t (i INTEGER, t TEXT, r REAL, n NUMERIC, b BLOB, x)");
    for (const value of [1, 1.5, "1", "1.5", "x", true, [49], null]) {
      await ask(JSON.stringify(value), () =>
        db
          .prepare(
            "INSERT INTO t VALUES (?1,?1,?1,?1,?1,?1) RETURNING typeof(i), typeof(t), typeof(r), typeof(n), typeof(b), typeof(x), i, t, r, n, b, x",
          )
          .bind(value)
          .raw(),
      );
    }
  }),
  one("comparisons with columns", async (db, ask) => {
    await db.exec(
      "CREATE TABLE t (i INTEGER, s TEXT, x)\nINSERT INTO t VALUES (1, '1', 1), (2, 'two', '2')",
    );
    for (const column of ["i", "s", "x"]) {
      for (const value of [1, "1", 2, "2", "two", true]) {
        await ask(`${column} = ${JSON.stringify(value)}`, () =>
          db.prepare(`SELECT count(*) AS n FROM t WHERE ${column} = ?`).bind(value).first("n"),
        );
      }
    }
  }),
  one("integers beyond doubles", async (db, ask) => {
    await db.exec("CREATE TABLE t (i INTEGER)");
    await db.exec(
      "INSERT INTO t VALUES (9007199254740993), (-9007199254740993), (9223372036854775807)",
    );
    await ask("rows", () => db.prepare("SELECT i, CAST(i AS TEXT) AS t FROM t").raw());
    await ask("bound as text", () =>
      db
        .prepare("SELECT count(*) AS n FROM t WHERE i = CAST(? AS INTEGER)")
        .bind("9007199254740993")
        .first("n"),
    );
    await ask("bound as number", () =>
      db.prepare("SELECT count(*) AS n FROM t WHERE i = ?").bind(9007199254740992).first("n"),
    );
  }),
  one("JSON in and out", async (db, ask) => {
    await ask("object", () =>
      db
        .prepare("SELECT ?1 ->> '$.a' AS v")
        .bind(JSON.stringify({ a: [1] }))
        .first(),
    );
    await ask("each", () =>
      db.prepare("SELECT value, type FROM json_each(?)").bind('[1,2.5,"x",null,true]').raw(),
    );
    await ask("numbers", () =>
      db.prepare("SELECT json_array(?1, ?2) AS v").bind(1, "1").first("v"),
    );
  }),
  one("numbers named by number", async (db, ask) => {
    await ask("twice", () => db.prepare("SELECT ?1 AS a, ?1 AS b, ?2 AS c").bind(1, 2).first());
    await ask("mixed", () => db.prepare("SELECT ?2 AS a, ? AS b, ?1 AS c").bind(1, 2, 3).first());
    await ask("high", () =>
      db
        .prepare("SELECT ?100 AS a")
        .bind(...Array.from({ length: 100 }, (_, i) => i))
        .first(),
    );
    await ask("named", () => db.prepare("SELECT :x AS a, :y AS b, :x AS c").bind(1, 2).first());
  }),
];
