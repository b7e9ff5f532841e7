import { spawnSync } from "node:child_process";
import type { Database } from "../../src/entry/main.ts";
import { open, toLsn } from "../../src/entry/main.ts";
import type { Measurement } from "../report.ts";
import { median, percentile } from "../report.ts";

/** Records a second that must come out of the feed. */
const WANTED_RECORDS = 200_000;
/** The longest that a subscriber in this process may wait for a commit. */
const WANTED_MS = 10;
const COMMITS = 500;

/**
 * How fast a subscriber takes a log from its start, and how soon it hears of a commit. In a
 * process of its own: what came before may have left a million statements, which are finalised
 * when their process first comes to rest.
 */
export function feedMeasurements(file: string): Measurement[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, file], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the feed could not be measured: ${stderr}`);
  return JSON.parse(stdout) as Measurement[];
}

async function measure(file: string): Promise<Measurement[]> {
  const database = open(file, { capture: "on", synchronous: "NORMAL" });
  try {
    const session = database.session();
    await session.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL)", []);
    const fill = async (transactions: number, records: number): Promise<void> => {
      for (let i = 0; i < transactions; i++) {
        await session.execute(
          `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${records}) ` +
            "INSERT INTO item (name, price) SELECT 'item ' || i, i * 0.5 FROM n",
          [],
        );
      }
    };
    await fill(400, 500);
    const large = await drain(database, 0, "in transactions of 500 records");
    const before = database.feed.head;
    await fill(50_000, 1);
    const small = await drain(database, before, "in transactions of one record");
    return [large, small, ...(await delays(database))];
  } finally {
    await database.close();
  }
}

async function drain(database: Database, from: number, how: string): Promise<Measurement> {
  const { feed } = database;
  // Asking for it is a query.
  const { head } = feed;
  const started = performance.now();
  let records = 0;
  for await (const event of feed.subscribe({ from: toLsn(from) })) {
    if (event.kind !== "transaction") continue;
    records += event.transaction.records.length;
    if (event.transaction.lastLsn >= head) break;
  }
  const ours = (records * 1_000) / (performance.now() - started);
  const name = `feed drained in process, ${how} (target 200,000)`;
  const ratio = ours / WANTED_RECORDS;
  return { name, unit: "records/s", ours, reference: WANTED_RECORDS, ratio, target: 1 };
}

/** From the answer of a commit to the event in the subscriber's hands. */
async function delays(database: Database): Promise<Measurement[]> {
  const session = database.session();
  const delaysMs: number[] = [];
  const events = database.feed.subscribe({ from: "now" })[Symbol.asyncIterator]();
  for (let i = 0; i < COMMITS; i++) {
    const next = events.next();
    await session.execute("INSERT INTO item (name) VALUES ('one')", []);
    const committed = performance.now();
    await next;
    delaysMs.push(performance.now() - committed);
  }
  await events.return?.();
  const of = (what: string, ours: number): Measurement => {
    const name = `${what} from a commit to its event (target under 10)`;
    return { name, unit: "ms", ours, reference: WANTED_MS, ratio: WANTED_MS / ours, target: 1 };
  };
  return [of("median", median(delaysMs)), of("p99", percentile(delaysMs, 0.99))];
}

if (import.meta.main) console.log(JSON.stringify(await measure(process.argv[2] ?? "")));
