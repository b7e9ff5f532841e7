import type { SyncDatabase } from "../../engine/session/sync-database.ts";
import type { NativeOpened } from "./native/native-library.ts";
import type { Given } from "./options.ts";
import type { NameTurns } from "./settled-names.ts";

/** What `new Database(…)` asks for, with every default filled in. */
export interface OpenRequest {
  /** A path, `""` for a temporary file, `":memory:"`, or the bytes of a database. */
  readonly source: string | Uint8Array;
  /** What was given instead of a name or bytes, where the home takes such a thing. */
  readonly storage?: unknown;
  readonly readonly: boolean;
  readonly fileMustExist: boolean;
  /** How long a statement waits for another connection's lock. */
  readonly timeoutMs: number;
  /** Told every statement before it runs. */
  readonly log: ((sql: string) => void) | null;
  /** As they were given: a home may know more of them. */
  readonly options: Given;
}

/** What the facade cannot do itself: Node's own classes, files and the engine. */
export interface FacadeHome {
  /**
   * Null: what kept `openNative` from opening it is over, and it may try again.
   *
   * @throws DosqlError
   */
  open(request: OpenRequest): SyncDatabase | null;
  /**
   * Opens with better-sqlite3 itself what is to be opened so; null for all else. Arguments are
   * those of `new Database`, not checked: the library does that.
   */
  openNative(source: unknown, options: unknown): NativeOpened | null;
  /** Shared by all connections, which may alter each other's tables. */
  readonly names: NameTurns;
  /** The name of something that is no path and no bytes, and that `open` knows how to open. */
  nameOf?(value: unknown): string | null;
  isBuffer(value: unknown): value is Uint8Array;
  /** A Buffer over the same memory. */
  readonly toBuffer: (bytes: Uint8Array) => Uint8Array;
  /** Whether the folder that holds this path exists. */
  hasFolder(path: string): boolean;
}
