import type { ErrorCode } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import type { ReaderTask } from "../../../ports/reader-host.ts";

/** What a reader process is told. */
export interface ReaderRequest extends ReaderTask {
  readonly id: number;
}

/** What it answers: rows in slices, the last one says so; or an error. */
export type ReaderReply =
  | {
      readonly kind: "rows";
      readonly id: number;
      /** With the first slice only. */
      readonly columns?: readonly ColumnInfo[];
      readonly rows: Row[];
      readonly last: boolean;
    }
  | {
      readonly kind: "error";
      readonly id: number;
      readonly message: string;
      readonly code: ErrorCode;
      readonly sqlite?: string;
      readonly at?: number;
      readonly hint?: string;
    };

/** Rows in one message: enough to amortise the pipe, few enough not to hold the serving thread. */
export const SLICE_ROWS = 1_000;

/** Bytes of values in one message, for tables with large values. */
export const SLICE_BYTES = 1_048_576;
