import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { SeededRandom, seedFor } from "../../sql/seeded-random.ts";
import { describeState, readState } from "./database-state.ts";
import type { RunStep } from "./property-run.ts";
import { RunDatabase, RunGenerator, wentAstray } from "./property-run.ts";
import { Replica } from "./replica.ts";

const STEPS = 1_000;
const TIMEOUT_MS = 120_000;
const FIRST_SEED = seedFor("capture in objects");
/** With the last one a table once doubled until the heap was full. */
const SEEDS = [...Array.from({ length: 10 }, (_, at) => FIRST_SEED + at), 4_504_344];

/** What a step came to. */
interface Moment {
  readonly step: RunStep;
  readonly seen: readonly string[];
  readonly news: readonly LogTransaction[];
  /** What stood in the database after it; null where nothing was logged: nobody asks then. */
  readonly state: readonly string[] | null;
  /** Some foreign key does not hold, which no replica in an object can follow. */
  readonly astray: boolean;
}

/** Runs `body` over the storage of a fresh object. */
async function withDriver<T>(name: string, body: (driver: SqlDriver) => T): Promise<T> {
  const stub = env.BARE.get(env.BARE.idFromName(name));
  return await runInDurableObject(stub, (_object, state) =>
    body(new WorkersSqlDriver(state.storage)),
  );
}

function record(driver: SqlDriver, seed: number): Moment[] {
  const options = { transactions: false, ordered: true };
  const generator = new RunGenerator(new SeededRandom(seed), options);
  const database = new RunDatabase(driver, true);
  let last: readonly string[] = [];
  return Array.from({ length: STEPS }, () => {
    const step = generator.next(driver);
    const seen = database.run(step);
    const news = database.news();
    // Most lines stand in the next state too: one text serves all of them.
    const known = new Map(last.map((line) => [line, line]));
    const lines = news.length === 0 ? null : describeState(readState(driver));
    const state = lines?.map((line) => known.get(line) ?? line) ?? null;
    last = state ?? last;
    return { step, seen, news, state, astray: wentAstray(driver, seen) };
  });
}

/** Both as they are, but of long ones only where they part: a comparison of them takes memory. */
function expectState(
  found: readonly string[],
  state: readonly string[] | null,
  what: string,
): void {
  if (found.length === state?.length && found.every((line, at) => line === state[at])) return;
  const at = found.findIndex((line, place) => line !== state?.[place]);
  const from = at < 0 ? found.length : at;
  expect(found.slice(from, from + 20), what).toEqual(state?.slice(from, from + 20));
}

function checkLog(driver: SqlDriver, moments: readonly Moment[]): void {
  const replica = new Replica(driver, { schema: [], tables: {} });
  for (const [at, { step, news, state, astray }] of moments.entries()) {
    if (astray) return;
    for (const transaction of news) replica.apply(transaction);
    if (news.length === 0) continue;
    expectState(describeState(replica.state), state, `step ${at}: ${String(step)}`);
  }
}

function checkPlain(driver: SqlDriver, moments: readonly Moment[]): void {
  const plain = new RunDatabase(driver, false);
  for (const [at, { step, seen, news, state }] of moments.entries()) {
    const own = plain.run(step);
    if (wentAstray(driver, own)) return;
    expect(own, `step ${at}: ${String(step)}`).toEqual(seen);
    if (news.length === 0) continue;
    expectState(describeState(readState(driver)), state, `step ${at}: ${String(step)}`);
  }
}

test.each(SEEDS)(
  "whatever happens to an object, its log leads there, and nobody sees it (seed %i)",
  async (seed) => {
    const moments = await withDriver(`property-${seed}`, (driver) => record(driver, seed));
    await withDriver(`property-${seed}-replica`, (driver) => checkLog(driver, moments));
    await withDriver(`property-${seed}-plain`, (driver) => checkPlain(driver, moments));
    expect(moments.filter(({ news }) => news.length > 0).length).toBeGreaterThan(STEPS / 10);
  },
  TIMEOUT_MS,
);
