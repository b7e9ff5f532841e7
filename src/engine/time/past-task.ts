import type { Row } from "../../base/value.ts";
import type { ReaderTask } from "../../ports/reader-host.ts";
import type { ColumnInfo, SqlDriver } from "../../ports/sql-driver.ts";
import { CheckedLog } from "./checked-log.ts";
import { PastStatement } from "./past-statement.ts";

/** A read of the past in a reader process, where nothing else runs until it is closed. */
class PastTask {
  readonly #statement: PastStatement;
  #isOpen = true;

  constructor(driver: SqlDriver, { sql, params, past }: ReaderTask, checked: CheckedLog) {
    const everywhere = past?.everywhere ?? null;
    this.#statement = PastStatement.open(
      driver,
      { sql, values: params, everywhere, checked },
      "read",
      false,
    );
  }

  get sql(): string {
    return this.#statement.sql;
  }

  get params(): Row {
    return this.#statement.values;
  }

  columns(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
    return this.#statement.columns(columns);
  }

  located(error: unknown): unknown {
    return this.#statement.located(error);
  }

  close(): void {
    if (this.#isOpen) this.#statement.close();
    this.#isOpen = false;
  }
}

/** Opens tasks of a reader process, which has one file, that read tables as they were. */
export function pastTasks(): (driver: SqlDriver, task: ReaderTask) => PastTask {
  const checked = new CheckedLog();
  return (driver, task) => new PastTask(driver, task, checked);
}
