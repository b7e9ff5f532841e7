import { DosqlError } from "../../base/errors.ts";
import type { FacadeHome, OpenRequest } from "../../compat/better-sqlite3/home.ts";
import { RemoteDatabase } from "../../compat/better-sqlite3/remote/remote-database.ts";
import type { SyncDatabase } from "../../engine/session/sync-database.ts";
import { nodeBackupFiles } from "../../platform/node/copy/backup-files.ts";
import { BridgePipe } from "../../platform/node/bridge/bridge-pipe.ts";
import { NearPipe } from "../../platform/node/bridge/near-pipe.ts";
import type { PipeTarget, SyncPipe } from "../../ports/sync-pipe.ts";
import { processMain } from "../process-main.ts";
import type { FolderOwner } from "./folder-turn.ts";
import { FolderTurn } from "./folder-turn.ts";
import { OwnerPipe } from "./owner-pipe.ts";
import { isRemoteUrl, readRemoteUrl } from "./remote-url.ts";
import { inWorker, limitOf } from "./worker-home.ts";

/** Hosts that are this machine. */
const NEAR: ReadonlySet<string> = new Set(["127.0.0.1", "localhost"]);
const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * A home that opens URLs of servers, too, and attaches to the process that owns a data folder
 * where the other home may not open it.
 */
export function withRemote(home: FacadeHome): FacadeHome {
  // Of the opening that is under way: `open` follows `openNative`, and that a null of `open`.
  let turn: FolderTurn | null = null;
  const left: Left = new FinalizationRegistry((leave) => leave());
  return {
    ...home,
    open(request) {
      const { source } = request;
      const current = turn ?? new FolderTurn(source, request.timeoutMs);
      turn = null;
      if (typeof source === "string" && isRemoteUrl(source)) {
        return openRemote(readRemoteUrl(source, request.timeoutMs), request, left);
      }
      if (inWorker(request.options)) return home.open(request);
      const database = current.owner === null ? current.open(() => home.open(request)) : null;
      const { owner } = current;
      if (owner === null) return database;
      const attached = attach(owner, request, current, left);
      if (attached === null) turn = current;
      return attached;
    },
    openNative(source, options) {
      const current = turn ?? new FolderTurn(source, timeoutOf(options));
      turn = null;
      if (typeof source === "string" && isRemoteUrl(source.trim())) {
        refuseWorker(options);
        return null;
      }
      if (inWorker(options)) return home.openNative(source, options);
      const opened = current.open(() => home.openNative(source, options));
      if (opened === null) turn = current;
      return opened;
    },
    hasFolder: (file) => isRemoteUrl(file) || home.hasFolder(file),
  };
}

/** As far as it can be told before options are checked. */
function timeoutOf(options: unknown): number {
  const { timeout } = (options ?? {}) as { readonly timeout?: unknown };
  return typeof timeout === "number" && timeout >= 0 ? timeout : DEFAULT_TIMEOUT_MS;
}

/** Nothing of a program's own runs at a server. */
function refuseWorker(options: unknown): void {
  if (inWorker(options)) {
    throw new TypeError('The "binding" option cannot be "worker" for a database at a server');
  }
  if (limitOf(options) > 0) {
    throw new TypeError(
      'The "statementTimeoutMs" option needs the "binding" option "worker"; ' +
        "at a server it is ?statement_timeout=… in the URL",
    );
  }
}

function openRemote(target: PipeTarget, { readonly }: OpenRequest, left: Left): SyncDatabase {
  return new RemoteDatabase(pipeTo(target, left), nodeBackupFiles, { readonly });
}

/** Closes what nobody has any more. */
type Left = FinalizationRegistry<() => void>;

/** Bytes to a server of this machine go without a second thread. */
function pipeTo(target: PipeTarget, left: Left): SyncPipe {
  const { socket, host, port, tls } = target;
  const bridge = (): SyncPipe => new BridgePipe(processMain("bridge-worker"), target, left);
  const place = socket !== null ? { path: socket } : NEAR.has(host) ? { port } : null;
  return place === null || tls !== null ? bridge() : new NearPipe(place, target, bridge);
}

/** Null when the owner has gone meanwhile. */
function attach(
  owner: FolderOwner,
  request: OpenRequest,
  turn: FolderTurn,
  left: Left,
): SyncDatabase | null {
  const pipe = pipeTo(owner.target, left);
  try {
    const { readonly } = request;
    return new RemoteDatabase(new OwnerPipe(pipe, owner), nodeBackupFiles, { readonly });
  } catch (error) {
    pipe.close();
    const { refusal } = turn;
    if (!(error instanceof DosqlError) || !(refusal instanceof DosqlError)) throw error;
    if (error.code === "bug" || error.code === "sqlite") throw error;
    if (error.code === "connection" && owner.target.socket !== null && !turn.over) {
      turn.pause();
      turn.owner = null;
      return null;
    }
    // That somebody owns the folder is the news; why he does not let us in, the reason.
    throw new DosqlError("owned", `${refusal.message}; attaching to it failed: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}
