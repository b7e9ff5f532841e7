/**
 * `npm run bench:better-sqlite3 [-- --json] [--quick]`: our face over the user's own
 * better-sqlite3 (native) and over Node's own SQLite (builtin) against the real library, in one
 * process, on a file each. Rounds take turns, so that a slow moment hits both; what is compared is
 * processor time, which a busy machine disturbs least. Then our face on a file whose changes are
 * captured: native against the real library without, builtin against itself without.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  boundDatabase,
  realDatabase,
  reference,
} from "../compat-tests/better-sqlite3/libraries.ts";
import type { AnyClass, AnyDatabase } from "../compat-tests/better-sqlite3/contract.ts";
import type { Binding } from "../compat-tests/better-sqlite3/libraries.ts";
import { open } from "../src/entry/main.ts";
import { machine, median, printReport, today, type Measurement } from "./report.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});

/** Rows of the table that is read. */
const ROWS = 10_000;
const ROUNDS = options.quick ? 3 : 9;
/** How long one side's turn should take at least; shorter ones measure the clock. */
const TURN_MS = options.quick ? 30 : 120;

/** What is measured: made once for each side, then called again and again. */
interface Workload {
  readonly name: string;
  /** The ratio to the real library that is wanted of each binding. */
  readonly wanted: Readonly<Record<Binding, number>> | null;
  /** The same with the changes captured: native to the real library, builtin to itself without. */
  readonly captured?: Readonly<Record<Binding, number>>;
  /** Operations that one call makes. */
  readonly operations: number;
  make(db: AnyDatabase): () => void;
}

const insertSql = "INSERT INTO inserted (name, price, stock) VALUES (?, ?, ?)";
const namedSql = "INSERT INTO inserted (name, price, stock) VALUES (@name, @price, @stock)";
/** Rows of one measured transaction. */
const BATCH = 10_000;

/** Reads ids all over the table, always the same ones. */
function nextId(): () => number {
  let id = 1;
  return () => (id = ((id * 7_919) % ROWS) + 1);
}

const WORKLOADS: readonly Workload[] = [
  {
    name: "point get by primary key",
    wanted: { native: 0.97, builtin: 0.75 },
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT id, name, price, stock, note FROM item WHERE id = ?");
      const next = nextId();
      return () => statement.get(next());
    },
  },
  {
    name: "point get, SELECT *",
    wanted: { native: 0.97, builtin: 0.75 },
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item WHERE id = ?");
      const next = nextId();
      return () => statement.get(next());
    },
  },
  {
    name: "prepare and get",
    wanted: null,
    operations: 1,
    make(db) {
      const next = nextId();
      return () => db.prepare("SELECT id, name FROM item WHERE id = ?").get(next());
    },
  },
  {
    name: "100 rows",
    wanted: { native: 0.97, builtin: 0.65 },
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item WHERE id BETWEEN ? AND ? + 99");
      const next = nextId();
      return () => {
        const id = next() % (ROWS - 100);
        statement.all(id, id);
      };
    },
  },
  {
    name: "10,000 rows",
    wanted: { native: 0.97, builtin: 0.6 },
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item");
      return () => statement.all();
    },
  },
  {
    name: "10,000 rows, raw",
    wanted: null,
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item").raw();
      return () => statement.all();
    },
  },
  {
    name: "10,000 rows, iterate",
    wanted: { native: 0.97, builtin: 0.6 },
    operations: 1,
    make(db) {
      const statement = db.prepare("SELECT * FROM item");
      return () => {
        for (const _ of statement.iterate());
      };
    },
  },
  {
    name: "insert in a transaction",
    wanted: { native: 0.97, builtin: 1.2 },
    captured: { native: 0.5, builtin: 0.5 },
    operations: BATCH,
    make(db) {
      const insert = db.prepare(insertSql);
      return db.transaction(() => {
        for (let i = 0; i < BATCH; i++) insert.run("a name", i * 0.5, i);
      });
    },
  },
  {
    name: "insert in a transaction, by names",
    wanted: null,
    captured: { native: 0.5, builtin: 0.5 },
    operations: BATCH,
    make(db) {
      const insert = db.prepare(namedSql);
      return db.transaction(() => {
        for (let i = 0; i < BATCH; i++) insert.run({ name: "a name", price: i * 0.5, stock: i });
      });
    },
  },
  {
    name: "insert, autocommit",
    wanted: null,
    captured: { native: 0.42, builtin: 0.42 },
    operations: 1,
    make(db) {
      const insert = db.prepare(insertSql);
      return () => insert.run("a name", 0.5, 7);
    },
  },
];

function opened(Database: AnyClass, file: string): AnyDatabase {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.exec(
    "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER, note TEXT);" +
      "CREATE TABLE inserted (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER);" +
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${ROWS})` +
      " INSERT INTO item SELECT i, 'item ' || i, i * 1.25, i % 100, NULL FROM n",
  );
  return db;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Operations per second of processor time in one turn. */
function turn(call: () => void, operations: number, calls: number): number {
  const started = cpuMs();
  for (let i = 0; i < calls; i++) call();
  return (calls * operations * 1_000) / (cpuMs() - started);
}

/** How many calls fill a turn. */
function callsPerTurn(call: () => void): number {
  for (let calls = 1; ; calls *= 2) {
    const started = cpuMs();
    for (let i = 0; i < calls; i++) call();
    const tookMs = cpuMs() - started;
    if (tookMs >= TURN_MS / 4) return Math.max(1, Math.round((calls * TURN_MS) / tookMs));
  }
}

/** Two open databases, ours first. */
interface Pair {
  readonly title: string;
  readonly ours: AnyDatabase;
  readonly real: AnyDatabase;
}

function measure(
  workload: Workload,
  { title, ours, real }: Pair,
  target: number | null,
): Measurement {
  const { name, operations } = workload;
  const calls = [workload.make(ours), workload.make(real)] as const;
  const counts = calls.map(callsPerTurn);
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    // Who goes first changes, as the second finds warmer caches.
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      rates[side].push(turn(calls[side], operations, counts[side] ?? 1));
      for (const db of [ours, real]) db.exec("DELETE FROM inserted");
    }
  }
  const ratios = rates[0].map((rate, round) => rate / (rates[1][round] ?? Number.NaN));
  return {
    name: `${title}: ${name}`,
    unit: "per s",
    ours: median(rates[0]),
    reference: median(rates[1]),
    // Of neighbouring turns: what else the machine does changes from round to round.
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    target,
  };
}

async function capturedFile(file: string, binding: Binding): Promise<AnyDatabase> {
  await open(file, { capture: "on" }).close();
  return opened(boundDatabase(binding), file);
}

async function measureBinding(binding: Binding, folder: string): Promise<Measurement[]> {
  const file = (name: string): string => path.join(folder, `${binding}-${name}.db`);
  const ours = opened(boundDatabase(binding), file("ours"));
  const real = opened(realDatabase(), file("real"));
  const captured = await capturedFile(file("captured"), binding);
  const measurements = [
    ...WORKLOADS.map((workload) =>
      measure(workload, { title: binding, ours, real }, workload.wanted?.[binding] ?? null),
    ),
    ...WORKLOADS.flatMap((workload) => {
      if (workload.captured === undefined) return [];
      const pair = {
        title: `${binding}, captured`,
        ours: captured,
        real: binding === "native" ? real : ours,
      };
      return [measure(workload, pair, workload.captured[binding])];
    }),
  ];
  for (const db of [ours, real, captured]) db.close();
  return measurements;
}

async function main(): Promise<void> {
  if (!reference.ready) {
    console.error(reference.reason);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-bench-"));
  try {
    const version = (Database: AnyClass): unknown => {
      const db = new Database(":memory:");
      const found = db.prepare("SELECT sqlite_version()").pluck().get();
      db.close();
      return found;
    };
    const measurements = [
      ...(await measureBinding("native", folder)),
      ...(await measureBinding("builtin", folder)),
    ];
    const report = {
      title: "dosql/better-sqlite3 and better-sqlite3",
      date: today(),
      machine: machine(),
      notes: [
        `builtin: node:sqlite of Node ${process.versions.node}, ` +
          `SQLite ${String(version(boundDatabase("builtin")))}`,
        `reference: better-sqlite3 13.2.0, SQLite ${String(version(realDatabase()))}`,
        "all: a file in WAL mode, synchronous=NORMAL (no sync at a commit), 16 MB cache",
        "native, captured: the reference without capture; builtin, captured: builtin without",
        `medians of ${ROUNDS} rounds in turns; operations per second of processor time`,
      ],
      measurements,
    };
    printReport(report, options.json);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
