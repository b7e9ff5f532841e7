/*
 * One round of the transaction benchmark, inside workerd: interactive transactions on a Durable
 * Object and the calls that they are compared with, timed by the Worker itself.
 */
import type { D1Database, ShardNamespace } from "../../src/entry/d1.ts";
import { d1, dosql } from "../../src/entry/d1.ts";
import { DoSQLShard as Shard } from "../../src/entry/worker.ts";

/** With a call that does nothing, to see what the hop alone costs. */
export class DoSQLShard extends Shard {
  async nothing(): Promise<number> {
    return 1;
  }
}

interface Env {
  readonly DOSQL: ShardNamespace & {
    get(id: unknown): { nothing(): Promise<number> };
  };
}

/** Slices of a round; the operations take turns, so that a slow moment hits all. */
const SLICES = 10;

/** How often an operation runs in a slice; those of all slices outlast a clock of a millisecond. */
const REPEATS = 5;

/** Statements of one transaction. */
const STATEMENTS = 20;

const select = (db: D1Database): Promise<unknown> =>
  db.prepare("SELECT * FROM item WHERE id = ?").bind(7).first();

const insert = (db: D1Database): Promise<unknown> =>
  db.prepare("INSERT INTO entry (name) VALUES (?)").bind("a name").run();

async function repeat(times: number, body: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await body();
}

function transactionOf(db: D1Database, body: (tx: D1Database) => Promise<unknown>) {
  return () => dosql(db).transaction((tx) => repeat(STATEMENTS, () => body(tx)));
}

/** Microseconds per call. */
async function measure(body: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await repeat(REPEATS, body);
  return ((performance.now() - started) * 1000) / REPEATS;
}

export default {
  async fetch(request: Request, { DOSQL }: Env): Promise<Response> {
    const db = d1(DOSQL);
    const stub = DOSQL.get(DOSQL.idFromName("bench"));
    if (new URL(request.url).pathname === "/fill") {
      await db.exec("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
      await db.exec("CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT)");
      await db.exec("INSERT INTO item VALUES (7, 'seven')");
      return Response.json({});
    }
    const times = {
      nothing: 0,
      select: 0,
      insert: 0,
      empty: 0,
      selects: 0,
      inserts: 0,
    };
    for (let slice = 0; slice < SLICES; slice++) {
      times.nothing += await measure(() => repeat(STATEMENTS, () => stub.nothing()));
      times.select += await measure(() => repeat(STATEMENTS, () => select(db)));
      times.selects += await measure(transactionOf(db, select));
      times.insert += await measure(() => repeat(STATEMENTS, () => insert(db)));
      times.inserts += await measure(transactionOf(db, insert));
      times.empty += await measure(() => dosql(db).transaction(async () => undefined));
    }
    const { nothing, empty } = times;
    const each = (us: number): number => us / SLICES / STATEMENTS;
    return Response.json({
      "call that does nothing": each(nothing),
      "select by itself": each(times.select),
      "insert by itself": each(times.insert),
      "empty transaction": empty / SLICES,
      "select in a transaction": each(times.selects - empty),
      "insert in a transaction": each(times.inserts - empty),
    });
  },
};
