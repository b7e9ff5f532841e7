import type { AnyD1, Ask, Case } from "../contract.ts";

const PLAIN = "SELECT typeof(?1) AS type, quote(?1) AS quoted, ?1 AS value";

/** A name for each value: some have no text of their own. */
const BOUND: Record<string, unknown> = {
  one: 1,
  "a fraction": 1.5,
  zero: 0,
  "negative zero": -0,
  "not a number": NaN,
  infinity: Infinity,
  "negative infinity": -Infinity,
  "2^53 + 2": 2 ** 53 + 2,
  "a huge number": 1e300,
  "a tiny number": 5e-324,
  text: "text",
  "empty text": "",
  "text with NUL": "a\0b",
  "text beyond the BMP": "💡é",
  "a lone surrogate": "a\ud800b",
  "numeric text": "9007199254740993",
  true: true,
  false: false,
  null: null,
  "empty array": [],
  "array of bytes": [0, 1, 127, 128, 255],
  "array with a fraction": [1.9],
  Uint8Array: new Uint8Array([1, 2, 255]),
  "empty Uint8Array": new Uint8Array(0),
  "a part of a buffer": new Uint8Array([9, 8, 7, 6]).subarray(1, 3),
  Uint16Array: new Uint16Array([1, 258]),
  Int8Array: new Int8Array([-1, 1]),
  Float64Array: new Float64Array([1.5, 300]),
  DataView: new DataView(new ArrayBuffer(3)),
  ArrayBuffer: new Uint8Array([4, 5]).buffer,
};

const REFUSED: Record<string, unknown> = {
  undefined,
  bigint: 1n,
  date: new Date(NaN),
  object: {},
  "object with a text": { toString: () => "mine" },
  function: Math.max,
  symbol: Symbol("s"),
  "array with 256": [256],
  "array with -1": [-1],
  "array of text": ["a", "b"],
  "array of bigint": [1n],
  "array in an array": [[1]],
  "object without a prototype": Object.create(null),
  map: new Map(),
  regexp: /x/,
};

async function askBound(db: AnyD1, ask: Ask): Promise<void> {
  for (const [name, value] of Object.entries(BOUND)) {
    await ask(name, () => db.prepare(PLAIN).bind(value).first());
  }
}

async function askRefused(db: AnyD1, ask: Ask): Promise<void> {
  for (const [name, value] of Object.entries(REFUSED)) {
    await ask(name, () => db.prepare(PLAIN).bind(value));
  }
}

async function askOut(db: AnyD1, ask: Ask): Promise<void> {
  const literals = [
    "1",
    "1.0",
    "-1",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "0.1",
    "1e21",
    "1e300 * 1e10",
    "-1e999",
    "-0.0",
    "''",
    "'it''s'",
    "'a' || char(0) || 'b'",
    "char(128161)",
    "NULL",
    "x''",
    "x'00ff10'",
    "1 = 1",
    "9007199254740993 = 9007199254740992",
    "CAST(9007199254740993 AS TEXT)",
    "json_array(9007199254740993)",
  ];
  for (const literal of literals) {
    await ask(literal, () => db.prepare(`SELECT ${literal} AS v, typeof(${literal}) AS t`).raw());
  }
}

async function askStored(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec(
    "CREATE TABLE t (i INTEGER, r REAL, x TEXT, b BLOB, n NUMERIC, a ANY)\n" +
      "CREATE TABLE s (i INT, r REAL, x TEXT, b BLOB, a ANY) STRICT",
  );
  const values: [string, unknown][] = [
    ["1", 1],
    ["1.5", 1.5],
    ["2^53", 2 ** 53],
    ["text", "7"],
    ["words", "seven"],
    ["bytes", [55]],
    ["true", true],
    ["null", null],
  ];
  for (const [name, value] of values) {
    const columns = "i, r, x, b, n, a"
      .split(", ")
      .map((c) => `${c}, typeof(${c})`)
      .join(", ");
    await ask(`${name} in a table`, () =>
      db
        .prepare(`INSERT INTO t VALUES (?1, ?1, ?1, ?1, ?1, ?1) RETURNING ${columns}`)
        .bind(value)
        .raw(),
    );
    for (const column of ["i", "r", "x", "b", "a"]) {
      await ask(`${name} in strict ${column}`, () =>
        db
          .prepare(`INSERT INTO s (${column}) VALUES (?) RETURNING ${column}, typeof(${column})`)
          .bind(value)
          .raw(),
      );
    }
  }
}

async function askExpressions(db: AnyD1, ask: Ask): Promise<void> {
  const questions: [string, ...unknown[]][] = [
    ["SELECT ? / ? AS v", 3, 2],
    ["SELECT json_array(?, ?, ?) AS v", 1, "a", null],
    ["SELECT ? || '' AS v", 1],
    ["SELECT ?1 = '1' AS v", 1],
    ["SELECT '1' = CAST(?1 AS INTEGER) AS v", 1],
    ["SELECT substr('abcdef', ?, ?) AS v", 2, 3],
    ["SELECT value FROM json_each('[1,2,3]') LIMIT ? OFFSET ?", 2, 1],
    ["SELECT 1 AS v LIMIT ?", 0.5],
    ["SELECT group_concat(value) AS v FROM json_each(?)", '[1,2.5,"x",null]'],
    ["SELECT CAST(? AS INTEGER) AS v", "9007199254740993"],
    ["SELECT ? IS NULL AS v", null],
    ["SELECT ? IN (1, 2) AS v", 2],
    ["SELECT ?2 AS b, ?1 AS a", 1, 2],
    ["SELECT :a AS a, @b AS b, $c AS c, :a AS d", 1, 2, 3],
    ["SELECT ?3 AS v", 1, 2, 3],
    ["SELECT CAST(? AS TEXT) AS v", -0],
    ["SELECT format('%g', ?) AS v", -0],
    ["SELECT json_array(?) AS v", -0],
  ];
  for (const [sql, ...params] of questions) {
    await ask(`${sql} <- ${JSON.stringify(params)}`, () =>
      db
        .prepare(sql)
        .bind(...params)
        .raw(),
    );
  }
}

export const VALUE_CASES: readonly Case[] = [
  { name: "values that bind", run: askBound },
  { name: "values that are refused at once", run: askRefused },
  { name: "values that come out", run: askOut },
  { name: "values in columns", run: askStored },
  { name: "values in expressions", run: askExpressions },
];
