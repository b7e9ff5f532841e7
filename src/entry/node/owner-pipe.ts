import { DosqlError } from "../../base/errors.ts";
import type { SyncPipe } from "../../ports/sync-pipe.ts";
import type { FolderOwner } from "./folder-turn.ts";

/** A pipe to the process that owns a data folder, which may be busy, and may end. */
export class OwnerPipe implements SyncPipe {
  readonly #pipe: SyncPipe;
  readonly #owner: FolderOwner;
  #connected = false;

  constructor(pipe: SyncPipe, owner: FolderOwner) {
    this.#pipe = pipe;
    this.#owner = owner;
  }

  connect(): void {
    this.#explained(() => this.#pipe.connect());
    this.#connected = true;
  }

  begin(request: Uint8Array): void {
    this.#pipe.begin(request);
  }

  finish(): Uint8Array | null {
    return this.#explained(() => this.#pipe.finish());
  }

  close(): void {
    this.#pipe.close();
  }

  #explained<T>(body: () => T): T {
    const { pid, folder, patienceMs } = this.#owner;
    try {
      return body();
    } catch (error) {
      if (!(error instanceof DosqlError)) throw error;
      if (error.code === "busy") {
        const who = `process ${pid}, which owns ${folder}`;
        const message = `database is locked: ${who}, did not answer within ${patienceMs} ms`;
        throw new DosqlError("sqlite", message, { sqlite: "SQLITE_BUSY", cause: error });
      }
      const gone = /: (?:ENOENT|ECONNREFUSED)$/.test(error.message);
      if (error.code !== "connection" || !gone || !this.#connected) throw error;
      const message = `process ${pid}, which owned ${folder}, has ended or closed it`;
      throw new DosqlError("connection", message, {
        hint: "open the database again: whoever does so first owns the folder then",
        cause: error,
      });
    }
  }
}
