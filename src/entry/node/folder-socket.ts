import path from "node:path";
import { LocalDatabase } from "../../engine/session/local-database.ts";
import { exitTasks } from "../../platform/node/exit-tasks.ts";
import { sweepCopies } from "../../platform/node/copy/file-copies.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { sharedFiles } from "../../platform/node/files/shared-files.ts";
import { holdPgPath } from "../../platform/node/net/pg-listener.ts";
import type { HeldListener } from "../../platform/node/net/pg-listener.ts";
import type { ByteSession, ByteSink } from "../../ports/byte-stream.ts";
import type { DataFolder } from "../../server/data-folder.ts";
import { FileHold } from "./file-hold.ts";

/** The shortest limit of a unix socket's path (macOS), without its ending NUL. */
const MOST_PATH_BYTES = 103;
/** Programs on one folder; each connection costs its owner a few kB. */
const MOST_CONNECTIONS = 100;

/** Who may come in by the socket of an embedded folder, and to what. */
export const ATTACHED = { user: "dosql", database: "main" } as const;

/** Where a data folder's socket lies; null where there can be none. */
export function socketOf(folder: string): string | null {
  const socket = path.join(folder, "socket");
  const possible = process.platform !== "win32" && Buffer.byteLength(socket) <= MOST_PATH_BYTES;
  return possible ? socket : null;
}

/**
 * The socket of a data folder that this process has embedded: it is there while anybody here has
 * the folder open, and other processes attach to it. It keeps no process alive, and what answers
 * is loaded when somebody comes. Whoever attaches is served when the event loop turns.
 */
export class FolderSocket {
  readonly #folder: DataFolder;
  #users = 0;
  /** A server of this process has the socket's place. */
  #lent = 0;
  #listener: HeldListener | null = null;
  /** What sessions use, once there was one. */
  #database: { readonly database: LocalDatabase; readonly hold: FileHold } | null = null;
  readonly #atExit = (): void => this.#close();

  private constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** The one of a folder in this process. */
  static of(folder: DataFolder): FolderSocket {
    const sockets = sharedFiles<unknown>();
    const key = path.join(folder.path, "socket");
    const found = sockets.get(key);
    // Of another copy of this package, which cannot open the same file anyway.
    if (found instanceof FolderSocket) return found;
    const made = new FolderSocket(folder);
    sockets.set(key, made);
    return made;
  }

  /** A program opens the folder. Call what is returned, once, before giving it back. */
  enter(): () => void {
    this.#users += 1;
    // The name is the next owner's as soon as the folder is.
    if (this.#users === 1) exitTasks().addEarly(this.#atExit);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      this.#users -= 1;
      if (this.#users > 0) return;
      exitTasks().deleteEarly(this.#atExit);
      this.#close();
      this.#forget();
    };
    try {
      this.#listen();
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** Leaves the socket's place to a server until the returned call. */
  lend(): () => void {
    this.#lent += 1;
    this.#close();
    return () => {
      this.#lent -= 1;
      if (this.#users > 0) this.#listen();
      this.#forget();
    };
  }

  #listen(): void {
    const socket = socketOf(this.#folder.path);
    if (this.#listener !== null || this.#lent > 0 || socket === null) return;
    // Left behind by a crash: the folder's lock says that nobody listens there.
    nodeFiles.remove(socket);
    sweepCopies(this.#folder.shardFile);
    this.#listener = holdPgPath(socket, {
      maxConnections: MOST_CONNECTIONS,
      openSession: (sink) => new LateSession(sink, () => this.#sessions()),
    });
    if (this.#listener !== null) this.#folder.announce({ socket });
  }

  /** Ends the sessions: what they left open is rolled back. */
  #close(): void {
    this.#listener?.stop();
    this.#listener = null;
    const used = this.#database;
    this.#database = null;
    if (used === null) return;
    // Those that wait for something end when it is here; nobody hears them any more.
    used.database.close().catch(() => undefined);
    const last = used.hold.release();
    void last?.readerHost?.close();
    last?.close();
  }

  #forget(): void {
    if (this.#users + this.#lent > 0) return;
    sharedFiles<unknown>().delete(path.join(this.#folder.path, "socket"));
  }

  async #sessions(): Promise<((sink: ByteSink) => ByteSession) | null> {
    const { attachedSessions } = await import("./attached-sessions.ts");
    // Closed meanwhile.
    if (this.#listener === null) return null;
    this.#database ??= opened(this.#folder.shardFile);
    const gone = `process ${process.pid}, which owned the data folder, has closed it`;
    return attachedSessions(this.#database.database, ATTACHED, gone);
  }
}

/** The durability is that of whoever has the file open here. */
function opened(file: string): { readonly database: LocalDatabase; readonly hold: FileHold } {
  const hold = new FileHold(file);
  const shard = hold.openShard({ synchronous: "NORMAL" });
  return { hold, database: new LocalDatabase(shard, () => null) };
}

/** A session whose code is loaded while its first bytes wait. */
class LateSession implements ByteSession {
  #inner: ByteSession | null = null;
  #early: Uint8Array[] = [];
  #over = false;
  readonly #sink: ByteSink;

  constructor(sink: ByteSink, load: () => Promise<((sink: ByteSink) => ByteSession) | null>) {
    this.#sink = sink;
    load().then(
      (open) => (open === null ? this.shutdown() : this.#begin(open)),
      () => this.shutdown(),
    );
  }

  receive(bytes: Uint8Array): void {
    if (this.#inner === null) this.#early.push(bytes);
    else this.#inner.receive(bytes);
  }

  drained(): void {
    this.#inner?.drained();
  }

  closed(): void {
    this.#over = true;
    this.#inner?.closed();
  }

  shutdown(): void {
    if (this.#over) return;
    if (this.#inner !== null) {
      this.#inner.shutdown();
      return;
    }
    this.#over = true;
    this.#sink.end();
  }

  #begin(open: (sink: ByteSink) => ByteSession): void {
    if (this.#over) return;
    this.#inner = open(this.#sink);
    for (const bytes of this.#early.splice(0)) this.#inner.receive(bytes);
  }
}
