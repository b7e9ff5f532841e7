import { DosqlError } from "../../base/errors.ts";
import type { Files } from "../../ports/files.ts";
import { readJournal } from "./drizzle-journal.ts";
import { FOLDER_MIGRATION } from "./folder.ts";
import type { MigrationFolder } from "./folder.ts";
import { readMigration } from "./migration.ts";
import type { Hashing, Migration, MigrationSet } from "./migration.ts";
import { compareNames } from "./name-order.ts";

/** A file is read whole; nobody writes this much by hand, and an import is the better way. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/**
 * Reads all migrations of a folder.
 *
 * @throws DosqlError `bad-file` that names the file at fault
 */
export function readFolder(files: Files, hashing: Hashing, folder: MigrationFolder): MigrationSet {
  const { layout, table } = folder;
  const read = (name: string, path: string, whenMs?: number): Migration => {
    const source = { name, path, bytes: readBytes(files, path) };
    return readMigration(whenMs === undefined ? source : { ...source, whenMs }, hashing);
  };
  if (layout === "drizzle-journal") return { ...readJournaled(files, folder, read), layout, table };
  const migrations = namesIn(files, folder).map((name) => {
    const path = files.join(folder.path, name);
    if (layout !== "drizzle-folders") return read(name, path);
    const tag = name.slice(0, -FOLDER_MIGRATION.length - 1);
    return read(tag, path, folderTime(tag, path));
  });
  return { layout, table, migrations, lost: [], strays: [] };
}

type ReadFile = (name: string, path: string, whenMs?: number) => Migration;

function readJournaled(
  files: Files,
  folder: MigrationFolder,
  read: ReadFile,
): Pick<MigrationSet, "migrations" | "lost" | "strays"> {
  const { entries } = readJournal(files, folder.path);
  const pathOf = (tag: string): string => files.join(folder.path, `${tag}.sql`);
  const isThere = (tag: string): boolean => files.info(pathOf(tag)) !== null;
  const listed = new Set(entries.map(({ tag }) => `${tag}.sql`));
  return {
    migrations: entries
      .filter(({ tag }) => isThere(tag))
      .map(({ tag, whenMs }) => read(tag, pathOf(tag), whenMs)),
    lost: entries
      .filter(({ tag }) => !isThere(tag))
      .map(({ tag: name, whenMs }) => ({ name, whenMs })),
    strays: namesIn(files, folder).filter((name) => !listed.has(name)),
  };
}

/** Names as wrangler keeps them: paths within the folder, in the order of their numbers. */
function namesIn(files: Files, folder: MigrationFolder): string[] {
  const names = files.list(folder.path).filter((name) => !name.startsWith("."));
  const all =
    folder.holds === "files"
      ? names.filter((name) => name.endsWith(".sql"))
      : names.map((name) => `${name}/${FOLDER_MIGRATION}`);
  return all
    .filter((name) => files.info(files.join(folder.path, name))?.kind === "file")
    .sort(compareNames);
}

function readBytes(files: Files, path: string): Uint8Array {
  const info = files.info(path);
  if (info?.kind !== "file") throw new DosqlError("bad-file", `${path} is no file`);
  if (info.sizeBytes > MAX_FILE_BYTES) {
    throw new DosqlError("limit", `${path} is longer than ${MAX_FILE_BYTES} bytes`, {
      hint: "bring data in by dosql import",
    });
  }
  return files.readStart(path, info.sizeBytes);
}

/** Drizzle reads the time out of the folder's name: YYYYMMDDHHMMSS in UTC. */
function folderTime(name: string, path: string): number {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(name);
  if (digits === null) {
    throw new DosqlError("bad-file", `${path}: the folder's name does not begin with its time`, {
      hint: "drizzle-kit names it YYYYMMDDHHMMSS_name",
    });
  }
  const [year = 0, month = 0, day, hour, minute, second] = digits.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
