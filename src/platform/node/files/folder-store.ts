/*
 * Objects as files of one folder, so that people and other programs can read them: the object
 * `wal/main/1.seg` is the file `<root>/wal/main/1.seg`. What begins with a dot is the store's own:
 *
 *   .lock   held while an object is changed, by the operating system, so that no crash leaves it
 *   .tmp/   objects that are being written; they move to their place by one rename
 */
import type { BigIntStats, Dirent } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { DosqlError } from "../../../base/errors.ts";
import type { FileLock } from "../../../ports/files.ts";
import type {
  ByteRange,
  ListedObject,
  ObjectPage,
  ObjectStore,
  PutCondition,
  PutOutcome,
  StoredObject,
} from "../../../ports/object-store.ts";
import { sqliteFileLocks } from "./file-locks.ts";
import { fileError } from "./files.ts";
import { compareKeys, keyNames, keyPart } from "./folder-keys.ts";

/** Objects in a page of a listing, as in R2. */
const PAGE = 1_000;
/** Between two looks at a lock that another process has. */
const LOCK_RETRY_MS = 2;
/** A holder works for milliseconds; one that has it for longer hangs. */
const LOCK_TIMEOUT_MS = 30_000;
/** Only the owner may look in: it holds everything that the database does. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Objects in a folder, which is made at the first `put`. */
export class FolderStore implements ObjectStore {
  readonly #root: string;
  /** Changes of this instance, one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #drafts = 0;
  #isClean = false;
  #lastMicros = 0;

  constructor(root: string) {
    this.#root = path.resolve(root);
  }

  async get(key: string, range: ByteRange = { offset: 0 }): Promise<StoredObject | null> {
    const file = this.#file(key);
    try {
      await using handle = await fs.open(file, "r");
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) return null;
      const sizeBytes = Number(stats.size);
      const length = Math.max(0, Math.min(range.length ?? Infinity, sizeBytes - range.offset));
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, range.offset);
      return { bytes: bytes.subarray(0, bytesRead), etag: etagOf(stats), sizeBytes };
    } catch (error) {
      if (isAbsence(error)) return null;
      throw fileError(file, error);
    }
  }

  async list(prefix: string, after = ""): Promise<ObjectPage> {
    const objects: ListedObject[] = [];
    for await (const key of this.#keys("", this.#root, prefix, after)) {
      if (objects.length === PAGE) return { objects, more: true };
      const stats = await this.#stats(key);
      if (stats !== null) objects.push({ key, sizeBytes: Number(stats.size) });
    }
    return { objects, more: false };
  }

  delete(keys: readonly string[]): Promise<void> {
    const files = keys.map((key) => this.#file(key));
    return this.#exclusively(async () => {
      for (const file of files) await this.#remove(file);
    });
  }

  put(key: string, body: Uint8Array, condition?: PutCondition): Promise<PutOutcome> {
    const file = this.#file(key);
    return this.#exclusively(async () => {
      const before = await this.#stats(key);
      if (condition !== undefined && !holds(condition, before)) return { stored: false };
      const draft = path.join(this.#root, ".tmp", `${process.pid}-${++this.#drafts}`);
      try {
        const stats = await this.#write(draft, body, before);
        await this.#makeFolder(path.dirname(file));
        await fs.rename(draft, file);
        await syncFolder(path.dirname(file));
        return { stored: true, etag: etagOf(stats) };
      } catch (error) {
        await fs.rm(draft, { force: true });
        if (isFolder(error)) throw keyIsFolder(key);
        throw fileError(file, error);
      }
    });
  }

  #file(key: string): string {
    return path.join(this.#root, ...keyNames(key));
  }

  async #stats(key: string): Promise<BigIntStats | null> {
    const file = this.#file(key);
    try {
      const stats = await fs.stat(file, { bigint: true });
      return stats.isFile() ? stats : null;
    } catch (error) {
      if (isAbsence(error)) return null;
      throw fileError(file, error);
    }
  }

  /** Writes durably. Every version of an object has a time of its own, which makes its etag. */
  async #write(file: string, body: Uint8Array, before: BigIntStats | null): Promise<BigIntStats> {
    await using handle = await fs.open(file, "w", FILE_MODE);
    await handle.writeFile(body);
    const beforeMicros = before === null ? 0 : Number(before.mtimeNs / 1_000n);
    const micros = Math.max(Date.now() * 1_000, beforeMicros + 1, this.#lastMicros + 1);
    this.#lastMicros = micros;
    await handle.utimes(micros / 1e6, micros / 1e6);
    await handle.sync();
    return await handle.stat({ bigint: true });
  }

  async #remove(file: string): Promise<void> {
    try {
      await fs.rm(file);
      await syncFolder(path.dirname(file));
    } catch (error) {
      if (!isAbsence(error) && !isFolder(error)) throw fileError(file, error);
    }
  }

  /** A new folder is durable only when its parent knows it. */
  async #makeFolder(folder: string): Promise<void> {
    const first = await fs.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    if (first === undefined) return;
    for (let at = folder; at.length >= first.length; at = path.dirname(at)) {
      await syncFolder(path.dirname(at));
    }
  }

  /** Keys in order. A folder sorts as its name with the slash. */
  async *#keys(
    above: string,
    folder: string,
    prefix: string,
    after: string,
  ): AsyncGenerator<string> {
    const found: { readonly key: string; readonly name: string; readonly isFolder: boolean }[] = [];
    for (const entry of await readFolder(folder)) {
      const part = keyPart(entry.name);
      if (part === null || !(entry.isFile() || entry.isDirectory())) continue;
      const isFolder = entry.isDirectory();
      found.push({ key: above + part + (isFolder ? "/" : ""), name: entry.name, isFolder });
    }
    found.sort((a, b) => compareKeys(a.key, b.key));
    for (const { key, name, isFolder } of found) {
      if (!isFolder) {
        if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield key;
        continue;
      }
      const mayMatch = key.startsWith(prefix) || prefix.startsWith(key);
      const mayFollow = after.startsWith(key) || compareKeys(key, after) > 0;
      if (mayMatch && mayFollow) yield* this.#keys(key, path.join(folder, name), prefix, after);
    }
  }

  #exclusively<T>(body: () => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      const lock = await this.#lock();
      try {
        await this.#clean();
        return await body();
      } finally {
        lock.release();
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Nobody writes while the lock is held, so that what lies there was left by a crash. */
  async #clean(): Promise<void> {
    if (this.#isClean) return;
    const folder = path.join(this.#root, ".tmp");
    for (const { name } of await readFolder(folder)) {
      await fs.rm(path.join(folder, name), { force: true, recursive: true });
    }
    this.#isClean = true;
  }

  async #lock(): Promise<FileLock> {
    try {
      await this.#makeFolder(path.join(this.#root, ".tmp"));
    } catch (error) {
      throw fileError(this.#root, error);
    }
    const file = path.join(this.#root, ".lock");
    for (let waitedMs = 0; waitedMs < LOCK_TIMEOUT_MS; waitedMs += LOCK_RETRY_MS) {
      const lock = sqliteFileLocks.acquire(file);
      if (lock !== null) return lock;
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
    }
    throw new DosqlError("io", `${this.#root} is held by another process`, {
      hint: "end the process that writes there and hangs",
    });
  }
}

function holds(condition: PutCondition, before: BigIntStats | null): boolean {
  if ("ifAbsent" in condition) return before === null;
  return before !== null && etagOf(before) === condition.ifMatch;
}

function etagOf(stats: BigIntStats): string {
  return [stats.mtimeNs, stats.size, stats.ino].map((number) => number.toString(36)).join("-");
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsence(error)) return [];
    throw fileError(folder, error);
  }
}

/** A rename is durable when its folder is. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await fs.open(folder, "r");
  await handle.sync();
}

function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

/** Where an object's file should be there is a folder, or the other way round. */
function isFolder(error: unknown): boolean {
  const codes = ["EISDIR", "ENOTEMPTY", "EEXIST", "ENOTDIR", "ERR_FS_EISDIR", "EPERM"];
  return codes.includes(codeOf(error));
}

function keyIsFolder(key: string): DosqlError {
  return new DosqlError("invalid-argument", `${key}: one object's key is another one's folder`, {
    hint: "a key must not be the beginning of another key up to a /",
  });
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}
