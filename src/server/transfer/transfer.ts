import type { Bookmark } from "../../base/bookmark.ts";

/** What an import did. */
export interface ImportReport {
  readonly statements: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** The position behind it. */
  readonly bookmark: Bookmark;
}

/** What goes into an export. */
export interface ExportOptions {
  /** Only these; empty for all. */
  readonly tables: readonly string[];
  readonly schema: boolean;
  readonly data: boolean;
}

/**
 * Moves whole scripts in and out of one database, piece by piece. A script in transit has a name,
 * which begins with the time it was given.
 */
export interface Transfer {
  /** Keeps a script until it is ingested. */
  receive(script: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Runs a received script as one transaction, and forgets it. */
  ingest(script: string): Promise<ImportReport>;
  /**
   * Writes the database down as it is now, where its home cannot hold still while somebody reads
   * slowly; elsewhere only checks the options.
   */
  prepare(script: string, options: ExportOptions): Promise<void>;
  /** The script that `prepare` promised. */
  exported(script: string, options: ExportOptions): AsyncIterable<Uint8Array>;
}
