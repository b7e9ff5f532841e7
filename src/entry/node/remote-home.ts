import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { DosqlError } from "../../base/errors.ts";
import type { FacadeHome, OpenRequest } from "../../compat/better-sqlite3/home.ts";
import { RemoteDatabase } from "../../compat/better-sqlite3/remote/remote-database.ts";
import type { SyncDatabase } from "../../engine/session/sync-database.ts";
import { BridgePipe } from "../../platform/node/bridge/bridge-pipe.ts";
import type { PipeTarget } from "../../ports/sync-pipe.ts";
import { folderOwner } from "../../server/data-folder.ts";
import { processMain } from "../process-main.ts";
import { nodeFolderHome } from "./node-home.ts";
import { isRemoteUrl, readRemoteUrl, remoteTarget } from "./remote-url.ts";
import { inWorker, limitOf } from "./worker-home.ts";

const SHARD_PATH = /[\\/]databases[\\/][^\\/]+[\\/]shard-\d+\.sqlite$/;

/**
 * A home that opens URLs of servers, too, and attaches to the server that owns a data folder
 * where the other home may not open it.
 */
export function withRemote(home: FacadeHome): FacadeHome {
  return {
    ...home,
    open(request) {
      const { source } = request;
      if (typeof source === "string" && isRemoteUrl(source)) {
        return openRemote(readRemoteUrl(source, request.timeoutMs), request);
      }
      try {
        return home.open(request);
      } catch (error) {
        const target = ownerOf(error, source, request.timeoutMs);
        if (target === null || inWorker(request.options)) throw error;
        return attach(target, request, error);
      }
    },
    openNative(source, options) {
      if (typeof source === "string" && isRemoteUrl(source.trim())) {
        refuseWorker(options);
        return null;
      }
      try {
        return home.openNative(source, options);
      } catch (error) {
        // `open` attaches.
        if (ownerOf(error, source, 0) !== null) return null;
        throw error;
      }
    },
    hasFolder: (file) => isRemoteUrl(file) || home.hasFolder(file),
  };
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

function openRemote(target: PipeTarget, { readonly }: OpenRequest): SyncDatabase {
  return new RemoteDatabase(new BridgePipe(processMain("bridge-worker"), target), { readonly });
}

function attach(target: PipeTarget, request: OpenRequest, owned: unknown): SyncDatabase {
  try {
    return openRemote(target, request);
  } catch (error) {
    const known = error instanceof DosqlError && owned instanceof DosqlError;
    // That somebody owns the folder is the news; why he does not let us in, the reason.
    if (!known || error.code === "bug") throw error;
    throw new DosqlError("owned", `${owned.message}; attaching to it failed: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

/** Who serves the folder that may not be opened; null when nobody does, or nobody else. */
function ownerOf(error: unknown, source: unknown, lockTimeoutMs: number): PipeTarget | null {
  if (!(error instanceof DosqlError) || error.code !== "owned") return null;
  if (typeof source !== "string") return null;
  const given = path.resolve(source.trim());
  const isFolder = existsSync(given) && statSync(given).isDirectory();
  const folder = isFolder ? given : given.replace(SHARD_PATH, "");
  const owner = folderOwner(nodeFolderHome(), folder);
  if (owner === null || owner === "unknown" || owner.pgUrl === undefined) return null;
  const url = new URL(owner.pgUrl);
  return remoteTarget({
    label: owner.socket ?? owner.pgUrl.replace(/\?.*$/, ""),
    host: url.hostname,
    port: Number(url.port),
    socket: owner.socket ?? null,
    tls: null,
    user: decodeURIComponent(url.username) || "dosql",
    password: null,
    database: decodeURIComponent(url.pathname.slice(1)),
    parameters: [],
    lockTimeoutMs,
  });
}
