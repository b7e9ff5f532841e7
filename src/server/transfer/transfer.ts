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

/** A part of an upload. One that comes at once is all of it. */
export interface UploadPart {
  /** Bytes that came before it. */
  readonly at: number;
  readonly isLast: boolean;
}

/** What an import did, or null while it goes on. */
export type ImportStep = ImportReport | null;

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
  /**
   * Keeps a script, or a part of it, until it is ingested.
   *
   * @throws DosqlError `misuse` for one that came already, and for a part out of turn
   */
  receive(script: string, pieces: AsyncIterable<Uint8Array>, part?: UploadPart): Promise<void>;
  /**
   * Runs a received script, all of it or nothing, and forgets it. Answers when it is done or after
   * some seconds; then `poll` tells how it goes on.
   */
  ingest(script: string): Promise<ImportStep>;
  /**
   * What became of a script that is being ingested, or was in the last hour.
   *
   * @throws DosqlError `not-found`, and whatever the import failed with
   */
  poll(script: string): Promise<ImportStep>;
  /**
   * Writes the database down as it is now, where its home cannot hold still while somebody reads
   * slowly; elsewhere only checks the options.
   */
  prepare(script: string, options: ExportOptions): Promise<void>;
  /** The script that `prepare` promised. */
  exported(script: string, options: ExportOptions): AsyncIterable<Uint8Array>;
}
