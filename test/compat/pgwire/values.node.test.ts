import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import { Writer } from "../../../src/compat/pgwire/codec/writer.ts";
import { writeRow } from "../../../src/compat/pgwire/datatypes/row-writer.ts";
import { ResultLayout } from "../../../src/compat/pgwire/result-layout.ts";
import { oidOfColumn } from "../../../src/compat/pgwire/datatypes/declared-type.ts";
import type { SqlValue } from "../../../src/base/value.ts";
import { ShardFixture } from "../../engine/open-shard.ts";
import { runSeed, seeded } from "./seeded.ts";
import { connect } from "./server.ts";
import { short } from "./wire-client.ts";

const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  unknown: 705,
  varchar: 1043,
  timestamp: 1114,
  numeric: 1700,
  uuid: 2950,
} as const;

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("types of columns", () => {
  const column = (name: string, declaredType: string | null, source: string | null = name) =>
    oidOfColumn({ name, table: null, column: source, declaredType });

  test.each([
    ["INTEGER", OID.int8],
    ["int", OID.int8],
    ["BIGINT UNSIGNED", OID.int8],
    ["UNSIGNED BIG INT", OID.int8],
    ["BOOLEAN", OID.bool],
    ["bool", OID.bool],
    ["REAL", OID.float8],
    ["DOUBLE PRECISION", OID.float8],
    ["float", OID.float8],
    ["BLOB", OID.bytea],
    ["bytea", OID.bytea],
    ["TEXT", OID.text],
    ["VARCHAR(20)", OID.text],
    ["CHARINT", OID.int8],
    ["NUMERIC(10,2)", OID.text],
    ["DATETIME", OID.text],
    ["INTERVAL", OID.text],
    ["POINT", OID.text],
    ["", OID.text],
  ])("%s", (declaredType, oid) => {
    expect(column("c", declaredType)).toBe(oid);
  });

  test("an expression is text, but for a count by its name", () => {
    expect(column("a + 1", null, null)).toBe(OID.text);
    expect(column("count(*)", null, null)).toBe(OID.int8);
    expect(column("COUNT (DISTINCT x)", null, null)).toBe(OID.int8);
    expect(column("count(*) + 1.5", null, null)).toBe(OID.text);
    expect(column("count(*) filter (where x)", null, null)).toBe(OID.text);
    expect(column("counter", null, null)).toBe(OID.text);
    expect(column("count(*)", null, "count(*)")).toBe(OID.text);
  });
});

/** What one value of a column looks like on the wire, as text and as binary. */
async function shown(
  declared: string,
  literal: string,
): Promise<{ text: string | null; binary: string }> {
  await using fixture = new ShardFixture();
  const client = connect(fixture.database);
  client.send(serialize.query(`create table t (c ${declared}); insert into t values (${literal})`));
  client.take();
  client.send(serialize.query("select c from t"));
  const row = client.take().find(({ name }) => name === "dataRow");
  const before = client.writes.length;
  client.send(
    serialize.parse({ text: "select c from t" }),
    serialize.bind({ binary: true }),
    serialize.execute(),
    serialize.sync(),
  );
  const bytes = Buffer.concat(client.writes.slice(before));
  const at = bytes.indexOf("D");
  const error = client.take().find(({ name }) => name === "error");
  client.connection.closed();
  const binary =
    error === undefined
      ? bytes.subarray(at + 11, at + 11 + bytes.readInt32BE(at + 7)).toString("hex")
      : `${error["code"]} ${error["message"]}`;
  return { text: row?.["fields"][0], binary };
}

const NOT = (type: string, value: string): string =>
  `22P02 invalid value for type ${type} in column "c", row 1: ${value}`;

describe("values of results", () => {
  test.each([
    ["integer", "0", "0", "0000000000000000"],
    ["integer", "-1", "-1", "ffffffffffffffff"],
    ["integer", "9223372036854775807", "9223372036854775807", "7fffffffffffffff"],
    ["integer", "-9223372036854775808", "-9223372036854775808", "8000000000000000"],
    ["integer", "1.5", "1.5", NOT("bigint", '"1.5"')],
    ["integer", "'abc'", "abc", NOT("bigint", '"abc"')],
    ["integer", "x'00ff'", "\\x00ff", NOT("bigint", "2 bytes")],
    ["real", "5", "5", "4014000000000000"],
    ["real", "1e20", "1e+20", "4415af1d78b58c40"],
    ["real", "9e999", "Infinity", "7ff0000000000000"],
    ["real", "'abc'", "abc", NOT("double precision", '"abc"')],
    ["text", "'grün 💥'", "grün 💥", Buffer.from("grün 💥").toString("hex")],
    ["text", "''", "", ""],
    ["text", "5", "5", "35"],
    ["text", "x'0a'", "\\x0a", Buffer.from("\\x0a").toString("hex")],
    ["numeric", "5.0", "5", "35"],
    ["numeric", "0.5", "0.5", Buffer.from("0.5").toString("hex")],
    ["any_name", "1e20", "1.0e+20", Buffer.from("1.0e+20").toString("hex")],
    ["blob", "x'00ff'", "\\x00ff", "00ff"],
    ["blob", "x''", "\\x", ""],
    ["blob", "'abc'", "\\x616263", "616263"],
    ["blob", "5", "5", NOT("bytea", '"5"')],
    ["boolean", "1", "t", "01"],
    ["boolean", "0", "f", "00"],
    ["boolean", "2", "2", NOT("boolean", '"2"')],
    ["boolean", "'yes'", "yes", NOT("boolean", '"yes"')],
  ])("%s %s", async (declared, literal, text, binary) => {
    expect(await shown(declared, literal)).toEqual({ text, binary });
  });

  test("an INTEGER under the type of a REAL passes in binary when it is exact", () => {
    const columns = [{ name: "c", table: null, column: null, declaredType: "REAL" }];
    const { oids, names } = new ResultLayout(columns);
    const written = (value: bigint): string => {
      const writer = new Writer();
      writeRow(writer, [value], { oids, names, formats: [1] }, 1);
      return Buffer.from(writer.take()).toString("hex");
    };
    expect(written(123n)).toMatch(/405ec00000000000$/);
    expect(written(2n ** 60n)).toMatch(/43b0000000000000$/);
    expect(() => written(2n ** 60n + 1n)).toThrow("invalid value for type double precision");
  });

  test("NULL is a length of -1, in both formats", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(serialize.query("create table t (c integer); insert into t values (null)"));
    client.take();
    const before = client.writes.length;
    client.send(
      serialize.parse({ text: "select c from t" }),
      serialize.bind({ binary: true }),
      serialize.execute(),
      serialize.sync(),
      serialize.query("select c from t"),
    );
    const all = Buffer.concat(client.writes.slice(before));
    const row = Buffer.from([0x44, 0, 0, 0, 10, 0, 1, 255, 255, 255, 255]);
    expect(all.indexOf(row)).toBeGreaterThan(0);
    expect(all.lastIndexOf(row)).toBeGreaterThan(all.indexOf(row));
    client.connection.closed();
  });

  test("rows before the one that does not fit have been sent; its number is told", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(
      serialize.query("create table t (c integer); insert into t values (1), (2), ('x')"),
    );
    client.take();
    client.send(
      serialize.parse({ text: "select c from t" }),
      serialize.bind({ binary: true }),
      serialize.execute(),
      serialize.sync(),
    );
    const messages = client.take();
    expect(messages.filter(({ name }) => name === "dataRow")).toHaveLength(2);
    const error = messages.find(({ name }) => name === "error");
    expect(error?.["message"]).toContain("row 3");
    expect(error?.["column"]).toBe("c");
    expect(messages.at(-1)?.name).toBe("readyForQuery");
    client.connection.closed();
  });
});

/** What reaches SQLite of a parameter: the value with its type, or the SQLSTATE. */
async function bound(oid: number, value: string | Buffer): Promise<string> {
  await using fixture = new ShardFixture();
  const client = connect(fixture.database);
  client.send(
    serialize.parse({ text: "select typeof($1) || ' ' || quote($1) as c", types: [oid] }),
    serialize.bind({ values: [value] }),
    serialize.execute(),
    serialize.sync(),
  );
  const messages = client.take();
  client.connection.closed();
  const row = messages.find(({ name }) => name === "dataRow");
  return row?.["fields"][0] ?? messages.find(({ name }) => name === "error")?.["code"];
}

describe("values of parameters", () => {
  test.each<[keyof typeof OID, string, string]>([
    ["int8", "42", "integer 42"],
    ["int8", " +42 ", "integer 42"],
    ["int8", "-9223372036854775808", "integer -9223372036854775808"],
    ["int8", "9223372036854775808", "22003"],
    ["int8", "1.5", "22P02"],
    ["int8", "", "22P02"],
    ["int8", "-", "22P02"],
    ["int8", "12a", "22P02"],
    ["int4", "2147483647", "integer 2147483647"],
    ["int4", "2147483648", "22003"],
    ["int2", "-32768", "integer -32768"],
    ["int2", "32768", "22003"],
    ["oid", "4294967295", "integer 4294967295"],
    ["oid", "-1", "integer 4294967295"],
    ["oid", "4294967296", "22003"],
    ["float8", "1.5", "real 1.5"],
    ["float8", "5", "real 5.0"],
    ["float8", " -.5e1 ", "real -5.0"],
    ["float8", "Infinity", "real 9.0e+999"],
    ["float8", "-inf", "real -9.0e+999"],
    ["float8", "NaN", "22003"],
    ["float8", "1e400", "22003"],
    ["float8", "1e-400", "22003"],
    ["float8", "0e-999", "real 0.0"],
    ["float8", "abc", "22P02"],
    ["float8", "0x10", "22P02"],
    ["float4", "0.5", "real 0.5"],
    ["float4", "1e39", "22003"],
    ["bool", "t", "integer 1"],
    ["bool", " FALSE ", "integer 0"],
    ["bool", "of", "integer 0"],
    ["bool", "o", "22P02"],
    ["bool", "2", "22P02"],
    ["bool", "", "22P02"],
    ["bytea", "\\x00 Ff", "blob X'00FF'"],
    ["bytea", "\\x", "blob X''"],
    ["bytea", "a\\\\b\\000\\377", "blob X'615C6200FF'"],
    ["bytea", "\\x0", "22023"],
    ["bytea", "\\x0g", "22023"],
    ["bytea", "\\x0 0", "22023"],
    ["bytea", "\\9", "22P02"],
    ["bytea", "\\400", "22P02"],
    ["text", "grün 💥", "text 'grün 💥'"],
    ["varchar", "", "text ''"],
    ["unknown", "5", "text '5'"],
    ["json", '{"a":1}', `text '{"a":1}'`],
    ["numeric", "1.10", "text '1.10'"],
    ["timestamp", "2026-11-20 10:00", "text '2026-11-20 10:00'"],
    ["text", "a\0b", "22021"],
  ])("text %s %j", async (type, value, result) => {
    expect(await bound(OID[type], value)).toBe(result);
  });

  test.each<[keyof typeof OID, string, string]>([
    ["int8", "ffffffffffffffff", "integer -1"],
    ["int4", "80000000", "integer -2147483648"],
    ["int2", "fffe", "integer -2"],
    ["oid", "ffffffff", "integer 4294967295"],
    ["int8", "00000001", "08P01"],
    ["int8", "000000000000000001", "22P03"],
    ["int4", "0001", "08P01"],
    ["float8", "3ff8000000000000", "real 1.5"],
    ["float8", "7ff0000000000000", "real 9.0e+999"],
    ["float8", "7ff8000000000000", "22003"],
    ["float4", "3fc00000", "real 1.5"],
    ["float4", "3fc0", "08P01"],
    ["bool", "01", "integer 1"],
    ["bool", "00", "integer 0"],
    ["bool", "", "08P01"],
    ["bool", "0000", "22P03"],
    ["bytea", "00ff", "blob X'00FF'"],
    ["text", "c3bc", "text 'ü'"],
    ["text", "c328", "22021"],
    ["text", "6100", "22021"],
    ["unknown", "35", "text '5'"],
    ["numeric", "0001000000000000", "0A000"],
    ["timestamp", "0000000000000000", "0A000"],
    ["uuid", "00", "0A000"],
  ])("binary %s %s", async (type, bytes, result) => {
    expect(await bound(OID[type], hex(bytes))).toBe(result);
  });

  test("random integers and numbers are themselves in both directions and formats", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(serialize.query("create table t (i integer, r real)"));
    client.take();
    const numbers: [bigint, number][] = [];
    const pick = seeded(runSeed());
    for (let count = 0; count < 500; count++) {
      const bytes = Buffer.from(Array.from({ length: 16 }, () => pick(256)));
      const real = bytes.readDoubleBE(8);
      if (!Number.isFinite(real)) continue;
      numbers.push([bytes.readBigInt64BE(0), real]);
      client.send(
        serialize.parse({ text: "insert into t values ($1, $2)", types: [OID.int8, OID.float8] }),
        serialize.bind({ values: [bytes.subarray(0, 8), bytes.subarray(8)] }),
        serialize.execute(),
        serialize.parse({ text: "select i, r from t where i = $1 and r = $2" }),
        serialize.bind({ values: [String(bytes.readBigInt64BE(0)), String(real)] }),
        serialize.execute(),
        serialize.sync(),
      );
    }
    const rows = client.take().filter(({ name }) => name === "dataRow");
    const back = rows.map(({ fields }) => [BigInt(fields[0]), Number(fields[1])]);
    expect(back).toEqual(numbers);
    client.connection.closed();
  });
});

/** A Bind message with all its freedom, which pg-protocol's serializer does not use. */
function rawBind(formats: number[], values: (Buffer | null)[], resultFormats: number[]): Buffer {
  const int16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
  const int32 = (value: number): number[] => [...int16(value >> 16), ...int16(value)];
  const list = (items: number[]): number[] => [...int16(items.length), ...items.flatMap(int16)];
  const given = values.flatMap((value) =>
    value === null ? int32(-1) : [...int32(value.length), ...value],
  );
  const parameters = [...list(formats), ...int16(values.length), ...given];
  const body = [0, 0, ...parameters, ...list(resultFormats)];
  return Buffer.from([0x42, ...int32(body.length + 4), ...body]);
}

describe("formats", () => {
  const five = Buffer.from("5");
  const six = hex("0000000000000006");

  test.each<[string, number[], (Buffer | null)[], number[], string]>([
    ["none: all text", [], [five, five], [], "data 5 5"],
    ["one for all", [1], [six, six], [0], "data 6 6"],
    ["one each", [0, 1], [five, six], [0, 0], "data 5 6"],
    ["NULL has none", [1, 1], [null, six], [], "data null 6"],
    ["binary results by column", [0], [five, five], [0, 1], "data 5 \0\0\0\0\0\0\0\u0005"],
    ["too many for parameters", [0, 0, 0], [five, five], [], "ERROR 08P01"],
    ["too few for parameters", [0, 0], [five], [], "ERROR 08P01"],
    ["too many for results", [], [five, five], [0, 0, 0], "ERROR 08P01"],
    ["an unknown one for a parameter", [2], [five, five], [], "ERROR 22023"],
    ["an unknown one for a result", [], [five, five], [2], "ERROR 22023"],
  ])("%s", async (_, formats, values, resultFormats, answer) => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(serialize.query("create table t (a integer, b integer)"));
    client.take();
    client.send(
      serialize.parse({ text: "insert into t values ($1, $2) returning a, b" }),
      rawBind(formats, values, resultFormats),
      serialize.execute(),
      serialize.sync(),
    );
    expect(short(client.take())).toContain(answer);
    client.connection.closed();
  });

  test.each([
    ["a length beyond the message", Buffer.from([0x7f, 0xff, 0xff, 0xff])],
    ["a negative length", Buffer.from([0xff, 0xff, 0xff, 0xfe])],
  ])("%s is a protocol error, and the session goes on", async (_, length) => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    const bytes = rawBind([], [five], []);
    length.copy(bytes, 11);
    client.send(serialize.parse({ text: "select $1" }), bytes, serialize.sync());
    expect(short(client.take())).toEqual(["parseComplete", "ERROR 08P01", "ready I"]);
    client.connection.closed();
  });
});

describe("types of parameters", () => {
  const told = async (text: string, types: number[] = []): Promise<string | undefined> => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(serialize.query("create table t (i integer, r real, b blob, ok boolean, v text)"));
    client.take();
    client.send(
      serialize.parse({ text, types }),
      serialize.describe({ type: "S" }),
      serialize.sync(),
    );
    const lines = short(client.take());
    client.connection.closed();
    return lines.find((line) => line.startsWith("parameters"));
  };

  test.each([
    ["select 1 from t where i = $1 and r > $2 and v like $3", "parameters 20 701 25"],
    ["insert into t values ($1, $2, $3, $4, $5)", "parameters 20 701 17 16 25"],
    ["update t set ok = $2 where b = $1", "parameters 17 16"],
    ["select 1 from t limit $1 offset $2", "parameters 20 20"],
    ["select $2", "parameters 25 25"],
    ["select $1, $1", "parameters 25"],
    ["select ?", "parameters 25"],
  ])("%s", async (text, parameters) => {
    expect(await told(text)).toBe(parameters);
  });

  test("what the client says goes first, and it may say more than there is", async () => {
    expect(await told("select 1 from t where i = $1", [OID.text])).toBe("parameters 25");
    expect(await told("select 1 from t where i = $1", [0, OID.int4])).toBe("parameters 20 23");
    expect(await told("select 1 from t where i = $1", [OID.unknown])).toBe("parameters 20");
  });

  test("$n binds by number, whatever the order", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    const values: SqlValue[] = ["one", "two"];
    client.send(
      serialize.parse({ text: "select $2 || '-' || $1 || '-' || $2 as c" }),
      serialize.bind({ values }),
      serialize.execute(),
      serialize.sync(),
    );
    expect(short(client.take())).toContain("data two-one-two");
    client.connection.closed();
  });

  test("an error names the parameter and shows its value", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    client.send(
      serialize.parse({ text: "select $1, $2", types: [OID.text, OID.int4] }),
      serialize.bind({ values: ["x", "it's"] }),
      serialize.sync(),
    );
    const error = client.take().find(({ name }) => name === "error");
    expect(error?.["where"]).toBe("unnamed portal parameter $2 = 'it''s'");
    client.connection.closed();
  });
});
