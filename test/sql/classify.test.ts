import { describe, expect, it } from "vitest";
import { classify } from "../../src/sql/classify.ts";
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
