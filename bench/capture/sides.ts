import path from "node:path";
import { realDatabase } from "../../compat-tests/better-sqlite3/libraries.ts";
import { BookmarkClock } from "../../src/engine/bookmark-clock.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { ChangeLog } from "../../src/engine/capture/change-log.ts";
import { ensureFormat } from "../../src/engine/meta-table.ts";
import { BetterSqlite3Driver } from "../../src/platform/node/better-sqlite3/driver.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../src/ports/sql-driver.ts";

/** Rows of the table at the start of each round. */
export const ROWS = 10_000;

/** One file on one driver, with or without capture. */
export class Side {
  readonly driver: SqlDriver;
  readonly changes: ChangeLog;
  readonly captured: boolean;

  constructor(driver: SqlDriver, captured: boolean) {
    this.driver = driver;
    this.captured = captured;
    ensureFormat(driver);
    const clock = new BookmarkClock(systemClock);
    this.changes = new ChangeLog(driver, clock, captured ? CAPTURE_ON : null);
    this.changes.runDdl("", () =>
      driver.exec(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER, note TEXT)",
      ),
    );
    this.refill();
  }

  /** The table as every round finds it, and a log that is empty but for its head. */
  refill(): void {
    this.transaction(() => {
      this.driver.exec(
        "DELETE FROM item; " +
          `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${ROWS}) ` +
          "INSERT INTO item SELECT i, 'item ' || i, i * 1.25, i % 100, 'some text' FROM n",
      );
    });
    if (this.captured) {
      this.driver.exec(
        "DELETE FROM _cf_dosql_log WHERE lsn < (SELECT max(lsn) FROM _cf_dosql_log)",
      );
    }
    this.driver.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** As a session's BEGIN … COMMIT: the boundary is in the log before the commit. */
  transaction(body: () => void): void {
    this.driver.exec("BEGIN IMMEDIATE");
    body();
    this.changes.boundary();
    this.driver.exec("COMMIT");
  }
}

/** A driver by its name, with a file of each kind. */
export interface Pair {
  readonly name: string;
  readonly plain: Side;
  readonly captured: Side;
}

/** Both drivers, each with and without capture, in a folder. */
export function openPairs(folder: string, synchronous: "FULL" | "NORMAL"): Pair[] {
  const library = realDatabase();
  const open = {
    "node:sqlite": (file: string) => new NodeSqlDriver(file, { synchronous }),
    "better-sqlite3": (file: string) => new BetterSqlite3Driver(library, file, { synchronous }),
  };
  return Object.entries(open).map(([name, driver]) => {
    const file = (kind: string): string =>
      path.join(folder, `${name.replace(":", "-")}-${synchronous}-${kind}.db`);
    return {
      name,
      plain: new Side(driver(file("plain")), false),
      captured: new Side(driver(file("captured")), true),
    };
  });
}
