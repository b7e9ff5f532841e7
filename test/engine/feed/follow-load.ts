/**
 * A process to be killed: writes to a captured shard and, at the same time, follows it into
 * another SQLite file. Whatever is told twice or out of order breaks a constraint or misses its
 * row there, and the process ends with an error before it can be killed.
 *
 *     node follow-load.ts <source> <copy> <seed> <write|finish>
 */
import { writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Row } from "../../../src/base/value.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import type { FeedStart } from "../../../src/engine/feed/change-feed.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import type { LogRecord } from "../../../src/engine/log/record.ts";
import type { Session } from "../../../src/engine/session/session.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { SeededRandom } from "../../sql/seeded-random.ts";

const [source = "", target = "", seed = "1", mode = "write"] = process.argv.slice(2);
const random = new SeededRandom(Number(seed));

const open = (readonly: boolean): NodeSqlDriver => new NodeSqlDriver(source, { readonly });
const shard = new Shard({
  writer: open(false),
  reader: open(true),
  openReader: () => open(true),
  clock: systemClock,
  capture: CAPTURE_ON,
});
const database = new LocalDatabase(shard);
const copy = new DatabaseSync(target);
// Timers of the clock do not keep a process alive.
const alive = setInterval(() => undefined, 1000);

await setUp(database.session());
const end = mode === "finish" ? database.feed.head : null;
const following = follow(end);
writeSync(1, "ready\n");
if (mode === "write") await work(database.session());
await following;
await database.close();
copy.close();
clearInterval(alive);

async function setUp(session: Session): Promise<void> {
  const create = "CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n)";
  copy.exec("PRAGMA journal_mode = WAL");
  copy.exec(create);
  copy.exec("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, lsn)");
  copy.exec("CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), lsn)");
  await session.execute(create, []);
  await session.execute("CREATE TABLE IF NOT EXISTS noise (x)", []);
  const { rows } = await session.execute("SELECT count(*) FROM item", []);
  if (rows[0]?.[0] !== 0n) return;
  const numbers = "WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)";
  await session.execute(`INSERT INTO item ${numbers} SELECT x, 'first ' || x, 0 FROM n`, []);
}

async function work(session: Session): Promise<void> {
  for (;;) {
    const statements = Array.from({ length: 1 + random.below(4) }, () => change());
    await session.batch(statements.map((sql) => ({ sql, params: [] })));
    await new Promise(setImmediate);
  }
}

function change(): string {
  const id = random.below(60);
  switch (random.below(6)) {
    case 0:
      return `INSERT OR REPLACE INTO item VALUES (${id}, 'n${random.below(50)}', 1)`;
    case 1:
      return `UPDATE item SET n = n + 1 WHERE id BETWEEN ${id} AND ${id + 5}`;
    case 2:
      return `UPDATE OR REPLACE item SET id = ${random.below(60)} WHERE id = ${id}`;
    case 3:
      return `DELETE FROM item WHERE id = ${id}`;
    case 4:
      return "INSERT INTO noise VALUES (1)";
    default:
      return `INSERT OR IGNORE INTO item VALUES (${id}, 'n${random.below(50)}', 0)`;
  }
}

/** @param upTo where to stop; null follows for ever */
async function follow(upTo: Lsn | null): Promise<void> {
  if (database.feed.slots.get("copy") === null) await database.feed.slots.create("copy");
  const place = copy.prepare("SELECT lsn FROM place").get();
  const from: FeedStart = place === undefined ? "snapshot" : toLsn(Number(place["lsn"]));
  const options = { slot: "copy", tables: ["item"], heartbeatMs: 20, from };
  const subscription = database.feed.subscribe(options);
  for await (const event of subscription) {
    switch (event.kind) {
      case "snapshot":
        if (!copy.isTransaction) copy.exec("BEGIN");
        for (const row of event.rows) insert(row);
        break;
      case "snapshot-end":
        if (!copy.isTransaction) copy.exec("BEGIN");
        store(event.lsn);
        break;
      case "transaction":
        copy.exec("BEGIN");
        expectOne("INSERT INTO seen VALUES (?, ?)", [
          event.transaction.id,
          BigInt(event.transaction.lastLsn),
        ]);
        for (const record of event.transaction.records) apply(record);
        store(event.transaction.lastLsn);
        break;
      case "heartbeat":
        copy.exec("BEGIN");
        store(event.lsn);
    }
    if (event.kind !== "snapshot" && random.below(3) === 0) {
      await subscription.confirm(subscription.position);
    }
    if (upTo !== null && subscription.position >= upTo) break;
  }
}

function insert(row: Row): void {
  expectOne("INSERT INTO item VALUES (?, ?, ?)", row);
}

function apply({ op, key, before, after }: LogRecord): void {
  if (op === "ddl") return;
  const gone = "DELETE FROM item WHERE id = ? AND id IS ? AND name IS ? AND n IS ?";
  if (before !== undefined) expectOne(gone, [...key, ...before]);
  if (after !== undefined) insert(after);
}

function store(lsn: Lsn): void {
  expectOne("INSERT OR REPLACE INTO place VALUES (1, ?)", [BigInt(lsn)]);
  copy.exec("COMMIT");
}

function expectOne(sql: string, params: Row): void {
  const { changes } = copy.prepare(sql).run(...params);
  if (Number(changes) !== 1) throw new Error(`${sql} ${params.join()} changed ${changes} rows`);
}
