import { LSN_ZERO } from "../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../src/engine/log/log-reader.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/sync-session.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite-driver.ts";
import type { Measurement } from "../report.ts";

/** Records a second that must come out of the feed. */
const WANTED = 200_000;
const TRANSACTIONS = 400;
const RECORDS = 500;

/** How fast a log of row changes is read to its end as whole transactions. */
export async function drainedPerSecond(file: string): Promise<Measurement> {
  const writer = new NodeSqlDriver(file, { synchronous: "NORMAL" });
  const shard = new Shard({ writer, clock: systemClock, capture: CAPTURE_ON });
  const session = new SyncSession(shard);
  session.execute(
    "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, note TEXT)",
    [],
  );
  for (let i = 0; i < TRANSACTIONS; i++) {
    session.execute(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${RECORDS}) ` +
        "INSERT INTO item (name, price, note) SELECT 'item ' || i, i * 0.5, 'some text' FROM n",
      [],
    );
  }
  const reader = new LogReader(writer);
  const started = performance.now();
  let at = LSN_ZERO;
  let records = 0;
  for (;;) {
    const transactions = reader.transactions(at);
    const last = transactions.at(-1);
    if (last === undefined) break;
    at = last.lastLsn;
    for (const transaction of transactions) records += transaction.records.length;
  }
  const ours = (records * 1_000) / (performance.now() - started);
  shard.close();
  const name = `feed drained in process (target ${WANTED.toLocaleString("en")} a second)`;
  return { name, unit: "records/s", ours, reference: WANTED, ratio: ours / WANTED, target: 1 };
}
