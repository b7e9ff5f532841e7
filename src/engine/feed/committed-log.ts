import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { LogReader } from "../log/log-reader.ts";
import { SealTable } from "../log/seal-table.ts";

/**
 * The log as those who follow it may see it. Where one connection does everything, an open
 * transaction's entries stand after the newest commit entry, which is why nobody reads further.
 */
export class CommittedLog {
  readonly reader: LogReader;
  readonly seals: SealTable;
  readonly #driver: SqlDriver;
  #exists = false;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.reader = new LogReader(driver);
    this.seals = new SealTable(driver);
  }

  /** Whether the file has a log; it comes with the first capture. */
  get exists(): boolean {
    this.#exists ||= this.#find();
    return this.#exists;
  }

  /** The end of the newest transaction; 0 before the first one. */
  head(): Lsn {
    return this.reader.lastCommit()?.lsn ?? LSN_ZERO;
  }

  #find(): boolean {
    const rows = this.#driver
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")
      .all([`${this.#driver.caps.hiddenPrefix}log`], "number");
    return rows.length > 0;
  }
}

/** What one hears who would follow a database without capture. */
export function notCaptured(): DosqlError {
  return new DosqlError("misuse", "changes of this database are not captured", {
    hint: "turn capture on where it is opened",
  });
}
