import { describe, expect, test } from "vitest";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { SeededRandom, seedFor } from "../../sql/seeded-random.ts";
import { describeState, readState } from "./database-state.ts";
import { RunDatabase, RunGenerator, wentAstray } from "./property-run.ts";
import type { RunOptions } from "./property-run.ts";
import { Replica } from "./replica.ts";

const STEPS = 1_000;
const FIRST_SEED = seedFor("capture");
const SEEDS = Array.from({ length: 10 }, (_, at) => FIRST_SEED + at);
const TIMEOUT_MS = 120_000;

/** Makes random steps, and calls `look` after each. `plain` is opened again where it is. */
function run(seed: number, options: RunOptions, plain: RunDatabase | null, look: Look): void {
  const random = new SeededRandom(seed);
  const generator = new RunGenerator(random, options);
  const driver = new NodeSqlDriver(":memory:");
  const database = new RunDatabase(driver, true);
  for (let at = 0; at < STEPS; at++) {
    if (random.below(200) === 0 && !driver.inTransaction) {
      database.reopen();
      plain?.reopen();
    }
    const step = generator.next(driver);
    const seen = database.run(step);
    try {
      if (look({ step, seen, driver, news: database.news() }) === "stop") break;
    } catch (error) {
      throw new Error(`seed ${seed}, step ${at}: ${String(step)}\n${String(error)}`, {
        cause: error,
      });
    }
  }
  driver.close();
}

type Look = (made: {
  readonly step: string | readonly string[];
  readonly seen: readonly string[];
  readonly driver: NodeSqlDriver;
  readonly news: readonly LogTransaction[];
}) => "go on" | "stop";

describe("whatever happens to a database", () => {
  test.each(SEEDS)(
    "its log leads there, commit by commit (seed %i)",
    (seed) => {
      const other = new NodeSqlDriver(":memory:");
      const replica = new Replica(other, { schema: [], tables: {} });
      const made = { transactions: 0, ddl: 0, deleted: 0, updated: 0 };
      run(seed, { transactions: true, ordered: false }, null, ({ driver, news }) => {
        for (const transaction of news) {
          replica.apply(transaction);
          made.transactions++;
          for (const { op } of transaction.records) {
            if (op === "ddl") made.ddl++;
            if (op === "delete") made.deleted++;
            if (op === "update") made.updated++;
          }
        }
        if (news.length === 0 || driver.inTransaction) return "go on";
        expect(describeState(replica.state)).toEqual(describeState(readState(driver)));
        return "go on";
      });
      other.close();
      // A run that does nothing proves nothing.
      expect(made.transactions).toBeGreaterThan(STEPS / 50);
      expect(Math.min(made.ddl, made.deleted, made.updated)).toBeGreaterThan(5);
    },
    TIMEOUT_MS,
  );

  test.each(SEEDS.slice(0, 4))(
    "its user sees the same as without capture (seed %i)",
    (seed) => {
      const other = new NodeSqlDriver(":memory:");
      const plain = new RunDatabase(other, false);
      run(seed, { transactions: true, ordered: true }, plain, ({ step, seen, driver, news }) => {
        const own = plain.run(step);
        if (wentAstray(other, own)) return "stop";
        expect(seen).toEqual(own);
        if (news.length === 0 || driver.inTransaction) return "go on";
        expect(describeState(readState(driver))).toEqual(describeState(readState(other)));
        return "go on";
      });
      other.close();
    },
    TIMEOUT_MS,
  );
});
