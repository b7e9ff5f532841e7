/**
 * The data folder:
 *
 *     <data>/databases/<database>/shard-<n>.sqlite   what is stored
 *     <data>/directory.sqlite   the list of named databases, whose folders are called by their ids
 *     <data>/lock      held locked by the owning process; the operating system drops it at its end
 *     <data>/owner     JSON, says who that is: see OwnerRecord
 *     <data>/socket    a unix socket of the owning process; only its user may connect
 *     <data>/token     the HTTP bearer token, mode 0600
 *     <data>/archive   segments of the change log, and snapshots
 *
 * The lock decides who owns the folder, never the owner file: a lock cannot be left behind by a
 * crash, cannot be confused by a process id that was used again, and is not copied together with
 * a folder. The owner file only says whom to ask.
 */
import type { Clock } from "../ports/clock.ts";
import type { FileLock, FileLocks, Files } from "../ports/files.ts";
import { DosqlError } from "../base/errors.ts";

/** Who owns a data folder, as written in `<data>/owner`. Addresses carry no password. */
export interface OwnerRecord {
  readonly pid: number;
  /** When that process started, milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly version: string;
  readonly pgUrl?: string;
  readonly httpUrl?: string;
  /** A unix socket of the Postgres side that asks for no password. */
  readonly socket?: string;
}

/** What a home gives to data folders. */
export interface FolderHome {
  readonly files: Files;
  readonly locks: FileLocks;
  readonly clock: Clock;
  readonly process: { readonly pid: number; readonly startedAtMs: number };
  readonly version: string;
  /** All claims of this process, by absolute path; one map per process. */
  readonly claims: Map<string, Claim>;
}

/** A claim of this process on one folder, shared by all who opened it. */
export interface Claim {
  readonly lock: FileLock;
  record: OwnerRecord;
  users: number;
}

/** A data folder that this process owns until `release`. */
export interface DataFolder {
  /** Absolute path. */
  readonly path: string;
  /** Where the only shard of the database `main` is stored. */
  readonly shardFile: string;
  readonly tokenFile: string;
  /** Says in the owner file where this process can be reached now. */
  announce(addresses: Pick<OwnerRecord, "pgUrl" | "httpUrl" | "socket">): void;
  /** Gives the folder back when its last user in this process did. Idempotent. */
  release(): void;
}

/** Only the owner of a data folder may look into it: it holds everything. */
const FOLDER_MODE = 0o700;
const OWNER_MODE = 0o600;
const OWN_NAMES: ReadonlySet<string> = new Set([
  "databases",
  "lock",
  "owner",
  "token",
  "archive",
  "socket",
]);

/**
 * Claims a data folder for this process.
 *
 * @param create makes a missing or empty folder a data folder; its parent must exist
 * @throws DosqlError `owned` when another process has it, `bad-file` when it is missing, no
 * folder, not accessible, or holds something else
 */
export function openDataFolder(
  home: FolderHome,
  path: string,
  options: { readonly create: boolean },
): DataFolder {
  const folder = home.files.absolute(path);
  checkFolder(home.files, folder, options.create);
  const held = home.claims.get(folder);
  const claim = held ?? takeFolder(home, folder);
  claim.users += 1;
  try {
    return claimedFolder(home, folder, claim);
  } catch (error) {
    dropClaim(home, folder, claim);
    throw error;
  }
}

/** Whether a path is a folder that this version, or an older one, made. */
export function isDataFolder(files: Files, path: string): boolean {
  return (
    files.info(path)?.kind === "folder" && files.list(path).some((name) => OWN_NAMES.has(name))
  );
}

/** Where the archive of a data folder's shard lies. */
export function archiveFolder(files: Files, shardFile: string): string {
  const folder = files.parent(files.parent(files.parent(shardFile)));
  return files.join(folder, "archive");
}

/** Who owns a data folder now; null when nobody does. Takes nothing. */
export function folderOwner(home: FolderHome, path: string): OwnerRecord | "unknown" | null {
  const folder = home.files.absolute(path);
  const held = home.claims.get(folder);
  if (held !== undefined) return held.record;
  const lockPath = home.files.join(folder, "lock");
  if (home.files.info(lockPath) === null) return null;
  const lock = home.locks.acquire(lockPath);
  if (lock === null) return readOwner(home.files, folder) ?? "unknown";
  lock.release();
  return null;
}

function checkFolder(files: Files, folder: string, create: boolean): void {
  const info = files.info(folder);
  if (info === null) {
    makeFolder(files, folder, create);
    return;
  }
  if (info.kind !== "folder") {
    throw new DosqlError("bad-file", `${folder} is a file, not a data folder`, {
      hint: "name another folder; for a SQLite file: dosql sql FILE, or dosql import FILE",
    });
  }
  files.checkAccess(folder);
  const names = files.list(folder);
  if (names.some((name) => OWN_NAMES.has(name))) return;
  const strangers = names.filter((name) => !name.startsWith(".") && name !== "lost+found");
  if (strangers.length > 0) {
    throw new DosqlError("bad-file", `${folder} is not a DoSQL data folder: it holds other files`, {
      hint: "name a new or an empty folder",
    });
  }
  if (!create) throw missing(folder, "is an empty folder, not a DoSQL data folder");
}

function makeFolder(files: Files, folder: string, create: boolean): void {
  if (!create) throw missing(folder, "does not exist");
  if (files.info(files.parent(folder))?.kind !== "folder") {
    throw new DosqlError("bad-file", `${folder} cannot be created: its parent does not exist`, {
      hint: `create ${files.parent(folder)} first`,
    });
  }
  files.makeFolder(folder, FOLDER_MODE);
}

function missing(folder: string, what: string): DosqlError {
  return new DosqlError("bad-file", `${folder} ${what}`, {
    hint: "`dosql serve` or `dosql import` with --data creates one",
  });
}

function takeFolder(home: FolderHome, folder: string): Claim {
  const { files, locks } = home;
  const lock = locks.acquire(files.join(folder, "lock"));
  if (lock === null) throw ownedError(folder, readOwner(files, folder), home.process.pid);
  const record = { ...home.process, version: home.version };
  const claim: Claim = { lock, record, users: 0 };
  try {
    writeOwner(files, folder, record);
  } catch (error) {
    lock.release();
    throw error;
  }
  home.claims.set(folder, claim);
  return claim;
}

/** To open one shard of several would be to lose the others' rows without a word. */
function refuseShards(files: Files, database: string): void {
  const shards = files.list(database).filter((name) => /^shard-\d+\.sqlite$/.test(name));
  if (shards.length === 0 || shards.join() === "shard-0.sqlite") return;
  const found = shards.sort().join(", ");
  throw new DosqlError("unsupported", `a database of several shards is not supported: ${found}`, {
    hint: `it is in ${database}; open it with the version of dosql that made it`,
  });
}

function claimedFolder(home: FolderHome, folder: string, claim: Claim): DataFolder {
  const { files } = home;
  let released = false;
  const databases = files.join(folder, "databases");
  const main = files.join(databases, "main");
  files.makeFolder(databases, FOLDER_MODE);
  files.makeFolder(main, FOLDER_MODE);
  refuseShards(files, main);
  return {
    path: folder,
    shardFile: files.join(main, "shard-0.sqlite"),
    tokenFile: files.join(folder, "token"),
    announce(addresses) {
      const { pid, startedAtMs, version } = claim.record;
      claim.record = { pid, startedAtMs, version, ...addresses };
      writeOwner(files, folder, claim.record);
    },
    release() {
      if (released) return;
      released = true;
      dropClaim(home, folder, claim);
    },
  };
}

function dropClaim(home: FolderHome, folder: string, claim: Claim): void {
  claim.users -= 1;
  if (claim.users > 0) return;
  home.claims.delete(folder);
  try {
    home.files.remove(home.files.join(folder, "owner"));
  } finally {
    claim.lock.release();
  }
}

function ownerText(record: OwnerRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function writeOwner(files: Files, folder: string, record: OwnerRecord): void {
  files.replaceText(files.join(folder, "owner"), ownerText(record), OWNER_MODE);
}

function readOwner(files: Files, folder: string): OwnerRecord | null {
  const text = files.readText(files.join(folder, "owner"));
  return text === null ? null : parseOwner(text);
}

/** Reads an owner file; null when it is not one. */
export function parseOwner(text: string): OwnerRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { pid, startedAtMs, version, pgUrl, httpUrl, socket } = value as Record<string, unknown>;
  if (typeof pid !== "number" || typeof startedAtMs !== "number") return null;
  return {
    pid,
    startedAtMs,
    version: typeof version === "string" ? version : "unknown",
    ...(typeof pgUrl === "string" ? { pgUrl } : {}),
    ...(typeof httpUrl === "string" ? { httpUrl } : {}),
    ...(typeof socket === "string" ? { socket } : {}),
  };
}

function ownedError(folder: string, owner: OwnerRecord | null, ownPid: number): DosqlError {
  if (owner === null) {
    return new DosqlError("owned", `${folder} is owned by another process`, {
      hint: "stop that process first",
    });
  }
  if (owner.pid === ownPid) {
    return new DosqlError("owned", `${folder} is open in another thread of this process`, {
      hint: "use it in one thread only",
    });
  }
  const who = `${folder} is owned by process ${owner.pid}`;
  if (owner.pgUrl === undefined) {
    const attach = ", or attach with `new Database(folder)` of dosql/better-sqlite3";
    const hint = "stop that process first, or let `dosql serve` own the folder and connect to it";
    return new DosqlError("owned", `${who}, which embeds it`, {
      hint: owner.socket === undefined ? hint : hint + attach,
    });
  }
  return new DosqlError("owned", `${who}, which serves it at ${owner.pgUrl}`, {
    hint: `connect to it with --url "${owner.pgUrl}", or stop it first`,
  });
}
