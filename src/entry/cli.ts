/**
 * The `dosql` command: everything that the command line needs of this machine.
 *
 * @module
 */
import type { CliHost, LocalTarget } from "../cli/host.ts";
import { runCli } from "../cli/main.ts";
import { asDosqlError } from "../cli/report.ts";
import { EXIT } from "../cli/exit-codes.ts";
import { FORMAT_VERSION, readFormat } from "../engine/meta-table.ts";
import { systemClock } from "../platform/node/clock.ts";
import { nodeCrypto } from "../platform/node/crypto.ts";
import { nodeFiles } from "../platform/node/files/files.ts";
import { nodeFetch } from "../platform/node/net/http-fetch.ts";
import { terminalLines } from "../platform/node/bridge/line-reader.ts";
import { NodeSqlDriver } from "../platform/node/sqlite/sqlite-driver.ts";
import {
  createDraft,
  fileChunks,
  inputChunks,
  standardSink,
} from "../platform/node/files/streams.ts";
import { DosqlError } from "../base/errors.ts";
import type { ChangeSource } from "../ports/change-source.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import { localChanges } from "../server/changes-local.ts";
import { resolveDatabasePath } from "../server/database-path.ts";
import { folderOwner, openDataFolder } from "../server/data-folder.ts";
import { driverClient, sessionClient } from "../server/session-client.ts";
import { checkShardFile } from "../server/shard-file.ts";
import { VERSION } from "../server/version.ts";
import { folderOptions, openLocalDatabase } from "./node/node-database.ts";
import { nodeFolderHome } from "./node/node-home.ts";

const home = nodeFolderHome();

/** Any timer keeps a process; this one does nothing else. */
const KEEP_ALIVE_MS = 60_000;

const host: CliHost = {
  out: standardSink(process.stdout, "stdout"),
  err: standardSink(process.stderr, "stderr"),
  input: {
    isTerminal: process.stdin.isTTY === true,
    chunks: inputChunks,
    lines: terminalLines,
  },
  clock: systemClock,
  files: nodeFiles,
  crypto: nodeCrypto,
  versions: {
    dosql: VERSION,
    node: process.versions.node,
    sqlite: process.versions["sqlite"] ?? "unknown",
    format: FORMAT_VERSION,
  },
  environment: (name) => process.env[name],
  fileChunks,
  createFile: createDraft,
  openLocal: async (target) => openLocal(target),
  // Loaded when needed: the server alone is half of all code.
  openRemote: async (url, notice) =>
    (await import("../platform/node/bridge/pg-client.ts")).connectPg(url, notice),
  openChanges: async (url, token) =>
    (await import("../platform/node/net/change-client.ts")).httpChanges(url, token),
  openLocalChanges,
  fetch: nodeFetch,
  openSqlite,
  changeReport: async (file, archive) =>
    (await import("./node/change-report.ts")).readChangeReport(file, archive),
  restore: async (request, step) =>
    (await import("./node/restore.ts")).restoreFolder(request, step),
  checkpoint: async (data) => (await import("./node/upkeep.ts")).checkpointFolder(data),
  vacuum: async (data, keepMs) => (await import("./node/upkeep.ts")).vacuumFolder(data, keepMs),
  folderOwner: (path) => folderOwner(home, path),
  startServer: async (config) => (await import("./node/serve.ts")).startServer(config),
  onSignal(listener) {
    process.on("SIGINT", listener);
    process.on("SIGTERM", listener);
    return () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    };
  },
  keepAlive() {
    const timer = setInterval(() => undefined, KEEP_ALIVE_MS);
    return () => clearInterval(timer);
  },
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

function openLocal(target: LocalTarget): SqlClient {
  if (target.kind === "folder") return openFolder(target);
  if (nodeFiles.info(target.path)?.kind === "folder") return openFolder(target);
  checkExists(target.path);
  const resolved = resolveDatabasePath(home, target.path);
  try {
    if (isOurs(resolved.file)) {
      const release = (): void => resolved.release();
      return openEngine(resolved.file, { label: resolved.file, target, release });
    }
  } catch (error) {
    resolved.release();
    throw error;
  }
  // Somebody's SQLite file stays as it is: no table of ours, no change of its journal mode.
  return driverClient(
    new NodeSqlDriver(target.path, { wal: false, synchronous: "FULL" }),
    target.path,
  );
}

function openFolder(target: LocalTarget): SqlClient {
  const folder = openDataFolder(home, target.path, { create: target.create });
  const release = (): void => folder.release();
  try {
    return openEngine(folder.shardFile, { label: folder.path, target, release });
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function openLocalChanges(path: string): Promise<ChangeSource> {
  const folder = openDataFolder(home, path, { create: false });
  try {
    const database = openLocalDatabase(folder.shardFile, folderOptions(folder.shardFile));
    return localChanges(database, folder.path, async () => {
      await database.close();
      folder.release();
    });
  } catch (error) {
    folder.release();
    throw error;
  }
}

interface Opening {
  readonly label: string;
  readonly target: LocalTarget;
  readonly release: () => void;
}

function openEngine(file: string, { label, target, release }: Opening): SqlClient {
  const database = openLocalDatabase(file, {
    ...(target.kind === "folder" ? folderOptions(file) : {}),
    readers: target.cancellable ? 1 : 0,
  });
  return sessionClient(database.session(), label, systemClock, async () => {
    await database.close();
    release();
  });
}

/** Whether the engine has worked on a file before. */
function isOurs(file: string): boolean {
  const reader = openReadOnly(file);
  try {
    return readFormat(reader) !== null;
  } finally {
    reader.close();
  }
}

/** A file that is a healthy database, for reading. */
function openReadOnly(path: string): NodeSqlDriver {
  const open = (file: string): NodeSqlDriver => new NodeSqlDriver(file, { readonly: true });
  checkShardFile(nodeFiles, path, open);
  return open(path);
}

function checkExists(path: string): void {
  if (nodeFiles.info(path) !== null) return;
  throw new DosqlError("bad-file", `${path} does not exist`, {
    hint: "name a SQLite file that exists, or import into a data folder with --data",
  });
}

function openSqlite(path: string, mode: "read" | "create"): SqlClient {
  return driverClient(
    mode === "create" ? new NodeSqlDriver(path, { wal: false }) : openReadOnly(path),
    path,
  );
}

/** What nobody caught: still one line and the right exit code. */
function crash(thrown: unknown): never {
  const error = asDosqlError(thrown);
  const stack = process.argv.includes("--debug") ? `\n${error.stack ?? ""}` : "";
  process.stderr.write(`dosql: ${error.message}${stack}\n`);
  process.exit(EXIT.bug);
}

process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
process.exitCode = await runCli(process.argv.slice(2), host);
