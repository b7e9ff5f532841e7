import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { SeededRandom, seedFor } from "../../sql/seeded-random.ts";

/**
 * What is killed: how often, within how many milliseconds, and how many transactions must have been
 * acknowledged in that time. A commit takes much longer with a rollback journal.
 */
const LOADS = {
  "sessions, WAL": { script: "write-load.ts", journal: "wal", cycles: 50, mostMs: 60, least: 10 },
  "sessions, a rollback journal": {
    script: "write-load.ts",
    journal: "kept",
    cycles: 20,
    mostMs: 400,
    least: 2,
  },
  "a face, a rollback journal": {
    script: "face-load.ts",
    journal: "kept",
    cycles: 20,
    mostMs: 400,
    least: 2,
  },
} as const;
type Load = (typeof LOADS)[keyof typeof LOADS];
const SEED = seedFor("kill -9") % 1_000_000;

/** Runs the load, kills it a moment after it began, and answers what it had acknowledged. */
async function killedLoad(
  file: string,
  seed: number,
  { script, journal }: Load,
  afterMs: number,
): Promise<string[]> {
  const load = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [load, file, String(seed), journal], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (output === "") setTimeout(() => child.kill("SIGKILL"), afterMs);
    output += text;
  });
  const signal = await new Promise((resolve) => child.once("close", (_code, by) => resolve(by)));
  expect(signal, errors).toBe("SIGKILL");
  // The last line may have been cut, and then it was not said.
  return output.split("\n").slice(1, -1);
}

/** The rows of both tables as the log tells them. */
function replay(transactions: readonly LogTransaction[]): Map<string, unknown> {
  const rows = new Map<string, unknown>();
  const nameOf = (table: string, key: readonly unknown[]): string => [table, ...key].join("/");
  for (const { records } of transactions) {
    for (const { op, table, key, columns, before, after } of records) {
      if (before !== undefined) {
        expect(rows.get(nameOf(table, key))).toEqual(before);
        rows.delete(nameOf(table, key));
      }
      if (after === undefined) continue;
      const width = table === "ack" ? 2 : 1;
      expect(columns.length).toBeGreaterThanOrEqual(width);
      expect(op).not.toBe("delete");
      rows.set(nameOf(table, after.slice(0, width)), after);
    }
  }
  return rows;
}

function check(file: string, journal: Load["journal"], acknowledged: ReadonlySet<string>): void {
  const driver = new NodeSqlDriver(file, { wal: journal === "wal" });
  const [mode] = driver.prepare("PRAGMA journal_mode").all([], "number");
  expect(mode).toEqual([journal === "wal" ? "wal" : "delete"]);
  // Opening recovers: whatever stands in the file has its commit entry.
  const shard = new Shard({ writer: driver, clock: systemClock, capture: CAPTURE_ON });
  const reader = new LogReader(driver);
  const transactions = reader.transactions(LSN_ZERO, Infinity);
  let next = 1;
  for (const { firstLsn, lastLsn, origin } of transactions) {
    expect([firstLsn, origin]).toEqual([next, "local"]);
    next = lastLsn + 1;
  }
  expect(reader.head()).toBe(next - 1);
  const rows = new Map<string, unknown>();
  for (const row of driver.prepare("SELECT * FROM item").all([], "bigint")) {
    rows.set(`item/${String(row[0])}`, row);
  }
  const stored = driver.prepare("SELECT * FROM ack").all([], "bigint");
  for (const row of stored) rows.set(`ack/${row.join("/")}`, row);
  expect(replay(transactions)).toEqual(rows);
  const numbers = new Set(stored.map((row) => row.join(" ")));
  expect([...acknowledged].filter((line) => !numbers.has(line))).toEqual([]);
  shard.close();
}

test.each(Object.entries(LOADS))(
  `kill -9 in the middle of writes: %s (SEED=${SEED})`,
  async (_name, load) => {
    const { cycles, journal, mostMs, least } = load;
    const folder = mkdtempSync(join(tmpdir(), "dosql-crash-"));
    const file = join(folder, "shard.sqlite");
    const random = new SeededRandom(SEED);
    const acknowledged = new Set<string>();
    try {
      for (let cycle = 0; cycle < cycles; cycle++) {
        const said = await killedLoad(file, SEED + cycle, load, 5 + random.below(mostMs));
        for (const line of said) acknowledged.add(line);
        check(file, journal, acknowledged);
      }
      // A load that never wrote would prove nothing.
      expect(acknowledged.size).toBeGreaterThan(cycles * least);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  240_000,
);
