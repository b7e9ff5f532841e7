/**
 * A process to be killed: writes to a captured shard until then, and says on standard output what
 * was acknowledged, `<session> <number>` a line.
 *
 *     node write-load.ts <file> <seed> [kept]
 *
 * `kept`: with a rollback journal, and so by one connection.
 */
import { writeSync } from "node:fs";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import type { Session } from "../../../src/engine/session/session.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { SeededRandom } from "../../sql/seeded-random.ts";

const [file = "", seed = "1", journal = "wal"] = process.argv.slice(2);
const random = new SeededRandom(Number(seed));
const below = (limit: number): number => random.below(limit);

const wal = journal === "wal";
const writer = new NodeSqlDriver(file, { synchronous: "NORMAL", wal });
const reader = wal ? { reader: new NodeSqlDriver(file, { readonly: true }) } : {};
const shard = new Shard({ writer, ...reader, clock: systemClock, capture: CAPTURE_ON });
const database = new LocalDatabase(shard);

await setUp(database.session());
writeSync(1, "ready\n");
await Promise.all(Array.from({ length: 3 }, (_, id) => work(database.session(), id)));

async function setUp(session: Session): Promise<void> {
  await session.execute(
    "CREATE TABLE IF NOT EXISTS ack (session INTEGER, number INTEGER, PRIMARY KEY (session, number))",
    [],
  );
  await session.execute(
    "CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, amount)",
    [],
  );
}

/** Each transaction leaves its number beside what it does, and is acknowledged afterwards. */
async function work(session: Session, id: number): Promise<void> {
  const last = await session.execute("SELECT max(number) FROM ack WHERE session = ?1", [
    BigInt(id),
  ]);
  let number = Number(last.rows[0]?.[0] ?? 0);
  for (;;) {
    number += 1;
    const note = { sql: "INSERT INTO ack VALUES (?1, ?2)", params: [BigInt(id), BigInt(number)] };
    const changes = Array.from({ length: below(4) }, () => change());
    if (below(3) === 0) await session.execute(note.sql, note.params);
    else if (below(2) === 0) await session.batch([...changes, note]);
    else await interactively(session, [...changes, note]);
    writeSync(1, `${id} ${number}\n`);
    // Others get their turn, and the parent its moment to kill.
    await new Promise(setImmediate);
  }
}

async function interactively(session: Session, all: readonly Statement[]): Promise<void> {
  await session.execute("BEGIN", []);
  for (const { sql, params } of all) {
    await session.execute(sql, params);
    await new Promise(setImmediate);
  }
  await session.execute("COMMIT", []);
}

interface Statement {
  readonly sql: string;
  readonly params: (bigint | string)[];
}

function change(): Statement {
  const id = BigInt(below(50));
  const name = `n${below(40)}`;
  switch (below(4)) {
    case 0:
      return { sql: "INSERT OR REPLACE INTO item VALUES (?1, ?2, 1)", params: [id, name] };
    case 1:
      return { sql: "UPDATE item SET amount = amount + 1 WHERE id < ?1", params: [id] };
    case 2:
      return { sql: "DELETE FROM item WHERE id = ?1", params: [id] };
    default:
      return { sql: "INSERT OR IGNORE INTO item VALUES (?1, ?2, 0)", params: [id, name] };
  }
}
