import { describe, expect, it } from "vitest";
import { classify, classifyStatement } from "../../src/sql/read/classify.ts";
import { parsePostgres } from "../../src/sql/parse/postgres.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";
import {
  DEFINITIONS,
  type Expected,
  OTHERS,
  POSTGRES_TRANSACTIONS,
  PRAGMAS,
  READS,
  TRANSACTIONS,
  UNKNOWN,
  WRITES,
} from "./statements.ts";

const ALL: Readonly<Record<string, readonly Expected[]>> = {
  READS,
  WRITES,
  DEFINITIONS,
  TRANSACTIONS,
  POSTGRES_TRANSACTIONS,
  PRAGMAS,
  OTHERS,
  UNKNOWN,
};

describe.each(Object.entries(ALL))("%s", (_name, statements) => {
  for (const [sql, command, kind, readonly, more = {}] of statements) {
    it(JSON.stringify(sql), () => {
      const { mentions = {}, ...rest } = more;
      const plain = { explain: false, returning: false, temp: false };
      const none = { rowidState: false, schemaTable: false, volatile: false };
      expect(classify(sql)).toEqual({
        ...plain,
        command,
        kind,
        readonly,
        ...rest,
        mentions: { ...none, ...mentions },
        tables: expect.any(Array),
      });
    });
  }
});

it("says something of any text", () => {
  const random = freshRandom("classify soup");
  for (let round = 0; round < 3000; round++) {
    const sql = sqlSoup(random, random.below(20));
    const { command, kind } = classify(sql);
    expect(command === "", `seed ${random.seed}: ${JSON.stringify(sql)}`).toBe(kind === "empty");
  }
});

it("reads a long statement once", () => {
  const rows = "(1, 'x', changes),".repeat(100_000);
  expect(classify(`INSERT INTO t VALUES ${rows} (last_insert_rowid())`)).toMatchObject({
    command: "INSERT",
    mentions: { rowidState: true },
  });
});

describe("tables", () => {
  it.each([
    ["SELECT * FROM t, main.u AS x JOIN (SELECT * FROM v)", ["read .t", "read main.u", "read .v"]],
    ["WITH c AS (SELECT * FROM t) SELECT * FROM c, t", ["read .t"]],
    ["INSERT INTO t SELECT * FROM t WHERE a IN u", ["write .t", "read .t", "read .u"]],
    ["UPDATE t SET a = (SELECT max(b) FROM u)", ["write .t", "read .u"]],
    ["DELETE FROM temp.t", ["write temp.t"]],
    ["REPLACE INTO t VALUES (1)", ["write .t"]],
    ["EXPLAIN SELECT * FROM t", ["read .t"]],
    ["CREATE TABLE s.t AS SELECT * FROM u", ["write s.t", "read .u"]],
    ["CREATE INDEX i ON t(a)", ["write .t"]],
    ["CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; END", ["write .t", "write .u"]],
    ["ALTER TABLE t RENAME TO u", ["write .t"]],
    ["DROP VIEW v", ["write .v"]],
    ["SELECT 1", []],
    ["SELEC 1", []],
  ])("%s", (sql, uses) => {
    const found = classify(sql).tables.map(({ schema, name, role }) => {
      return `${role} ${schema ?? ""}.${name}`;
    });
    expect(found.sort()).toEqual(uses.sort());
  });
});

describe("statements of Postgres", () => {
  it.each([
    ["SELECT * FROM t", "SELECT read true", ["read .t"]],
    [
      "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x, u",
      "SELECT write false",
      ["write .t", "read .u"],
    ],
    ["SELECT * INTO n FROM t", "SELECT write false", ["write .n", "read .t"]],
    [
      "MERGE INTO t USING u ON a = b WHEN MATCHED THEN DELETE",
      "MERGE write false",
      ["write .t", "read .u"],
    ],
    ["TRUNCATE a, b", "TRUNCATE TABLE write false", ["write .a", "write .b"]],
    ["COPY t FROM STDIN", "COPY write false", ["write .t"]],
    ["COPY (SELECT * FROM t) TO STDOUT", "COPY read true", ["read .t"]],
    [
      "CREATE MATERIALIZED VIEW v AS SELECT * FROM t",
      "CREATE VIEW ddl false",
      ["write .v", "read .t"],
    ],
    ["SET x = 1", "SET session true", []],
    ["BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN transaction true", []],
    ["DROP SEQUENCE s", "DROP SEQUENCE ddl false", []],
    ["VACUUM t", "VACUUM maintenance false", ["read .t"]],
    ["EXPLAIN DELETE FROM t", "EXPLAIN read true", ["write .t"]],
  ])("%s", (sql, expected, uses) => {
    const { statement } = parsePostgres(sql);
    if (statement === null) throw new Error("no statement");
    const { command, kind, readonly, tables } = classifyStatement(statement);
    expect(`${command} ${kind} ${readonly}`).toBe(expected);
    const found = tables.map(({ schema, name, role }) => `${role} ${schema ?? ""}.${name}`);
    expect(found.sort()).toEqual(uses.sort());
  });
});
