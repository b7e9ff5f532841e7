/** A copy of a data folder that somebody wants. */
export interface RestoreRequest {
  /** The data folder; null when only its archive is left. */
  readonly data: string | null;
  /** Its archive; null for the data folder's own. */
  readonly archive: string | null;
  /** A time, a log sequence number, or `latest`. */
  readonly to: string;
  /** The data folder to be made. */
  readonly out: string;
  /** Tables that are made without rows, because their changes were not captured. */
  readonly without: readonly string[];
  /** Begin a snapshot earlier, and compare the rows at the later one. */
  readonly verify: boolean;
}

/** What a restore made. */
export interface RestoreReport {
  /** The new data folder, absolute. */
  readonly out: string;
  /** The end of the last transaction that is in it. */
  readonly lsn: number;
  /** When that was committed, milliseconds since 1970. */
  readonly timeMs: number;
  /** The snapshot that it began with. */
  readonly snapshotLsn: number;
  readonly rows: number;
  readonly entries: number;
  readonly transactions: number;
  /** Positions at which all rows were compared with a snapshot. */
  readonly verifiedAt: readonly number[];
  /** Whether the database's own log was read too; else what the archive has not yet is missing. */
  readonly fromDatabase: boolean;
  /** Indexes that could not be made here, each with its reason. */
  readonly leftOut: readonly string[];
  /** Nothing is known of what came later. */
  readonly atEnd: boolean;
}

/** Shows how far a restore is; true when the user wants to stop. */
export type RestoreStep = (part: number | null, note: string) => Promise<boolean>;
