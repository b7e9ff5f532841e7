/**
 * `npm run bench:archive [-- --json]`: sealing, archiving, trimming and restoring, in records a
 * second of wall time, and how long others on the thread waited meanwhile. The file is written
 * with synchronous=NORMAL, the archive's files are synced to disk.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { toLsn } from "../src/base/lsn.ts";
import { Maintenance } from "../src/engine/archive/maintenance.ts";
import { restoreShard } from "../src/engine/archive/restore.ts";
import { ShardArchive } from "../src/engine/archive/shard-archive.ts";
import { CAPTURE_ON } from "../src/engine/capture/capture-setting.ts";
import { Sealer } from "../src/engine/log/seal.ts";
import { SyncSession } from "../src/engine/session/sync-session.ts";
import { openScratch } from "../src/entry/node/node-archive.ts";
import { openNodeShard } from "../src/entry/node/node-shard.ts";
import { FolderStore } from "../src/platform/node/files/folder-store.ts";
import { machine, today } from "./report.ts";

const ROWS = 200_000;
/** Rows inserted by one transaction. */
const PER_TRANSACTION = 10;
const SHARD = { database: "main", shard: 0 };

interface Line {
  readonly name: string;
  readonly records: number;
  readonly ms: number;
  readonly perSecond: number;
}

const folder = mkdtempSync(path.join(tmpdir(), "dosql-bench-"));
try {
  const { lines, delays, bytesPerRecord } = await measure();
  if (process.argv.includes("--json")) {
    console.log(JSON.stringify({ rows: ROWS, lines, delays, bytesPerRecord }, null, 2));
  } else print(lines, delays, bytesPerRecord);
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<{ lines: Line[]; delays: number[]; bytesPerRecord: number }> {
  const shard = openNodeShard(path.join(folder, "shard.sqlite"), {
    synchronous: "NORMAL",
    capture: CAPTURE_ON,
  });
  const store = new FolderStore(path.join(folder, "archive"));
  const maintenance = new Maintenance(shard, { shard: SHARD, store, retention: { horizonMs: 0 } });
  await maintenance.run();
  const session = new SyncSession(shard);
  fill(session);
  session.execute("UPDATE t SET n = n + 1", []);
  const lines: Line[] = [];
  const note = (name: string, records: number, ms: number): void => {
    lines.push({
      name,
      records,
      ms: Math.round(ms),
      perSecond: Math.round((records / ms) * 1_000),
    });
  };
  const sealMs = timed(() => {
    const sealer = new Sealer(shard.reader.driver, shard.writer.driver);
    for (let more = true; more;) {
      more = sealer.collect();
      shard.writer.driver.atomically(() => sealer.store());
    }
  });
  note("seal", 2 * ROWS, sealMs);
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  const startedMs = performance.now();
  const report = await maintenance.run();
  note("archive, snapshot and trim", 2 * ROWS, performance.now() - startedMs);
  histogram.disable();
  const delays = [histogram.percentile(50), histogram.percentile(99), histogram.max];
  // The snapshot of the beginning is empty: everything is replayed.
  const middle = toLsn(Math.floor((report.archivedLsn ?? 0) - ROWS - 2));
  const archive = new ShardArchive(store, SHARD);
  for (const [name, moment] of [
    ["restore: replay", { kind: "lsn", lsn: middle }],
    ["restore: rows of a snapshot", "newest"],
  ] as const) {
    const driver = openScratch(path.join(folder, `${name.length}.sqlite`));
    const fromMs = performance.now();
    const { rows, entries } = await restoreShard(driver, { archive, live: null, moment });
    note(name, rows + entries, performance.now() - fromMs);
    driver.close();
  }
  await maintenance.close();
  shard.close();
  const bytesPerRecord = Math.round(report.archivedBytes / (2 * ROWS));
  return { lines, delays: delays.map((ns) => Math.round(ns / 1e5) / 10), bytesPerRecord };
}

function fill(session: SyncSession): void {
  session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, email TEXT, n, r REAL)", []);
  const insert = "INSERT INTO t (name, email, n, r) VALUES (?, ?, ?, ?)";
  for (let i = 0; i < ROWS; i += PER_TRANSACTION) {
    session.execute("BEGIN", []);
    for (let j = i; j < i + PER_TRANSACTION; j++) {
      session.execute(insert, [`name ${j}`, `user${j}@example.com`, BigInt(j), j / 3]);
    }
    session.execute("COMMIT", []);
  }
}

function timed(body: () => void): number {
  const startedMs = performance.now();
  body();
  return performance.now() - startedMs;
}

function print(lines: readonly Line[], delays: readonly number[], bytesPerRecord: number): void {
  console.log(`\narchive, ${today()}\n${machine()}`);
  console.log(`${ROWS} rows of 5 columns, inserted by ${PER_TRANSACTION} and updated at once\n`);
  for (const { name, records, ms, perSecond } of lines) {
    const rate = perSecond.toLocaleString("en-US").padStart(10);
    console.log(`${name.padEnd(28)}${rate} records/s  (${records} in ${ms} ms)`);
  }
  const [p50 = 0, p99 = 0, max = 0] = delays;
  console.log(`\nothers on the thread wait ${p50} ms (p99 ${p99}, longest ${max}) meanwhile`);
  console.log(`a record takes ${bytesPerRecord} bytes in the archive`);
}
