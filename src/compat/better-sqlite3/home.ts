import type { SyncDatabase } from "../../engine/sync-database.ts";

/** What `new Database(…)` asks for, with every default filled in. */
export interface OpenRequest {
  /** A path, `""` for a temporary file, `":memory:"`, or the bytes of a database. */
  readonly source: string | Uint8Array;
  readonly readonly: boolean;
  readonly fileMustExist: boolean;
  /** How long a statement waits for another connection's lock. */
  readonly timeoutMs: number;
}

/** What the facade cannot do itself: Node's own classes, files and the engine. */
export interface FacadeHome {
  /** @throws DosqlError */
  open(request: OpenRequest): SyncDatabase;
  isBuffer(value: unknown): value is Uint8Array;
  /** A Buffer over the same memory. */
  readonly toBuffer: (bytes: Uint8Array) => Uint8Array;
  /** Whether the folder that holds this path exists. */
  hasFolder(path: string): boolean;
}
