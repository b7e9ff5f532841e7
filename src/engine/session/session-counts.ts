/** What `changes()` and `total_changes()` answer. */
export interface SessionCounts {
  changes: bigint;
  totalChanges: bigint;
}

/** Who has a `last_insert_rowid()` of its own. */
export interface RowidHolder {
  readonly lastRowid: bigint;
}
