/**
 * How long a neighbour waits while one session runs a cross join, how soon a cancel ends it, and
 * how soon Ctrl-C in psql comes back: `node bench/responsive.ts [--quick] [--json]`.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import pg from "pg";
import {
  CROSS_JOIN,
  makeCrossJoin,
  POINT_SELECT,
  POINTS,
} from "../compat-tests/pgwire/cross-join.ts";
import { psqlState, startPsql } from "../compat-tests/pgwire/psql-process.ts";
import { postgresState, startPostgres } from "../compat-tests/pgwire/reference.ts";
import { startDosql } from "../compat-tests/pgwire/servers.ts";
import { cancelRequest, query } from "../compat-tests/pgwire/wire/frames.ts";
import { Wire, type Address } from "../compat-tests/pgwire/wire/wire.ts";
import { machine, median, percentile, today } from "./report.ts";

/** What the issue asks for. */
const TARGETS = { neighbourP99Ms: 50, ctrlCMs: 200 } as const;
const JOIN_MS = 10_000;
const QUICK_JOIN_MS = 2000;
const CANCELS = 5;
/** Time for a statement to begin before it is interrupted. */
const BEGUN_MS = 300;

interface Delays {
  readonly selects: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

interface Side {
  readonly name: string;
  readonly alone: Delays;
  readonly besideJoin: Delays;
  readonly cancelMs: number;
  readonly ctrlCMs: number | null;
}

type Server = Address & { readonly url: string };

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}

/** Point selects, one after the other, each timed. */
async function neighbour(server: Server, forMs: number): Promise<Delays> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const delaysMs: number[] = [];
  const until = performance.now() + forMs;
  for (let at = 0; performance.now() < until; at++) {
    const started = performance.now();
    await client.query({ name: "point", text: POINT_SELECT, values: [at % POINTS] });
    delaysMs.push(performance.now() - started);
  }
  await client.end();
  return {
    selects: delaysMs.length,
    p50Ms: percentile(delaysMs, 0.5),
    p99Ms: percentile(delaysMs, 0.99),
    maxMs: percentile(delaysMs, 1),
  };
}

/** Ends the statement of the session and answers how long that took. */
async function cancel(server: Server, victim: Wire): Promise<number> {
  const started = performance.now();
  const wire = await Wire.open(server);
  wire.send(cancelRequest(victim.processId, victim.key));
  const replies = await victim.untilReady();
  wire.close();
  if (!replies.some(({ body }) => body.includes("57014"))) throw new Error("no 57014");
  return performance.now() - started;
}

async function ctrlC(server: Server): Promise<number> {
  const child = startPsql(server, ["-c", "\\warn connected", "-c", CROSS_JOIN]);
  // Before it is connected, Ctrl-C ends psql itself.
  if (child.stderr !== null) await once(child.stderr, "data");
  await pause(BEGUN_MS);
  const closed = once(child, "close");
  const started = performance.now();
  child.kill("SIGINT");
  await closed;
  return performance.now() - started;
}

async function measure(name: string, server: Server): Promise<Side> {
  await makeCrossJoin(server.url);
  const forMs = options.quick ? QUICK_JOIN_MS : JOIN_MS;
  const alone = await neighbour(server, forMs / 5);
  const joiner = await Wire.login(server);
  joiner.send(query(CROSS_JOIN));
  await pause(BEGUN_MS);
  const besideJoin = await neighbour(server, forMs);
  const cancels = [await cancel(server, joiner)];
  const interrupts: number[] = [];
  for (let round = 1; round < CANCELS; round++) {
    joiner.send(query(CROSS_JOIN));
    await pause(BEGUN_MS);
    cancels.push(await cancel(server, joiner));
  }
  joiner.close();
  if (psqlState().ready) {
    for (let round = 0; round < CANCELS; round++) interrupts.push(await ctrlC(server));
  }
  const ctrlCMs = interrupts.length === 0 ? null : median(interrupts);
  return { name, alone, besideJoin, cancelMs: median(cancels), ctrlCMs };
}

function print(sides: readonly Side[]): void {
  console.log(`\nPoint selects beside a cross join, ${today()}\n${machine()}\n`);
  for (const { name, alone, besideJoin, cancelMs, ctrlCMs } of sides) {
    console.log(name);
    console.log(`  alone             ${shown(alone)}`);
    console.log(`  beside the join   ${shown(besideJoin)} (target ${TARGETS.neighbourP99Ms} ms)`);
    console.log(`  cancel request    ${cancelMs.toFixed(1)} ms`);
    const ended = ctrlCMs === null ? "psql is not installed" : `${ctrlCMs.toFixed(1)} ms`;
    console.log(`  Ctrl-C in psql    ${ended} (target ${TARGETS.ctrlCMs} ms)`);
  }
}

function shown({ selects, p50Ms, p99Ms, maxMs }: Delays): string {
  const most = `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  return `${most}, max ${maxMs.toFixed(1)} ms, ${selects} selects`;
}

const sides: Side[] = [];
const ours = await startDosql();
try {
  sides.push(await measure("DoSQL", ours));
} finally {
  await ours.stop();
}
if (postgresState().ready) {
  const theirs = await startPostgres();
  try {
    sides.push(await measure("PostgreSQL", theirs));
  } finally {
    await theirs.stop();
  }
}
if (options.json)
  console.log(JSON.stringify({ date: today(), machine: machine(), targets: TARGETS, sides }));
else print(sides);
