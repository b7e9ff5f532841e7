import { DosqlError } from "../../../src/base/errors.ts";
import type { Row } from "../../../src/base/value.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import type { CaptureSetting } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { LogEntry } from "../../../src/engine/log/log-entry.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { ManualClock } from "../manual-clock.ts";
import type { DatabaseState } from "./database-state.ts";
import { encodeRow, readState } from "./database-state.ts";
import type { Scenario, Sql } from "./scenario.ts";

/** A database of one home. */
export interface Home {
  /** Opens it, or opens it again. */
  open(): SqlDriver;
  /** Runs a script as another program, while it is closed. */
  foreign(script: string): void;
}

/** What a scenario came to. Can be cloned. */
export interface Recording {
  readonly before: DatabaseState;
  readonly after: DatabaseState;
  readonly transactions: readonly LogTransaction[];
  /** The number and code of every entry, in order. */
  readonly entries: readonly Pick<LogEntry, "lsn" | "code">[];
  /** What a user saw, step by step, and of the schema at the end. */
  readonly seen: readonly string[];
}

/** Plays a scenario with capture on, or without any. */
export function play(home: Home, scenario: Scenario, capture: "on" | "off"): Recording {
  let driver = home.open();
  for (const sql of scenario.given ?? []) driver.exec(sql);
  const before = readState(driver);
  const setting = capture === "off" ? CAPTURE_OFF : (scenario.setting ?? CAPTURE_ON);
  let shard = open(driver, setting);
  let session = new SyncSession(shard);
  const seen: string[] = [];
  for (const step of scenario.steps) {
    if (typeof step === "object" && ("reopen" in step || "foreign" in step)) {
      session.end();
      shard.close();
      if ("foreign" in step) home.foreign(step.foreign);
      driver = home.open();
      shard = open(driver, null);
      session = new SyncSession(shard);
    } else if (typeof step === "object" && "capture" in step) {
      if (capture === "on") shard.setCapture(step.capture);
    } else if (typeof step === "object" && "recursive" in step) {
      driver.exec(`PRAGMA recursive_triggers = ${step.recursive ? "ON" : "OFF"}`);
      shard.changes.replaceFiresTriggers = step.recursive;
    } else seen.push(...run(session, step));
  }
  session.end();
  for (const sql of SCHEMA_QUERIES) seen.push(...see(() => [execute(session, sql)]).sort());
  const log = new LogReader(driver);
  const recording = {
    before,
    after: readState(driver),
    transactions: capture === "off" ? [] : log.transactions(LSN_ZERO, 1_000_000),
    entries: capture === "off" ? [] : allEntries(log),
    seen,
  };
  shard.close();
  return recording;
}

function allEntries(log: LogReader): Pick<LogEntry, "lsn" | "code">[] {
  return log.entries(LSN_ZERO, 1_000_000).map(({ lsn, code }) => ({ lsn, code }));
}

/** What a user can see of capture in the schema: nothing. */
const SCHEMA_QUERIES = [
  "SELECT type, name, tbl_name, sql FROM sqlite_master",
  "SELECT schema, name, type, ncol, wr, strict FROM pragma_table_list",
  "SELECT m.name, l.* FROM sqlite_master AS m, pragma_index_list(m.name) AS l",
  "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'",
];

function open(driver: SqlDriver, capture: CaptureSetting | null): Shard {
  const parts = { writer: driver, clock: new ManualClock() };
  return new Shard(capture === null ? parts : { ...parts, capture });
}

function run(session: SyncSession, step: Sql | { readonly batch: readonly Sql[] }): string[] {
  if (typeof step === "object" && "batch" in step) {
    return see(() => session.batch(step.batch.map(statement)));
  }
  return see(() => [execute(session, step)]);
}

function execute(session: SyncSession, step: Sql): ResultSet {
  const { sql, params } = statement(step);
  return session.execute(sql, params);
}

function statement(step: Sql): { readonly sql: string; readonly params: Row } {
  return typeof step === "string" ? { sql: step, params: [] } : step;
}

/** Results and errors as a client gets them. */
function see(work: () => readonly ResultSet[]): string[] {
  try {
    return work().flatMap(({ command, changes, lastRowid, columns, rows }) => [
      `${command} ${changes} ${lastRowid} ${columns.map(({ name }) => name).join()}`,
      ...rows.map(encodeRow),
    ]);
  } catch (error) {
    if (!(error instanceof DosqlError)) throw error;
    return [`${error.code} ${error.sqlite} ${error.message}`];
  }
}
