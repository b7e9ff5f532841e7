import type { ChangeStatus } from "../ports/change-source.ts";

/** What a database file says of its change log. */
export interface ChangeReport extends ChangeStatus {
  /** The oldest entry that is kept; null in an empty log. */
  readonly oldest: number | null;
  /** When the newest transaction was committed, milliseconds since 1970; null before the first. */
  readonly newestMs: number | null;
  /** Virtual tables whose rows neither the log nor another table tells. */
  readonly uncaptured: readonly string[];
  /** Null without one. */
  readonly archive: ArchiveReport | null;
}

/** What an archive holds. */
export interface ArchiveReport {
  readonly folder: string;
  /** The last entry that is there; null before the first segment. */
  readonly archivedLsn: number | null;
  /** Positions of the oldest and the newest snapshot; null before the first. */
  readonly oldestSnapshot: number | null;
  readonly newestSnapshot: number | null;
}
