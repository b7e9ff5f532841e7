import type { SqlValue } from "../../../../src/base/value.ts";
import type { Scenario, Step } from "../scenario.ts";

const VALUES: readonly (readonly [string, SqlValue])[] = [
  ["the greatest integer", 9_223_372_036_854_775_807n],
  ["the least integer", -9_223_372_036_854_775_808n],
  ["an integer beyond 2^53", 9_007_199_254_740_993n],
  ["zero", 0n],
  ["a real zero", 0],
  ["a negative zero", -0],
  ["a real that is whole", 5],
  ["a real beyond 2^63", 1e300],
  ["the least real", 5e-324],
  ["a long fraction", 0.1 + 0.2],
  ["infinity", Infinity],
  ["negative infinity", -Infinity],
  ["not a number", Number.NaN],
  ["an empty blob", new Uint8Array()],
  ["a blob of all bytes", Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ["a blob that is valid JSONB", new Uint8Array([0x13, 0x31])],
  ["an empty text", ""],
  ["a text with NUL", "a\0b\0"],
  ["a text that looks like a number", "0012"],
  ["a text with quotes", 'it\'s "x" `y`\n\r\t\\'],
  ["a text of every plane", "aé日本😀\u{10ffff}\ufeff"],
  ["a lone surrogate", "a\ud800b\udc00"],
  ["a long text", "x".repeat(100_000)],
  ["a long blob", new Uint8Array(100_000).fill(7)],
];

const inAll = (value: SqlValue, rowid: number): Step => ({
  sql: `INSERT INTO v (id, none, i, r, t, n, b) VALUES (${rowid}, ?1, ?1, ?1, ?1, ?1, ?1)`,
  params: [value],
});

/** Values come back as they are, under every affinity. */
export const EXACT: readonly Scenario[] = VALUES.map(([name, value]): Scenario => ({
  name: `value: ${name}`,
  steps: [
    "CREATE TABLE v (id INTEGER PRIMARY KEY, none, i INTEGER, r REAL, t TEXT, n NUMERIC, b BLOB)",
    inAll(value, 1),
    "UPDATE v SET none = i, i = r, r = n, n = t",
    "REPLACE INTO v (id, none) VALUES (1, 'gone')",
    inAll(value, 2),
    "UPDATE v SET id = 3 WHERE id = 2",
    "DELETE FROM v",
    "CREATE TABLE k (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID",
    { sql: "INSERT OR IGNORE INTO k VALUES (?1, 1), (?1, 1.0), (?1, '1')", params: [value] },
    { sql: "REPLACE INTO k SELECT ?1, b + 0.0 FROM k", params: [value] },
    "UPDATE OR REPLACE k SET b = 2",
  ],
}));

/** Values that no statement binds. */
export const VALUE_SCENARIOS: readonly Scenario[] = [
  ...EXACT,
  {
    name: "value: keys that are equal and not the same",
    steps: [
      "CREATE TABLE k (a PRIMARY KEY, b) WITHOUT ROWID",
      "INSERT INTO k VALUES (0, 'i'), (1, 'i')",
      "REPLACE INTO k VALUES (-0.0, 'r'), (1.0, 'r')",
      "REPLACE INTO k VALUES (0.0, 'p'), (1, 'q'), (x'31', 'b'), ('1', 't')",
      "UPDATE k SET a = 1.0 WHERE a = 1",
      "INSERT INTO k VALUES (1, 'u') ON CONFLICT DO UPDATE SET a = excluded.a, b = 'u'",
    ],
  },
  {
    name: "value: whole reals and long integers where a column makes them others",
    steps: [
      "CREATE TABLE r (i INTEGER, r REAL, n NUMERIC, t TEXT, x)",
      "INSERT INTO r VALUES (1.0, 1, 1.0, 1, 1.0), (9e18, 9007199254740993, 9e18, 1.0, 9e18)",
      "INSERT INTO r VALUES ('1e2', '7', '0x10', 0x10, 1e2), (1e400, -1e400, " +
        "'1e400', 1e400, 1e400)",
      "UPDATE r SET i = r, r = i, n = x, x = n",
    ],
  },
  {
    name: "value: bytes that are no UTF-8",
    steps: [
      "CREATE TABLE u (id INTEGER PRIMARY KEY, t TEXT)",
      "INSERT INTO u VALUES (1, CAST(x'ff41' AS TEXT)), (2, CAST(x'eda080' AS TEXT))",
      "UPDATE u SET t = t || 'x'",
    ],
  },
];
