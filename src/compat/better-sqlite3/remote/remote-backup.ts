import { DosqlError } from "../../../base/errors.ts";
import type { BackupFile, BackupFiles } from "../../../ports/backup-files.ts";
import type { CopySize } from "../../../ports/copy-host.ts";
import type { BackupProgress } from "../../../ports/embedded-driver.ts";
import type { RemoteConnection } from "./remote-connection.ts";
import { RemoteCopy } from "./remote-copy.ts";

/** Bytes that a SQLite has in memory at most, and so a Buffer of a database. */
const MOST_BYTES = 0x7fffffff;
/** How often the server is asked whether its copy is complete: at first, and later. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/** What `backup` was asked for. */
export interface BackupOrder {
  readonly schema: string;
  readonly path: string;
  /** Told how far it is, says how many pages come next; 0 waits. What it throws ends it. */
  readonly nextSlice: (state: BackupProgress) => number;
}

/** Whoever closes a connection ends what it is copying. */
type IsClosed = () => boolean;

/** What the open transaction sees, else what is committed, as one array. */
export function serializeRemote(connection: RemoteConnection, schema: string): Uint8Array {
  const copy = new RemoteCopy(connection, schema, false);
  try {
    const { pages, pageSize } = copy.wait();
    const sizeBytes = pages * pageSize;
    if (sizeBytes > MOST_BYTES) {
      const message = `serialize() of ${sizeBytes} bytes: a Buffer of a database has 2 GiB at most`;
      throw new DosqlError("limit", message, { hint: "use backup()" });
    }
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes;) {
      const piece = copy.read(at / pageSize, pages - at / pageSize);
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  } finally {
    copy.close();
  }
}

/**
 * A backup of what is committed when it begins. The server copies while the program goes on; then
 * the pages come slice by slice, as SQLite's own backups have them.
 */
export class RemoteBackup {
  readonly #connection: RemoteConnection;
  readonly #files: BackupFiles;
  readonly #isClosed: IsClosed;

  constructor(connection: RemoteConnection, files: BackupFiles, isClosed: IsClosed) {
    this.#connection = connection;
    this.#files = files;
    this.#isClosed = isClosed;
  }

  async run(order: BackupOrder): Promise<BackupProgress> {
    const file = this.#files.begin(order.path);
    let copy: RemoteCopy | null = null;
    let done = false;
    try {
      copy = new RemoteCopy(this.#connection, order.schema, true);
      const size = await this.#complete(copy);
      await this.#fetch(copy, size, file, order.nextSlice);
      await file.finish();
      done = true;
      return { totalPages: size.pages, remainingPages: 0 };
    } finally {
      if (!done) file.discard();
      if (!this.#isClosed()) copy?.close();
    }
  }

  async #complete(copy: RemoteCopy): Promise<CopySize> {
    for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
      await this.#files.pause(ms);
      this.#refuseClosed();
      const size = copy.state();
      if (size !== null) return size;
    }
  }

  async #fetch(
    copy: RemoteCopy,
    { pages, pageSize }: CopySize,
    file: BackupFile,
    nextSlice: BackupOrder["nextSlice"],
  ): Promise<void> {
    let next = 0;
    for (;;) {
      const end = Math.min(
        pages,
        next + nextSlice({ totalPages: pages, remainingPages: pages - next }),
      );
      do {
        await this.#files.pause(0);
        this.#refuseClosed();
        if (next === end) break;
        const bytes = copy.read(next, end - next);
        file.write(bytes);
        next += bytes.length / pageSize;
      } while (next < end);
      if (next === pages) return;
    }
  }

  #refuseClosed(): void {
    if (this.#isClosed()) throw new DosqlError("misuse", "the connection was closed");
  }
}
