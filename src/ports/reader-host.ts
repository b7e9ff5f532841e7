import type { Moment } from "../base/moment.ts";
import type { ResultLimits } from "../base/row-size.ts";
import type { Row } from "../base/value.ts";
import type { ColumnInfo, IntegerMode } from "./sql-driver.ts";

/** A read that may take long, for a process other than the one that serves. */
export interface ReaderTask {
  readonly sql: string;
  readonly params: Row;
  readonly integers: IntegerMode;
  /** Absent: the default ones. */
  readonly limits?: ResultLimits;
  /** It reads tables as they were; `everywhere` is the time of those that say none. */
  readonly past?: { readonly everywhere: Moment | null };
}

/** What a reader answers. */
export interface ReaderRows {
  readonly columns: readonly ColumnInfo[];
  readonly rows: Row[];
}

/**
 * A running task. After `kill(error)` the result rejects with that error and the process is gone.
 */
export interface ReaderCall {
  readonly result: Promise<ReaderRows>;
  kill(error: Error): void;
}

/**
 * A pool of reader processes over one shard file. A synchronous SQLite call cannot be
 * interrupted inside its process (measured), so cancelling means killing the process.
 */
export interface ReaderHost {
  read(task: ReaderTask): ReaderCall;
  close(): Promise<void>;
}
