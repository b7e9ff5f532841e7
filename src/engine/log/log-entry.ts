import type { Lsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import { ENTRY } from "./layout.ts";
import type { EntryCode } from "./layout.ts";
import type { Relation } from "./relation.ts";

/** One row of the log with all its values. */
export interface LogEntry {
  readonly lsn: Lsn;
  readonly code: EntryCode;
  /** Null for `ddl` and `commit`. */
  readonly relation: Relation | null;
  readonly values: Row;
}

/** How many values an entry of that kind holds. */
export function valueCount(relation: Relation, code: EntryCode): number {
  const image = relation.columns.length + (relation.rowid ? 1 : 0);
  return code === ENTRY.update ? image * 2 : image;
}
