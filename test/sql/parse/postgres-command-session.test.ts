import { describe, expect, it } from "vitest";
import {
  builtinType,
  errorOf,
  integer,
  name,
  objectName,
  string,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";

function transaction(action: string, rest: Tree = {}): Tree {
  const all = { name: null, id: null, lock: "", modes: [], chain: "", ...rest };
  return { kind: "transaction", action, ...all };
}

function modes(...all: string[]): Tree[] {
  return all.map((mode) => ({ kind: "transaction-mode", mode }));
}

describe("transactions", () => {
  it.each([
    ["BEGIN", transaction("BEGIN")],
    ["START TRANSACTION", transaction("BEGIN")],
    [
      "BEGIN WORK ISOLATION LEVEL REPEATABLE READ, READ ONLY NOT DEFERRABLE",
      transaction("BEGIN", {
        modes: modes("ISOLATION LEVEL REPEATABLE READ", "READ ONLY", "NOT DEFERRABLE"),
      }),
    ],
    [
      "START TRANSACTION ISOLATION LEVEL READ UNCOMMITTED READ WRITE, DEFERRABLE",
      transaction("BEGIN", {
        modes: modes("ISOLATION LEVEL READ UNCOMMITTED", "READ WRITE", "DEFERRABLE"),
      }),
    ],
    ["END TRANSACTION", transaction("COMMIT")],
    ["COMMIT AND CHAIN", transaction("COMMIT", { chain: "CHAIN" })],
    ["ABORT WORK AND NO CHAIN", transaction("ROLLBACK", { chain: "NO CHAIN" })],
    ["SAVEPOINT a", transaction("SAVEPOINT", { name: name("a") })],
    ["RELEASE SAVEPOINT A", transaction("RELEASE", { name: name("a") })],
    ["RELEASE savepoint", transaction("RELEASE", { name: name("savepoint") })],
    ['ROLLBACK WORK TO SAVEPOINT "A"', transaction("ROLLBACK TO", { name: name("A", '"') })],
    ["ROLLBACK TO b", transaction("ROLLBACK TO", { name: name("b") })],
    ["PREPARE TRANSACTION 'x'", transaction("PREPARE", { id: string("x") })],
    ["COMMIT PREPARED 'x'", transaction("COMMIT PREPARED", { id: string("x") })],
    ["ROLLBACK PREPARED 'x'", transaction("ROLLBACK PREPARED", { id: string("x") })],
  ])("%s", (sql, tree) => {
    expect(treeOf(sql)).toEqual(tree);
  });
});

function setting(action: string, text: string | null, rest: Tree = {}): Tree {
  const setName = text === null ? null : name(text);
  return { kind: "setting", action, local: false, name: setName, values: [], ...rest };
}

describe("settings", () => {
  it.each([
    ["SET a = 1", setting("SET", "a", { values: [integer("1")] })],
    ["SET a TO -1.5", setting("SET", "a", { values: [{ kind: "float", text: "-1.5" }] })],
    ["SET LOCAL A.b.C.d TO 'x'", setting("SET", "a.b.c.d", { local: true, values: [string("x")] })],
    [
      `SET SESSION search_path TO a, "B", 'c', on`,
      setting("SET", "search_path", { values: ["a", "B", "c", "on"].map(string) }),
    ],
    ["SET a TO DEFAULT", setting("SET DEFAULT", "a")],
    ["SET a FROM CURRENT", setting("SET FROM CURRENT", "a")],
    ["SET local = 1", setting("SET", "local", { values: [integer("1")] })],
    ["SET session TO x", setting("SET", "session", { values: [string("x")] })],
    ["SET TIME ZONE 'UTC'", setting("SET", "timezone", { values: [string("UTC")] })],
    ["SET TIME ZONE LOCAL", setting("SET DEFAULT", "timezone")],
    ["SET TIME ZONE -5", setting("SET", "timezone", { values: [integer("-5")] })],
    [
      'SET TIME ZONE "Europe/Rome"',
      setting("SET", "timezone", { values: [string("Europe/Rome")] }),
    ],
    ["SET NAMES 'UTF8'", setting("SET", "client_encoding", { values: [string("UTF8")] })],
    ["SET NAMES", setting("SET DEFAULT", "client_encoding")],
    ["SET ROLE none", setting("SET", "role", { values: [string("none")] })],
    [
      "SET LOCAL SESSION AUTHORIZATION 'bob'",
      setting("SET", "session_authorization", { local: true, values: [string("bob")] }),
    ],
    ["SET SESSION SESSION AUTHORIZATION DEFAULT", setting("SET DEFAULT", "session_authorization")],
    ["SET SCHEMA 's'", setting("SET", "search_path", { values: [string("s")] })],
    ["SET XML OPTION CONTENT", setting("SET", "xmloption", { values: [string("CONTENT")] })],
    ["SHOW a.b", setting("SHOW", "a.b")],
    ["SHOW ALL", setting("SHOW", null)],
    ["SHOW TIME ZONE", setting("SHOW", "timezone")],
    ["SHOW TRANSACTION ISOLATION LEVEL", setting("SHOW", "transaction_isolation")],
    ["RESET SESSION AUTHORIZATION", setting("RESET", "session_authorization")],
    ["RESET transaction", setting("RESET", "transaction")],
    ["RESET ALL", setting("RESET", null)],
  ])("%s", (sql, tree) => {
    expect(treeOf(sql)).toEqual(tree);
  });

  it("keeps the interval of a time zone", () => {
    const type = { ...builtinType("interval"), fields: "HOUR TO MINUTE" };
    const cast = { kind: "cast", form: "literal", operand: string("-08:00"), type };
    expect(treeOf("SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE")).toEqual(
      setting("SET", "timezone", { values: [cast] }),
    );
  });

  it.each([
    ["SET TRANSACTION READ ONLY", { modes: modes("READ ONLY") }],
    ["SET LOCAL TRANSACTION DEFERRABLE", { local: true, modes: modes("DEFERRABLE") }],
    [
      "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE",
      { session: true, modes: modes("ISOLATION LEVEL SERIALIZABLE") },
    ],
    ["SET TRANSACTION SNAPSHOT 'id'", { snapshot: string("id") }],
  ])("%s", (sql, rest) => {
    const all = { local: false, session: false, modes: [], snapshot: null, ...rest };
    expect(treeOf(sql)).toEqual({ kind: "set-transaction", ...all });
  });

  it.each([
    ["SET CONSTRAINTS ALL IMMEDIATE", [], false],
    ["SET CONSTRAINTS a, s.b DEFERRED", [objectName("a"), objectName("s.b")], true],
  ])("%s", (sql, all, deferred) => {
    expect(treeOf(sql)).toEqual({ kind: "set-constraints", names: all, deferred });
  });

  it.each([
    ["DISCARD ALL", "ALL"],
    ["DISCARD TEMPORARY", "TEMP"],
    ["DISCARD PLANS", "PLANS"],
    ["DISCARD SEQUENCES", "SEQUENCES"],
  ])("%s", (sql, what) => {
    expect(treeOf(sql)).toEqual({ kind: "discard", what });
  });

  it.each([
    ["SET a = null", 'syntax error at or near "null" @8'],
    ["SET SESSION SESSION a = 1", 'syntax error at or near "a" @20'],
    ["SET LOCAL CONSTRAINTS ALL DEFERRED", 'syntax error at or near "ALL" @22'],
    ["SET CATALOG 'x'", "current database cannot be changed @12"],
    ["SET ROLE true", 'syntax error at or near "true" @9'],
    ["SET TIME x", 'syntax error at or near "x" @9'],
    ["SET TIME ZONE interval 1", 'syntax error at or near "1" @23'],
    ["BEGIN READ ONLY,", "syntax error at end of input @16"],
    ["SHOW ALL x", 'syntax error at or near "x" @9'],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});

describe("channels", () => {
  it.each([
    ["LISTEN a", "LISTEN", name("a"), null],
    ['UNLISTEN "A"', "UNLISTEN", name("A", '"'), null],
    ["UNLISTEN *", "UNLISTEN", null, null],
    ["NOTIFY a", "NOTIFY", name("a"), null],
    ["NOTIFY a, 'x'", "NOTIFY", name("a"), string("x")],
  ])("%s", (sql, action, channel, payload) => {
    expect(treeOf(sql)).toEqual({ kind: "notify", action, channel, payload });
  });
});
