import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import type { ErrorCode } from "../../../src/base/errors.ts";
import { reportOf } from "../../../src/compat/pgwire/error-report.ts";
import { pgError } from "../../../src/compat/pgwire/errors.ts";
import { sqlStateOfSqlite } from "../../../src/compat/pgwire/sqlite-states.ts";
import { ShardFixture } from "../../engine/open-shard.ts";
import { connect } from "./server.ts";
import type { Message } from "./wire-client.ts";

const SETUP = `
  create table t (
    id integer primary key,
    u text unique,
    n text not null default '',
    k integer constraint positive check (k > 0),
    p integer references t (id),
    a integer, b integer,
    unique (a, b)
  );
  create index ab on t (a, b);
  create view w as select * from t;
  create table s (c integer) strict;
  create table g (a integer, b integer generated always as (a + 1));
  create trigger r before delete on t begin select raise(abort, 'not here'); end;
  insert into t (id, u, a, b) values (1, 'x', 1, 1);
`;

async function failing(...texts: readonly string[]): Promise<Message> {
  await using fixture = new ShardFixture();
  const client = connect(fixture.database);
  client.send(serialize.query(SETUP));
  client.take();
  client.send(...texts.map((text) => serialize.query(text)));
  const error = client.take().find(({ name }) => name === "error");
  client.connection.closed();
  return error ?? { name: "none" };
}

describe("SQLSTATEs of what SQLite refuses", () => {
  test.each([
    ["insert into t (id) values (1)", "23505"],
    ["insert into t (u) values ('x')", "23505"],
    ["insert into t (n) values (null)", "23502"],
    ["insert into t (k) values (0)", "23514"],
    ["insert into t (p) values (99)", "23503"],
    ["delete from t", "P0001"],
    ["insert into s values ('x')", "42804"],
    ["insert into t (id) values ('x')", "42804"],
    ["select * from missing", "42P01"],
    ["drop table missing", "42P01"],
    ["drop view missing", "42P01"],
    ["drop index missing", "42704"],
    ["drop trigger missing", "42704"],
    ["select missing from t", "42703"],
    ["insert into t (missing) values (1)", "42703"],
    ["select id from t, t as o", "42702"],
    ["select missing(1)", "42883"],
    ["select abs()", "42883"],
    ["selekt 1", "42601"],
    ["select 1 +", "42601"],
    ["select 'abc", "42601"],
    ["insert into s values (1, 2)", "42601"],
    ["insert into t (id, u) values (1)", "42601"],
    ["select 1 union select 1, 2", "42601"],
    ["select (select 1, 2)", "42601"],
    ["create table t (x)", "42P07"],
    ["create index ab on t (a)", "42P07"],
    ["create table d (x, x)", "42701"],
    ["select max(count(*)) from t", "42803"],
    ["select 1 from t where count(*) > 1", "42803"],
    ["select id from t order by 9", "42P10"],
    ["insert into t (id) values (1) on conflict (k) do nothing", "42P10"],
    ["insert into g (b) values (1)", "428C9"],
    ["update w set id = 1", "42809"],
    ["drop table w", "42809"],
    ["select abs(-9223372036854775808)", "22003"],
    ["select json('{')", "22P02"],
    ["select json_extract('{}', 'x')", "2203B"],
    ["select * from other.t", "42P01"],
    ["select id from t order by u collate missing", "42704"],
    ["create virtual table v using missing", "42704"],
    ["with recursive c as (select 1 from c) select * from c", "42P19"],
    ["alter table t drop column id", "2BP01"],
    ["attach 'x' as y", "0A000"],
    ["create temp table x (a)", "0A000"],
    ["select ?", "42P02"],
    ["select * from _cf_dosql_meta", "42501"],
  ])("%s: %s", async (text, sqlState) => {
    const { code, message } = await failing(text);
    expect({ code, message }).toEqual({ code: sqlState, message });
  });

  test.each([
    ["SQLITE_BUSY", "55P03"],
    ["SQLITE_BUSY_SNAPSHOT", "40001"],
    ["SQLITE_BUSY_TIMEOUT", "55P03"],
    ["SQLITE_INTERRUPT", "57014"],
    ["SQLITE_READONLY_DBMOVED", "25006"],
    ["SQLITE_FULL", "53100"],
    ["SQLITE_TOOBIG", "54000"],
    ["SQLITE_CORRUPT_INDEX", "XX001"],
    ["SQLITE_NOTADB", "XX001"],
    ["SQLITE_IOERR_FSYNC", "58030"],
    ["SQLITE_CONSTRAINT_ROWID", "23505"],
    ["SQLITE_CONSTRAINT_VTAB", "23000"],
    ["SQLITE_ERROR", "42000"],
    ["UNKNOWN_SQLITE_ERROR_99", "XX000"],
  ])("%s: %s", (code, sqlState) => {
    expect(sqlStateOfSqlite(code, "as it is")).toBe(sqlState);
  });
});

describe("fields", () => {
  test("what a constraint names", async () => {
    expect(await failing("insert into t (u) values ('x')")).toMatchObject({
      message: "UNIQUE constraint failed: t.u",
      table: "t",
      column: "u",
    });
    const pair = await failing("insert into t (a, b) values (1, 1)");
    expect([pair["table"], pair["column"]]).toEqual(["t", undefined]);
    expect(await failing("insert into t (n) values (null)")).toMatchObject({ column: "n" });
    expect(await failing("insert into t (k) values (0)")).toMatchObject({ constraint: "positive" });
  });

  test.each([
    ["selekt 1", "1"],
    ["select nope from t", "8"],
    ["  select nope from t", "10"],
    ["/* 💥 */ select nope from t", "16"],
    ["select '💥💥', nope from t", "14"],
    ["select 1; select '💥', nope from t", "23"],
    ["select 1;\n\n-- ü\n select nope", "25"],
    ["select 1 +", "11"],
    ["commit prepared", "16"],
    ["commit prepared 'x'", undefined],
    ["begin nonsense", "7"],
    ["set x", "6"],
    ["set x = ", "9"],
    ["show", "5"],
    ["select 1; select '💥', $1", "23"],
  ])("the position in %j is %s", async (text, position) => {
    expect((await failing(text))["position"]).toBe(position);
  });

  test("the position in a prepared statement, at every message", async () => {
    await using fixture = new ShardFixture();
    const client = connect(fixture.database);
    const text = "/* 💥 */ select $1, nope";
    // The second time the text is a known one.
    for (const round of [1, 2]) {
      client.send(serialize.parse({ text }), serialize.sync());
      const error = client.take().find(({ name }) => name === "error");
      expect([round, error?.["position"]]).toEqual([round, "20"]);
    }
    client.send(serialize.parse({ text: " \n set x" }), serialize.sync());
    expect(client.take().find(({ name }) => name === "error")?.["position"]).toBe("9");
    client.connection.closed();
  });

  test.each([
    ['near "(": syntax error', "SELECT pg_catalog.now()", "sqlite_schema"],
    ["no such table: pg_catalog.pg_class", "SELECT * FROM pg_catalog.pg_class", "sqlite_schema"],
    ["incomplete input", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b", "\\;"],
  ])("what the dialect lacks comes with a hint: %s", (message, text, part) => {
    const error = new DosqlError("sqlite", message, { sqlite: "SQLITE_ERROR" });
    expect(reportOf(error, { text, offset: 0 }).hint).toContain(part);
    expect(reportOf(error, { text: "SELECT 1", offset: 0 }).hint).toBeUndefined();
  });

  test("a hint is passed on", () => {
    const error = new DosqlError("unsupported", "ATTACH is not supported", { hint: "open both" });
    expect(reportOf(error)).toEqual({
      severity: "ERROR",
      sqlState: "0A000",
      message: "ATTACH is not supported",
      hint: "open both",
    });
  });

  test("what nobody expected is an internal error", () => {
    expect(reportOf(new TypeError("x is not a function"))).toMatchObject({ sqlState: "XX000" });
    expect(reportOf("thrown text")).toMatchObject({ sqlState: "XX000", message: "thrown text" });
  });

  test("our own errors are what they are", () => {
    expect(reportOf(pgError("3B001", "gone", { detail: "d" }))).toEqual({
      severity: "ERROR",
      sqlState: "3B001",
      message: "gone",
      detail: "d",
    });
  });

  test("every code has a state of five characters", () => {
    const codes: Record<ErrorCode, string> = {
      sqlite: "42000",
      busy: "55P03",
      "lock-timeout": "55P03",
      canceled: "57014",
      "statement-timeout": "57014",
      "idle-in-transaction": "25P03",
      "transaction-state": "25000",
      "read-only": "25006",
      unsupported: "0A000",
      syntax: "42601",
      "hidden-object": "42501",
      owned: "55006",
      "bad-file": "58P01",
      "format-too-new": "55000",
      runtime: "0A000",
      address: "08000",
      misuse: "XX000",
      "invalid-argument": "22023",
      limit: "54000",
      protocol: "08P01",
      authentication: "28P01",
      permission: "42501",
      connection: "08006",
      "not-found": "42704",
      "no-such-database": "3D000",
      "database-exists": "42P04",
      "history-gone": "55000",
      io: "58030",
      bug: "XX000",
    };
    for (const [code, sqlState] of Object.entries(codes)) {
      expect(reportOf(new DosqlError(code as ErrorCode, "m")).sqlState).toBe(sqlState);
    }
  });
});
