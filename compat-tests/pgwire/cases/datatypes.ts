import { float64, int16, int32, int64, type BoundValue } from "../wire/frames.ts";
import type { Case } from "./case.ts";
import { B, DP, DS, E, exchange, exchanges, P, S } from "./extended.ts";

/** What is inferred for parameters and told about columns, and how values look in both formats. */
export const DATATYPES: readonly Case[] = [
  describes("compared with a column", "SELECT id FROM t WHERE id = $1 AND name = $2"),
  describes("compared the other way round", "SELECT id FROM t WHERE $1 = id AND $2 <> name"),
  describes("compared by order", "SELECT id FROM t WHERE id > $1 AND id <= $2 AND name < $3"),
  describes("BETWEEN and IN", "SELECT id FROM t WHERE id BETWEEN $1 AND $2 AND id IN ($3, $4)"),
  describes("LIKE", "SELECT id FROM t WHERE name LIKE $1"),
  describes(
    "all kinds of columns",
    `SELECT id FROM kinds
     WHERE id = $1 AND d = $2 AND s = $3 AND b = $4 AND f = $5`,
  ),
  describes("INSERT without columns", "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5)"),
  describes("INSERT with columns", "INSERT INTO kinds (f, s, id) VALUES ($1, $2, $3)"),
  describes("INSERT of two rows", "INSERT INTO t VALUES ($1, $2), ($3, $4)"),
  describes(
    "INSERT with ON CONFLICT",
    `INSERT INTO t VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET name = $3`,
  ),
  describes("INSERT from SELECT", "INSERT INTO t SELECT id + 10, name FROM t WHERE id = $1"),
  describes("UPDATE", "UPDATE kinds SET d = $1, f = $2, b = $3 WHERE id = $4"),
  describes("DELETE", "DELETE FROM t WHERE name = $1 RETURNING id"),
  describes("LIMIT and OFFSET", "SELECT id FROM t ORDER BY id LIMIT $1 OFFSET $2"),
  describes(
    "with an alias",
    "SELECT a.id FROM t AS a JOIN child AS b ON b.t_id = a.id WHERE b.n = $1 AND a.name = $2",
  ),
  describes(
    "in a sub-select",
    "SELECT id FROM t WHERE id IN (SELECT t_id FROM child WHERE k = $1)",
  ),
  describes("$2 before $1", "SELECT id FROM t WHERE name = $2 AND id = $1"),
  describes("$1 twice", "SELECT id FROM t WHERE id = $1 OR id = $1 + 1"),
  describes("a gap in the numbers", "SELECT id FROM t WHERE id = $1 AND name = $3"),
  describes("no parameters", "SELECT id, name FROM t"),
  describes("columns of every kind", "SELECT id, d, s, b, f FROM kinds"),
  describes("columns by star and by alias", "SELECT k.*, t.name AS other FROM kinds AS k, t"),
  describes("columns of a view", "SELECT * FROM (SELECT id AS a, name AS b FROM t) AS q"),
  describes("count(*)", "SELECT count(*) FROM t"),
  describes("count(*) by another name", "SELECT count(*) AS n FROM t"),
  describes("arithmetic on a bigint column", "SELECT id + 1 AS n FROM t"),
  exchanges("types that the client gives", [
    P("SELECT id FROM t WHERE id = $1 AND name = $2", "", [23, 1043]),
    DS(),
    B([int32(1), "one"]),
    E(),
    S,
  ]),
  exchanges("some types given, some not", [
    P("INSERT INTO t VALUES ($1, $2)", "", [0, 25]),
    DS(),
    S,
  ]),
  exchanges("a smallint given", [
    P("SELECT id FROM t WHERE id = $1", "", [21]),
    DS(),
    B([int16(2)]),
    E(),
    S,
  ]),
  exchanges("$2 before $1, bound", [
    P("SELECT id FROM t WHERE name = $2 AND id = $1"),
    B(["1", "one"]),
    E(),
    S,
  ]),
  exchanges("$1 twice, bound", [
    P("SELECT id FROM t WHERE id = $1 OR id = $1 + 1 ORDER BY id"),
    B(["2"]),
    E(),
    S,
  ]),
  exchanges("NULL compared", [P("SELECT id FROM t WHERE id = $1"), B([null]), E(), S]),
  exchanges("LIMIT and OFFSET, bound", [
    P("SELECT id FROM t ORDER BY id LIMIT $1 OFFSET $2"),
    B(["1", int64(1n)]),
    E(),
    S,
  ]),
  ...both("int8", "id", [
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "9007199254740993",
    " 42 ",
    "+7",
    "007",
    int64(0n),
    int64(-1n),
    int64(2n ** 63n - 1n),
    int64(-(2n ** 63n)),
  ]),
  ...refused("int8", "id", ["", "x", "1.5", "1e3", "9223372036854775808", "1 2", int32(1)]),
  ...both("float8", "d", [
    "0",
    "-0",
    "1.5",
    "0.1",
    "1e300",
    "-1e-300",
    "5e-324",
    "1.7976931348623157e308",
    "100000000000000000000",
    "123456789012345680",
    "1e15",
    "1e16",
    "0.0001",
    "0.00001",
    " 2.5 ",
    "Infinity",
    "-infinity",
    "NaN",
    float64(0),
    float64(-0),
    float64(0.1),
    float64(5e-324),
    float64(-1.7976931348623157e308),
    float64(Number.POSITIVE_INFINITY),
  ]),
  ...refused("float8", "d", ["", "x", "1e400", "1e-400", "1,5", int32(1)]),
  ...both("text", "s", [
    "",
    "plain",
    "it's",
    "a\nb\tc\\d",
    "grüße, 你好, 🙂",
    "NULL",
    "\u0001\u007f",
    Buffer.from("bytes as text"),
    "x".repeat(5000),
  ]),
  ...refused("text", "s", [Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0])]),
  ...both("bytea", "b", [
    "\\x",
    "\\x00ff10",
    "\\xDEADbeef",
    "plain",
    "a\\000b\\\\c\\377",
    Buffer.alloc(0),
    Buffer.from([0, 1, 2, 255]),
    Buffer.alloc(3000, 0xab),
  ]),
  ...refused("bytea", "b", ["\\x0", "\\xzz", "a\\9"]),
  ...both("bool", "f", [
    "t",
    "f",
    "true",
    "FALSE",
    "yes",
    "no",
    "on",
    "off",
    "1",
    "0",
    " tr ",
    Buffer.from([1]),
    Buffer.from([0]),
  ]),
  ...refused("bool", "f", ["", "2", "maybe", "o", Buffer.from([1, 0])]),
];

function describes(name: string, sql: string): Case {
  return {
    name: `types: ${name}`,
    async run(talk) {
      await exchange(await talk.session(), P(sql), DS(), S);
    },
  };
}

/** Each value goes in, and comes back in text and in binary. */
function both(type: string, column: string, values: readonly BoundValue[]): Case[] {
  return values.map((value) => ({
    name: `${type}: ${shown(value)}`,
    async run(talk) {
      const session = await talk.session();
      const columns = column === "id" ? "id" : `id, ${column}`;
      const bound = column === "id" ? [value] : ["1", value];
      const marks = column === "id" ? "$1" : "$1, $2";
      await session.run(`INSERT INTO kinds (${columns}) VALUES (${marks})`, bound);
      await session.run(`SELECT ${column} FROM kinds`, [], [0]);
      await session.run(`SELECT ${column} FROM kinds`, [], [1]);
      await session.run(`SELECT id FROM kinds WHERE ${column} = $1`, [value], [0]);
    },
  }));
}

function refused(type: string, column: string, values: readonly BoundValue[]): Case[] {
  return values.map((value) => ({
    name: `${type} refused: ${shown(value)}`,
    async run(talk) {
      const session = await talk.session();
      await exchange(
        session,
        P(`SELECT id FROM kinds WHERE ${column} = $1`),
        B([value]),
        DP(),
        E(),
        S,
      );
    },
  }));
}

function shown(value: BoundValue): string {
  if (value === null) return "NULL";
  const text = Buffer.isBuffer(value) ? `x'${value.toString("hex")}'` : JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 20)}… of ${value.length}`;
}
