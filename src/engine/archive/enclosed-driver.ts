import { DosqlError } from "../../base/errors.ts";
import type { DriverCaps, DriverStatement, RunResult, SqlDriver } from "../../ports/sql-driver.ts";

/** What a restore says between its steps, where it has a file for itself. */
const STEP = /^(?:BEGIN|COMMIT(?:; BEGIN)?|(?:SAVEPOINT|RELEASE) \w+)$/;
const SETTING = /^PRAGMA (?:foreign_keys|user_version) = /;

/**
 * A connection that is inside a transaction of the caller's, for a restore that would make its
 * own: nothing of it is committed before the caller does, and nothing of it can be taken back
 * alone. Keys and CHECKs are not enforced there, and the file's header is not to be had.
 */
export class EnclosedDriver implements SqlDriver {
  readonly caps: DriverCaps;
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.caps = driver.caps;
  }

  get inTransaction(): boolean {
    return true;
  }

  prepare(sql: string): DriverStatement {
    return this.#driver.prepare(sql);
  }

  exec(sql: string): void {
    if (STEP.test(sql) || SETTING.test(sql)) return;
    if (sql.startsWith("ROLLBACK TO ")) {
      throw new DosqlError("bug", "a restore went beyond the transaction that it was to end with");
    }
    this.#driver.exec(sql);
  }

  atomically<T>(body: () => T): T {
    return this.#driver.atomically(body);
  }

  lastRun(): RunResult {
    return this.#driver.lastRun();
  }

  sizeBytes(): number {
    return this.#driver.sizeBytes();
  }

  close(): void {}
}
