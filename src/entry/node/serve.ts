import { availableParallelism } from "node:os";
import type { AuthMethod as PgAuthMethod, Role } from "../../compat/pgwire/auth/authenticator.ts";
import type { PasswordVerifier } from "../../compat/pgwire/auth/verifier.ts";
import { makeMd5Verifier, makeScramVerifier } from "../../compat/pgwire/auth/verifier.ts";
import { CancelRegistry } from "../../compat/pgwire/cancel-registry.ts";
import { PgConnection } from "../../compat/pgwire/connection.ts";
import { pgFatal } from "../../compat/pgwire/errors.ts";
import type { PgServerParts } from "../../compat/pgwire/server-parts.ts";
import { CAPTURE_ON, captureSetting } from "../../engine/capture/capture-setting.ts";
import type { LocalDatabase } from "../../engine/session/local-database.ts";
import { FORMAT_VERSION } from "../../engine/meta-table.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeCrypto } from "../../platform/node/crypto.ts";
import { systemEntropy } from "../../platform/node/entropy.ts";
import { sweepCopies } from "../../platform/node/copy/file-copies.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import type { HttpListener } from "../../platform/node/net/http-listener.ts";
import { listenHttp } from "../../platform/node/net/http-listener.ts";
import type { PgListener } from "../../platform/node/net/pg-listener.ts";
import { listenPg } from "../../platform/node/net/pg-listener.ts";
import type { ByteSession, ByteSink, ConnectionFacts } from "../../ports/byte-stream.ts";
import { openDataFolder } from "../../server/data-folder.ts";
import { isLoopback } from "../../server/http-host.ts";
import { httpHandler } from "../../server/http.ts";
import type { DatabaseHealth } from "../../server/http.ts";
import { isRestPath } from "../../server/rest/rest-router.ts";
import type { RunningServer } from "../../server/running-server.ts";
import { httpUrl, pgUrl, psqlCommand } from "../../server/serve-config.ts";
import type { AuthMethod, ServeConfig } from "../../server/serve-config.ts";
import { readOrCreateToken } from "../../server/token.ts";
import { VERSION } from "../../server/version.ts";
import { FileHold } from "./file-hold.ts";
import { archivedBy, folderFeed, folderHistory, maintainFolder } from "./node-archive.ts";
import { openLocalDatabase } from "./node-database.ts";
import { nodeFolderHome } from "./node-home.ts";
import { NodeDirectory } from "./node-directory.ts";
import { nodeRest } from "./node-rest.ts";
import { nodeRpc } from "./node-rpc.ts";
import { servePath } from "./serve-path.ts";

/** Reader processes at most: one core stays with the serving thread, and a process costs 50 MB. */
const MAX_READERS = 8;
const MIN_READERS = 2;
const MOCK_SECRET_BYTES = 32;

/**
 * Serves a data folder by Postgres protocol and HTTP until `stop`.
 *
 * @throws DosqlError `owned`, `bad-file`, `format-too-new` for the folder, `address` for a port;
 * nothing is left open or owned then
 */
export async function startServer(config: ServeConfig): Promise<RunningServer> {
  const folder = openDataFolder(nodeFolderHome(), config.data, { create: true });
  const opened: (() => Promise<void>)[] = [async () => folder.release()];
  try {
    const readers = Math.max(MIN_READERS, Math.min(MAX_READERS, availableParallelism() - 1));
    const database = openLocalDatabase(folder.shardFile, {
      synchronous: "FULL",
      readers,
      captureAtFirst: CAPTURE_ON,
      history: folderHistory(folder.shardFile),
      feedArchive: folderFeed(folder.shardFile),
      ...(config.capture === null ? {} : { capture: captureSetting(config.capture) }),
    });
    opened.unshift(() => database.close());
    // Whoever closes this one closes nothing of the server's.
    const inside = openLocalDatabase(folder.shardFile, {});
    opened.unshift(() => inside.close());
    const hold = new FileHold(folder.shardFile);
    const shard = hold.openShard({});
    const maintained = maintainFolder(shard, folder.shardFile, config);
    opened.unshift(async () => {
      await maintained.stop();
      hold.release();
    });
    sweepCopies(folder.shardFile);
    const token = readOrCreateToken(nodeFiles, systemEntropy, folder.tokenFile);
    const state = { ready: false, sessions: () => 0 };
    const named = new NodeDirectory(folder.path, config);
    opened.unshift(() => named.close());
    const { shardFile } = folder;
    const archived = archivedBy(maintained, shardFile, config.archive);
    const rest = nodeRest({ database, shard, shardFile, archived, named, token });
    const http = await serveHttp(config, { database, named, token, state, rest });
    opened.unshift(() => http.stop());
    const pg = await servePg(config, database);
    // The last opened goes first: clients are told before their sessions go.
    opened.unshift(() => pg.stop());
    const attached = await servePath(folder, config, database);
    opened.unshift(async () => attached?.listener.stop());
    state.sessions = () => pg.connections + (attached?.listener.connections ?? 0);
    const addresses = {
      pgUrl: pgUrl(config, config.host, pg.port),
      httpUrl: httpUrl(config.host, http.port),
    };
    const socket = attached === null ? {} : { socket: attached.path };
    folder.announce({ ...addresses, ...socket });
    state.ready = true;
    return {
      ...addresses,
      psqlCommand: psqlCommand(config, config.host, pg.port),
      token,
      tokenFile: folder.tokenFile,
      data: folder.path,
      pid: process.pid,
      database: inside,
      async stop() {
        state.ready = false;
        await closeAll(opened.splice(0));
      },
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** Runs all of them, also when one fails, and reports the first failure. */
async function closeAll(opened: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

interface HttpParts {
  readonly database: LocalDatabase;
  readonly named: NodeDirectory;
  readonly token: string;
  readonly state: { readonly ready: boolean; readonly sessions: () => number };
  /** The D1 REST API. */
  readonly rest: (request: Request) => Promise<Response>;
}

async function serveHttp(config: ServeConfig, parts: HttpParts): Promise<HttpListener> {
  const startedMs = systemClock.monotonicMs();
  const { database, named, token, state, rest } = parts;
  const { allowedHosts, allowedOrigins } = config;
  const { database: name } = config;
  const rpc = nodeRpc({ database, name, named, token, allowedHosts, allowedOrigins });
  const handler = httpHandler({
    crypto: nodeCrypto,
    token,
    allowedHosts,
    allowedOrigins,
    rpc: (request) => rpc.answer(request),
    rest,
    ready: () => state.ready,
    health: () => ({
      version: VERSION,
      uptimeMs: Math.round(systemClock.monotonicMs() - startedMs),
      formatVersion: FORMAT_VERSION,
      databases: [databaseHealth(config.database, database)],
      sessions: state.sessions(),
    }),
    feed: database.feed,
  });
  const listener = await listenHttp(config.host, config.httpPort, handler, {
    sockets: rpc.sockets,
    isUpload: (_method, path) => path === "/rpc" || isRestPath(path),
  });
  return {
    port: listener.port,
    async stop() {
      rpc.shutdown();
      await listener.stop();
    },
  };
}

function databaseHealth(name: string, { sizeBytes, capture, feed }: LocalDatabase): DatabaseHealth {
  return { name, sizeBytes, capture, head: feed.head, slots: feed.slots.list().length };
}

function servePg(config: ServeConfig, database: LocalDatabase): Promise<PgListener> {
  const ports = { clock: systemClock, entropy: systemEntropy, crypto: nodeCrypto };
  const role = configuredRole(config);
  const method = wireMethod(config.auth);
  const parts: PgServerParts = {
    ...ports,
    databases: (name) => (name === config.database ? database : null),
    authenticator: {
      method: () => method,
      role: (name) => (name === config.user ? role : null),
      mockSecret: systemEntropy.randomBytes(MOCK_SECRET_BYTES),
    },
    cancels: new CancelRegistry(ports),
  };
  const crowded: PgServerParts = {
    ...parts,
    databases() {
      throw pgFatal("53300", "sorry, too many clients already", {
        hint: `The server allows ${config.maxConnections} connections; see --max-connections.`,
      });
    },
  };
  return listenPg({
    host: config.host,
    port: config.pgPort,
    maxConnections: config.maxConnections,
    openSession: (sink, facts) =>
      pgSession(facts.connections > config.maxConnections ? crowded : parts, sink, facts),
  });
}

function pgSession(parts: PgServerParts, sink: ByteSink, facts: ConnectionFacts): ByteSession {
  const peer = { loopback: isLoopback(facts.address) };
  const connection = new PgConnection(parts, { sink, peer });
  return {
    receive: (bytes) => connection.receive(bytes),
    drained: () => connection.drained(),
    closed: () => connection.closed(),
    shutdown: () => connection.terminate(),
  };
}

function wireMethod(auth: AuthMethod): PgAuthMethod {
  return auth === "password" ? "cleartext" : auth;
}

function configuredRole(config: ServeConfig): Role {
  return { name: config.user, verifier: configuredVerifier(config), superuser: true };
}

function configuredVerifier({ auth, password, user }: ServeConfig): PasswordVerifier | null {
  if (password === null) return null;
  return auth === "md5"
    ? makeMd5Verifier(password, user, nodeCrypto)
    : makeScramVerifier(password, { crypto: nodeCrypto, entropy: systemEntropy });
}
