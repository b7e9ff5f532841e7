import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { SqliteControl } from "../../../src/compat/pgwire/sqlite-session/sqlite-control.ts";
import type { Work } from "../../../src/compat/pgwire/work.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import type { Session } from "../../../src/engine/session/session.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "../../engine/manual-clock.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";

const ROUNDS = 60;
const STEPS = 60;
const SESSIONS = 3;

const SETUP = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, n INTEGER NOT NULL DEFAULT 0)",
  "CREATE TABLE log (what)",
  "CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.id); END",
  "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
  "CREATE TABLE child (p REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
  "INSERT INTO t VALUES (1, 'x', 0), (2, 'y', 0), (3, 'z', 0)",
];

/** A stock build of SQLite has no such clause. */
const LIMITED = "UPDATE t SET n = 0 ORDER BY id DESC LIMIT 1";
const UNLIMITED = "UPDATE t SET n = 0 WHERE id = (SELECT max(id) FROM t)";

/** One of several connections to the same rows. */
interface Side {
  readonly inTransaction: boolean;
  /** Rows, or what went wrong. */
  run(sql: string): Promise<unknown>;
}

class Real implements Side {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: true });
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  async run(sql: string): Promise<unknown> {
    try {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      statement.setReadBigInts(true);
      return statement.all();
    } catch (error) {
      return wordFor((error as { errcode: number }).errcode, (error as Error).message);
    }
  }

  close(): void {
    this.#db.close();
  }
}

class Ours implements Side {
  readonly #control: SqliteControl;
  readonly #clock: ManualClock;

  constructor(session: Session, clock: ManualClock) {
    session.lockTimeoutMs = 1;
    this.#control = new SqliteControl(session);
    this.#clock = clock;
  }

  get inTransaction(): boolean {
    return this.#control.inTransaction;
  }

  async run(sql: string): Promise<unknown> {
    try {
      const compiled = await this.#work(this.#control.compile(sql));
      return (await this.#work<ResultSet>(this.#control.run(compiled.text, []))).rows;
    } catch (error) {
      await this.#work(this.#control.failed());
      if (!(error instanceof DosqlError)) throw error;
      if (error.code === "lock-timeout") return "busy";
      if (error.sqlite === "SQLITE_BUSY_SNAPSHOT") return "busy-snapshot";
      return error.message;
    }
  }

  async #work<T>(work: Work<T>): Promise<T> {
    let step = work.next();
    while (step.done !== true) {
      const waits = step.value as Promise<unknown>;
      // It waits for the lease, which nobody will give it.
      this.#clock.advance(1);
      try {
        step = work.next(await waits);
      } catch (error) {
        step = work.throw(error);
      }
    }
    return step.value;
  }
}

function wordFor(code: number, message: string): string {
  if (code === 517) return "busy-snapshot";
  return (code & 0xff) === 5 ? "busy" : message;
}

function statement(random: SeededRandom): string {
  const id = 1 + random.below(4);
  const name = random.pick(["a", "b", "A"]);
  return random.pick([
    ...["BEGIN", "BEGIN", "BEGIN", "BEGIN DEFERRED", "BEGIN IMMEDIATE", "COMMIT", "END", "COMMIT"],
    ...["ROLLBACK", `SAVEPOINT ${name}`, `SAVEPOINT ${name}`, `RELEASE ${name}`],
    ...[`ROLLBACK TO ${name}`, "SELECT * FROM t", "SELECT sum(n) FROM t", "SELECT * FROM log"],
    ...["SELECT count(*) FROM u", "SELECT name FROM sqlite_schema WHERE type = 'table'"],
    `UPDATE t SET n = n + 1 WHERE id = ${id}`,
    `UPDATE t SET n = n + 1 WHERE id = ${id} RETURNING id, n`,
    `DELETE FROM t WHERE id = ${id}`,
    `INSERT INTO t (id, a) VALUES (${id}, '${random.pick(["x", "y", "q"])}')`,
    `INSERT OR ROLLBACK INTO t (id, a) VALUES (${id}, 'x')`,
    `INSERT OR IGNORE INTO t (id, a) VALUES (${id}, 'x')`,
    `INSERT INTO t (id, a) VALUES (${id}, 'y') ON CONFLICT (id) DO UPDATE SET n = n + 1`,
    `INSERT INTO parent VALUES (${id})`,
    `INSERT INTO child VALUES (${id})`,
    "SELECT count(*) FROM child",
    ...[`PRAGMA user_version = ${random.below(9)}`, "PRAGMA user_version", "PRAGMA table_info(u)"],
    ...[
      "CREATE TABLE u (x)",
      "DROP TABLE u",
      "ALTER TABLE u ADD COLUMN y",
      "INSERT INTO u DEFAULT VALUES",
    ],
    `WITH c AS (SELECT id FROM t WHERE n > 0) DELETE FROM t WHERE id IN c`,
    LIMITED,
  ]);
}

async function round(random: SeededRandom): Promise<number> {
  const root = mkdtempSync(path.join(tmpdir(), "dosql-interleaved-"));
  const file = path.join(root, "ours.sqlite");
  const clock = new ManualClock();
  const openReader = (): NodeSqlDriver => new NodeSqlDriver(file, { readonly: true });
  const writer = new NodeSqlDriver(file);
  const shard = new Shard({ writer, reader: openReader(), openReader, clock, capture: CAPTURE_ON });
  const database = new LocalDatabase(shard);
  const real: Real[] = [];
  const ours: Ours[] = [];
  let stale = 0;
  try {
    const theirs = path.join(root, "real.sqlite");
    const first = new DatabaseSync(theirs);
    first.exec(`PRAGMA journal_mode = WAL; ${SETUP.join(";")}`);
    first.close();
    const setup = database.session();
    for (const sql of SETUP) await setup.execute(sql, []);
    for (let i = 0; i < SESSIONS; i++) {
      real.push(new Real(theirs));
      const options = { isolation: "serializable", deferred: true } as const;
      ours.push(new Ours(database.session(options), clock));
    }
    const told: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      const at = random.below(SESSIONS);
      const sql = statement(random);
      const [there, here] = [real[at], ours[at]];
      if (there === undefined || here === undefined) throw new Error("no such session");
      if (isUnlike(sql, there)) continue;
      const expected = await there.run(sql === LIMITED ? UNLIMITED : sql);
      if (expected === "busy-snapshot") stale += 1;
      told.push(`${at}: ${sql} -> ${tell(expected)} ${there.inTransaction}`);
      const found = await here.run(sql);
      if (isBusy(expected) && isSchema(found)) continue;
      // It may have taken the lock before it looked at the schema, and keep it.
      if (isSchema(expected) && (there.inTransaction || found !== expected)) break;
      const is = `${at}: ${sql} -> ${tell(found)} ${here.inTransaction}`;
      expect(is, told.join("\n")).toBe(told.at(-1));
    }
  } finally {
    for (const side of real) side.close();
    await database.close();
    rmSync(root, { recursive: true });
  }
  return stale;
}

/** What differs on purpose. */
function isUnlike(sql: string, { inTransaction }: Side): boolean {
  // SQLite takes the lock before it says that there is a transaction; and it does not begin to
  // read where the table of a PRAGMA is missing.
  return inTransaction && (sql === "BEGIN IMMEDIATE" || sql.startsWith("PRAGMA table_info"));
}

function isBusy(answer: unknown): boolean {
  return answer === "busy" || answer === "busy-snapshot";
}

/** A connection of SQLite learns of another's DDL later than ours, and is refused before. */
function isSchema(answer: unknown): boolean {
  return typeof answer === "string" && /already exists|no such table|duplicate/.test(answer);
}

function tell(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? `${item}n` : item,
  );
}

test(
  "sessions with deferred transactions answer as connections of SQLite",
  { timeout: 120_000 },
  async () => {
    const random = freshRandom("deferred transactions");
    let stale = 0;
    for (let i = 0; i < ROUNDS; i++) stale += await round(random);
    // Those who never met would prove nothing.
    expect(stale).toBeGreaterThan(0);
  },
);
