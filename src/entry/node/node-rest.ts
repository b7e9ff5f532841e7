import type { ShardArchive } from "../../engine/archive/shard-archive.ts";
import type { LocalDatabase } from "../../engine/session/local-database.ts";
import type { Shard } from "../../engine/shard.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { systemEntropy } from "../../platform/node/entropy.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { runningMd5 } from "../../platform/node/running-md5.ts";
import { MAIN_DATABASE } from "../../server/directory/database-name.ts";
import type { FoundDatabase } from "../../server/directory/directory.ts";
import type { Access, Authorise, OpenDatabase, RestHost } from "../../server/rest/rest-host.ts";
import { answerRest } from "../../server/rest/rest-router.ts";
import { isOwnToken, readToken } from "../../server/token-claims.ts";
import { ImportRuns } from "../../server/transfer/import-runs.ts";
import { VERSION } from "../../server/version.ts";
import type { NodeDirectory } from "./node-directory.ts";
import { nodeKeyedHash } from "./node-directory.ts";
import { restoreFile } from "./node-restore.ts";
import { nodeTransfer } from "./node-transfer.ts";
import { restDatabase } from "../rest-database.ts";

/** What the D1 REST API of a data folder serves. */
export interface NodeRestParts {
  /** `main`. */
  readonly database: LocalDatabase;
  readonly shard: Shard;
  readonly shardFile: string;
  /** All of `main` that was committed, in its archive; null where there is none. */
  archived(): Promise<ShardArchive | null>;
  readonly named: NodeDirectory;
  /** The data folder's token. It opens everything, and signs tokens that open less. */
  readonly token: string;
}

/** The D1 REST API over the databases of a data folder. */
export function nodeRest(parts: NodeRestParts): (request: Request) => Promise<Response> {
  const { named, token } = parts;
  const runs = new ImportRuns(systemClock);
  parts.shard.countQueries();
  const host: RestHost = {
    version: VERSION,
    directory: named.directory,
    authorise: authoriser(token),
    clock: systemClock,
    sign: nodeKeyedHash(token),
    randomHex: () => Buffer.from(systemEntropy.randomBytes(16)).toString("hex"),
    md5: runningMd5,
    open: (found) => openDatabase(parts, found, runs),
  };
  return (request) => {
    // `Host` was looked at already: it is this machine, or was allowed by name.
    const origin = `http://${request.headers.get("host") ?? "localhost"}`;
    return answerRest(host, request, origin);
  };
}

function openDatabase(parts: NodeRestParts, found: FoundDatabase, runs: ImportRuns): OpenDatabase {
  const { database, shard, shardFile, named } = parts;
  if (found.identity.name === MAIN_DATABASE) {
    const folder = nodeFiles.parent(shardFile);
    const hold = () => async (): Promise<void> => undefined;
    const transfer = nodeTransfer({ database, shard, folder, runs, hold });
    const restore = (bookmark: string) => restoreFile(shard, bookmark, () => parts.archived());
    const insights = (sinceMs: number) => shard.countQueries().since(sinceMs);
    return restDatabase({ database, transfer, restore, insights, close: async () => undefined });
  }
  const file = named.take(found);
  const hold = (): (() => Promise<void>) => {
    const own = named.take(found);
    return () => named.release(found.id, own);
  };
  return restDatabase({
    database: file.database,
    transfer: nodeTransfer({
      database: file.database,
      shard: file.shard,
      folder: file.folder,
      runs,
      hold,
    }),
    insights: (sinceMs) => file.shard.countQueries().since(sinceMs),
    restore: (bookmark) => restoreFile(file.shard, bookmark, () => file.archived()),
    close: () => named.release(found.id, file),
  });
}

/** The folder's token, and those that it signed. */
function authoriser(token: string): Authorise {
  const secret = new TextEncoder().encode(token);
  return async (given): Promise<Access | null> => {
    if (await isOwnToken(token, given, nodeCrypto)) return { databases: null, readOnly: false };
    const nowMs = systemClock.nowMs();
    return readToken(given, secret, { signer: nodeCrypto, nowMs }).catch(() => null);
  };
}
