/** A file that is written here, and is seen by nobody before it is complete. */
export interface BackupFile {
  /**
   * Adds bytes to its end.
   *
   * @throws DosqlError `sqlite`, in SQLite's words
   */
  write(bytes: Uint8Array): void;
  /** Brings it to its place, where an older database is replaced in one transaction. */
  finish(): Promise<void>;
  /** Leaves the place as it was. */
  discard(): void;
}

/** Where backups of a database go that is elsewhere. */
export interface BackupFiles {
  /**
   * Begins a file for a place.
   *
   * @throws DosqlError `sqlite` SQLITE_CANTOPEN, SQLITE_NOTADB when something else is there
   */
  begin(path: string): BackupFile;
  /** Lets the program do something else for so long; 0: for one turn. */
  pause(ms: number): Promise<void>;
}
