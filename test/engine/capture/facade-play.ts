import { DatabaseSync } from "node:sqlite";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { encodeRow, readState } from "./database-state.ts";
import type { DatabaseState } from "./database-state.ts";
import type { Recording } from "./play.ts";
import type { Scenario, Sql, Step } from "./scenario.ts";

type Facade = InstanceType<typeof Database>;

/** How statements run: prepared, or as scripts, which show no results. */
type Way = "prepare" | "exec";

/** Plays a scenario through the better-sqlite3 face, on a captured file or on a plain one. */
export async function playFacade(
  path: string,
  scenario: Scenario,
  capture: "on" | "off",
  way: Way,
): Promise<Recording> {
  foreign(path, (scenario.given ?? []).join(";\n"));
  const before = stateOf(path);
  if (capture === "on") {
    const { except } = scenario.setting ?? CAPTURE_ON;
    const setting = except.length === 0 ? "on" : { except };
    // Both journal modes.
    await open(path, { capture: setting, journal: way === "exec" ? "kept" : "wal" }).close();
  }
  // The face finds out by itself that the file is captured.
  let db: Facade = new Database(path);
  const seen: string[] = [];
  for (const step of scenario.steps) {
    if (typeof step === "object" && ("reopen" in step || "foreign" in step)) {
      db.close();
      if ("foreign" in step) foreign(path, step.foreign);
      db = new Database(path);
    } else seen.push(...play(db, step, way));
  }
  const schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema";
  seen.push(...play(db, schema, "prepare").toSorted());
  db.close();
  return { before, after: stateOf(path), seen, ...logOf(path, capture) };
}

function foreign(path: string, script: string): void {
  const other = new DatabaseSync(path, { enableDoubleQuotedStringLiterals: false });
  other.exec(script);
  other.close();
}

function stateOf(path: string): DatabaseState {
  const driver = new NodeSqlDriver(path, { readonly: true });
  const state = readState(driver);
  driver.close();
  return state;
}

function logOf(path: string, capture: "on" | "off"): Pick<Recording, "transactions" | "entries"> {
  if (capture === "off") return { transactions: [], entries: [] };
  const driver = new NodeSqlDriver(path, { readonly: true });
  const log = new LogReader(driver);
  const transactions = log.transactions(LSN_ZERO, 1_000_000);
  const entries = log.entries(LSN_ZERO, 1_000_000).map(({ lsn, code }) => ({ lsn, code }));
  driver.close();
  return { transactions, entries };
}

function play(
  db: Facade,
  step: Exclude<Step, { readonly reopen: true } | { readonly foreign: string }>,
  way: Way,
): string[] {
  return see(() => {
    if (typeof step === "object" && "capture" in step) throw new Error("no face does that");
    if (typeof step === "object" && "recursive" in step) {
      db.exec(`PRAGMA recursive_triggers = ${step.recursive ? "ON" : "OFF"}`);
      return [];
    }
    if (typeof step === "object" && "batch" in step) {
      return db.transaction(() => step.batch.flatMap((one) => run(db, one, way)))();
    }
    return run(db, step, way);
  });
}

function run(db: Facade, step: Sql, way: Way): string[] {
  const { sql, params } = typeof step === "string" ? { sql: step, params: [] } : step;
  if (way === "exec" && params.length === 0) {
    db.exec(sql);
    return [`${db.inTransaction}`];
  }
  const statement = db.prepare(sql).safeIntegers();
  const rows = statement.reader ? statement.raw().all(params) : [];
  const done = statement.reader ? null : statement.run(params);
  return [
    `${done?.changes} ${done?.lastInsertRowid} ${db.inTransaction}`,
    ...rows.map((row) => encodeRow(row as never)),
  ];
}

function see(body: () => string[]): string[] {
  try {
    return body();
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return [`${name} ${code} ${message}`];
  }
}
