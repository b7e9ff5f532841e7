/** What stands at a path; links are followed. */
export interface FileInfo {
  readonly kind: "file" | "folder" | "other";
  readonly sizeBytes: number;
}

/**
 * The few file operations that a data folder and the command line need. Synchronous, because
 * the embedded faces are. Paths are the home's own; every failure of the operating system is
 * a `DosqlError`: `bad-file` when the path is at fault, `io` when the device is.
 */
export interface Files {
  /** The path made absolute. */
  absolute(path: string): string;
  join(...parts: readonly string[]): string;
  /** The folder that holds `path`. */
  parent(path: string): string;
  /** Null when nothing is there. */
  info(path: string): FileInfo | null;
  /** Names in a folder, without `.` and `..`. */
  list(path: string): string[];
  /** The whole text, or null when nothing is there. */
  readText(path: string): string | null;
  /** The first bytes of a file; fewer when it is shorter. */
  readStart(path: string, count: number): Uint8Array;
  /** Replaces a file by one rename, so that a reader sees the old text or the new one. */
  replaceText(path: string, text: string, mode: number): void;
  /** Creates a file with its text; false when it exists already. */
  createText(path: string, text: string, mode: number): boolean;
  /** Adds to the end of a file and creates it with `mode` when it is missing. */
  appendText(path: string, text: string, mode: number): void;
  /** Creates one folder; its parent must exist. Nothing happens when it is there already. */
  makeFolder(path: string, mode: number): void;
  /** Throws `bad-file` unless this process may read and write in the folder. */
  checkAccess(path: string): void;
  /** Moves a file over another one. */
  rename(from: string, to: string): void;
  /** Removes a file; nothing happens when it is missing. */
  remove(path: string): void;
}

/** A lock held by this process. */
export interface FileLock {
  release(): void;
}

/** Locks that the operating system drops by itself when their process ends, however it ends. */
export interface FileLocks {
  /** Null when somebody else holds it. Never waits. The file is created when it is missing. */
  acquire(path: string): FileLock | null;
}
