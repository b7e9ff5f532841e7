/**
 * `npm run bench:better-sqlite3-remote [-- --json] [--quick]`: our face at a server on the same
 * machine, over a unix socket and over TCP, and over a process of its own, against the same face
 * on a file of this process. The two take turns. What is measured is time on the clock: the work
 * is shared by two or three threads.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { AnyDatabase } from "../compat-tests/better-sqlite3/contract.ts";
import Database from "../src/entry/better-sqlite3.ts";
import { type EchoFloor, openEchoFloor } from "./remote/echo-floor.ts";
import { machine, median, printReport, today, type Measurement } from "./report.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});

const DOSQL = path.join(import.meta.dirname, "../bin/dosql.js");
const ROWS = 10_000;
const ROUNDS = options.quick ? 3 : 9;
const TURN_MS = options.quick ? 100 : 400;
/** Rows of one measured transaction. */
const BATCH = 500;

interface Workload {
  readonly name: string;
  readonly target: number | null;
  readonly operations: number;
  make(db: AnyDatabase): () => void;
}

const WORKLOADS: readonly Workload[] = [
  {
    name: "point get by primary key",
    target: 18_000,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT id, name, price, stock FROM item WHERE id = ?");
      let id = 1;
      return () => statement.get((id = ((id * 7_919) % ROWS) + 1));
    },
  },
  {
    name: "100 rows",
    target: null,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item WHERE id BETWEEN ? AND ? + 99");
      return () => statement.all(500, 500);
    },
  },
  {
    name: "10,000 rows, iterate",
    target: null,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item");
      return () => {
        for (const _ of statement.iterate());
      };
    },
  },
  {
    name: "100,000 rows, iterate",
    target: null,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT a.* FROM item a, (SELECT 1 FROM item LIMIT 10)");
      return () => {
        for (const _ of statement.iterate());
      };
    },
  },
  {
    name: "10,000 rows, iterate, with work on each",
    target: null,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item");
      return () => {
        let size = 0;
        for (const row of statement.iterate()) size += JSON.stringify(row).length;
        if (size === 0) throw new Error("no rows");
      };
    },
  },
  {
    name: "insert in a transaction",
    target: null,
    operations: BATCH,
    make(db) {
      const insert = db.prepare("INSERT INTO inserted VALUES (?, ?)");
      return db.transaction(() => {
        for (let i = 0; i < BATCH; i++) insert.run("a name", i);
      });
    },
  },
];

/** Operations per second of one turn. */
function turn(call: () => void, operations: number): number {
  const started = performance.now();
  let calls = 0;
  while (performance.now() - started < TURN_MS) {
    call();
    calls += 1;
  }
  return (calls * operations * 1_000) / (performance.now() - started);
}

function prepared(db: AnyDatabase): AnyDatabase {
  db.exec(
    "CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER);" +
      "CREATE TABLE IF NOT EXISTS inserted (name TEXT, stock INTEGER);" +
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${ROWS})` +
      " INSERT OR IGNORE INTO item SELECT i, 'item ' || i, i * 1.25, i % 100 FROM n",
  );
  return db;
}

function measure(
  workload: Workload,
  remote: AnyDatabase,
  local: AnyDatabase,
  over: string,
): Measurement {
  const { name, target, operations } = workload;
  const calls = [workload.make(remote), workload.make(local)] as const;
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      rates[side].push(turn(calls[side], operations));
      for (const db of [remote, local]) db.exec("DELETE FROM inserted");
    }
  }
  const [ours, reference] = [median(rates[0]), median(rates[1])];
  const ratio = ours / reference;
  // The target is a number of operations; a report compares ratios.
  const wanted = target === null ? null : target / reference;
  return { name: `${over}: ${name}`, unit: "per s", ours, reference, ratio, target: wanted };
}

/** Point gets against a bridge of a thread with an echo at its end: what that would leave. */
function measureFloor(remote: AnyDatabase, floor: EchoFloor): Measurement {
  const [workload] = WORKLOADS;
  const get = workload?.make(remote) ?? (() => undefined);
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    rates[0].push(turn(get, 1));
    rates[1].push(turn(floor.ask, 1));
  }
  const [ours, reference] = [median(rates[0]), median(rates[1])];
  const name = "unix socket: point get, against an echo over a bridge";
  return { name, unit: "per s", ours, reference, ratio: ours / reference, target: null };
}

const folder = mkdtempSync(path.join(tmpdir(), "dosql-bench-"));
const data = path.join(folder, "data");
const args = ["serve", "--data", data, "--pg-port", "0", "--http-port", "0", "--capture", "off"];
const server = spawn(process.execPath, [DOSQL, ...args], { stdio: ["ignore", "pipe", "inherit"] });
try {
  await once(server.stdout, "data");
  const { pgUrl } = JSON.parse(readFileSync(path.join(data, "owner"), "utf8")) as { pgUrl: string };
  const local = new Database(path.join(folder, "local.db"));
  local.pragma("journal_mode = WAL");
  prepared(local);
  const unix = prepared(new Database(data));
  const beside = prepared(new Database(path.join(folder, "beside.db"), { binding: "worker" }));
  beside.pragma("journal_mode = WAL");
  const tcp = new Database(`dosql://127.0.0.1:${new URL(pgUrl).port}/main`);
  const floor = await openEchoFloor(folder);
  const measurements = [
    ...WORKLOADS.map((workload) => measure(workload, unix, local, "unix socket")),
    measureFloor(unix, floor),
    ...WORKLOADS.slice(0, 1).map((workload) => measure(workload, tcp, local, "TCP")),
    ...WORKLOADS.map((workload) => measure({ ...workload, target: null }, beside, local, "worker")),
  ];
  for (const db of [unix, tcp, local, beside]) db.close();
  await floor.close();
  printReport(
    {
      title: "dosql/better-sqlite3 at a server of the same machine",
      date: today(),
      machine: machine(),
      notes: [
        "ours: a server in another process, synchronous=FULL, without capture",
        'ours, "worker": the binding of that name, synchronous=NORMAL',
        "reference: the same face on a file of this process, WAL, synchronous=NORMAL",
        "the target of point gets is 18,000 a second, shown as a ratio of this run",
        "the echo: a worker thread, a socket and a process that sends back what it gets, no DoSQL:",
        "the way to a server of another machine, and until ADR 17 of this one",
        `medians of ${ROUNDS} turns of ${TURN_MS} ms; operations per second of time on the clock`,
      ],
      measurements,
    },
    options.json,
  );
} finally {
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
