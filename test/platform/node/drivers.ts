import { createRequire } from "node:module";
import { referenceState } from "../../../scripts/references.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Row, SqlValue } from "../../../src/base/value.ts";
import { BetterSqlite3Driver } from "../../../src/platform/node/better-sqlite3/driver.ts";
import type { BetterSqlite3 } from "../../../src/platform/node/better-sqlite3/library.ts";
import type { ConnectionOptions } from "../../../src/platform/node/sqlite/connection-settings.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";

/** Whether the real better-sqlite3 is there; if not, why its tests skip. */
export const reference = referenceState("better-sqlite3");

/** The real better-sqlite3. */
export function library(): BetterSqlite3 {
  const folder = new URL("../../../compat-tests/better-sqlite3/package.json", import.meta.url);
  return createRequire(folder)("better-sqlite3") as BetterSqlite3;
}

type Open = (path?: string, options?: ConnectionOptions) => SqlDriver;

/** Node's drivers by name; without a path they open a database in memory. */
export const DRIVERS: Readonly<Record<string, Open>> = {
  "node:sqlite": (file = ":memory:", options = {}) => new NodeSqlDriver(file, options),
  "better-sqlite3": (file = ":memory:", options = {}) =>
    new BetterSqlite3Driver(library(), file, options),
};

/** What a call throws, which must be ours. */
export function failure(body: () => unknown): DosqlError {
  try {
    body();
  } catch (error) {
    if (error instanceof DosqlError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

/** All rows of a statement, INTEGERs as bigint. */
export function all(driver: SqlDriver, sql: string, params: Row = []): Row[] {
  return driver.prepare(sql).all(params, "bigint");
}

/** The first value of its first row. */
export function value(driver: SqlDriver, sql: string): SqlValue | undefined {
  return all(driver, sql)[0]?.[0];
}
