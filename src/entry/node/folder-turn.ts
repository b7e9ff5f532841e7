import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { DosqlError } from "../../base/errors.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import type { PipeTarget } from "../../ports/sync-pipe.ts";
import { parseOwner } from "../../server/data-folder.ts";
import type { OwnerRecord } from "../../server/data-folder.ts";
import { ATTACHED } from "./folder-socket.ts";
import { remoteTarget } from "./remote-url.ts";

const SHARD_PATH = /[\\/]databases[\\/][^\\/]+[\\/]shard-\d+\.sqlite$/;
/** An owner that has nothing else to do needs a moment, too. */
const LEAST_PATIENCE_MS = 1_000;
/** Between two looks at who owns a folder. */
const PAUSE_MS = 20;

/** A process that owns a data folder and lets others attach. */
export interface FolderOwner {
  readonly pid: number;
  readonly folder: string;
  readonly target: PipeTarget;
  /** It may come and go with a program, and answers when that gives way. */
  readonly embeds: boolean;
  /** How long whoever attaches waits for its answer. */
  readonly patienceMs: number;
}

/**
 * One opening of what another process may own: it is waited for where it is about to end, or
 * cannot be attached to yet.
 */
export class FolderTurn {
  /** Whom to attach to. */
  owner: FolderOwner | null = null;
  /** Why it was not opened. */
  refusal: unknown = null;
  readonly #source: unknown;
  readonly #patienceMs: number;
  readonly #untilMs: number;

  /** @param timeoutMs how long it may take */
  constructor(source: unknown, timeoutMs: number) {
    this.#source = source;
    this.#patienceMs = Math.max(LEAST_PATIENCE_MS, timeoutMs);
    this.#untilMs = performance.now() + this.#patienceMs;
  }

  get over(): boolean {
    return performance.now() >= this.#untilMs;
  }

  /** Opens it; null: `owner` can be attached to. */
  open<T>(body: () => T): T | null {
    for (;;) {
      this.owner = null;
      try {
        return body();
      } catch (error) {
        const folder = ownedFolder(error, this.#source);
        if (folder === null) throw error;
        const record = readOwner(folder);
        this.refusal = error;
        if (record !== null) this.owner = this.#ownerOf(folder, record);
        if (this.owner !== null) return null;
        // This very process: another thread, which shares nothing.
        if (this.over || record?.pid === process.pid) throw error;
        this.pause();
      }
    }
  }

  pause(): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }

  #ownerOf(folder: string, record: OwnerRecord): FolderOwner | null {
    const { pid, socket = null, pgUrl } = record;
    if (socket === null && pgUrl === undefined) return null;
    const url = pgUrl === undefined ? null : new URL(pgUrl);
    const embeds = url === null;
    const patienceMs = this.#patienceMs;
    const target = remoteTarget({
      label: socket ?? pgUrl?.replace(/\?.*$/, "") ?? folder,
      host: url?.hostname ?? "",
      port: Number(url?.port ?? 0),
      socket,
      tls: null,
      user: decodeURIComponent(url?.username ?? "") || ATTACHED.user,
      password: null,
      database: decodeURIComponent(url?.pathname.slice(1) ?? "") || ATTACHED.database,
      parameters: [],
      lockTimeoutMs: patienceMs,
      ...(embeds ? { patienceMs } : {}),
    });
    return { pid, folder, target, embeds, patienceMs };
  }
}

/** The data folder that an opening was refused because of; null when that was not the reason. */
function ownedFolder(error: unknown, source: unknown): string | null {
  if (!(error instanceof DosqlError) || error.code !== "owned") return null;
  if (typeof source !== "string") return null;
  const given = path.resolve(source.trim());
  const isFolder = existsSync(given) && statSync(given).isDirectory();
  return isFolder ? given : given.replace(SHARD_PATH, "");
}

/** Somebody holds the lock, so what the file says is of now, or of a moment ago. */
function readOwner(folder: string): OwnerRecord | null {
  const text = nodeFiles.readText(path.join(folder, "owner"));
  return text === null ? null : parseOwner(text);
}
