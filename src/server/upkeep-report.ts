/** What `checkpoint` did to a data folder. */
export interface CheckpointReport {
  /** Transactions that got their checksum. */
  readonly sealed: number;
  /** Files that were added to the archive. */
  readonly segments: number;
  /** The last entry of the change log in the archive; null when there is no archive. */
  readonly archivedLsn: number | null;
  /** Where a snapshot was taken, if one was. */
  readonly snapshotLsn: number | null;
  /** Entries that were deleted from the change log. */
  readonly trimmed: number;
}

/** Sizes of a database file, and what its archive lost. */
export interface VacuumReport {
  readonly beforeBytes: number;
  readonly afterBytes: number;
  /** Files that were deleted from the archive; null when nobody asked for that. */
  readonly deletedFiles: number | null;
}
