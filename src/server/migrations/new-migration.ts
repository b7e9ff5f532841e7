import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Files } from "../../ports/files.ts";
import { readJournal } from "./drizzle-journal.ts";
import type { Journal } from "./drizzle-journal.ts";
import type { MigrationFolder } from "./folder.ts";
import { bareName } from "./history.ts";
import { membersOf, parseJsonc } from "./jsonc.ts";
import type { Hashing } from "./migration.ts";
import { leadingNumber } from "./name-order.ts";

const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;
const DIGITS = 4;

/** What making a file needs of its home. */
export interface NewMigrationHome {
  readonly files: Files;
  readonly clock: Pick<Clock, "nowMs">;
  readonly hashing: Hashing;
}

/**
 * Makes the next numbered file, with nothing but a comment in it; for drizzle's journal also its
 * entry and its snapshot, as `drizzle-kit generate --custom` does.
 *
 * @returns the path of the file
 * @throws DosqlError `invalid-argument` for a name that is no file name, `unsupported` where only
 * drizzle-kit can make it
 */
export function newMigration(
  home: NewMigrationHome,
  folder: MigrationFolder,
  name: string,
): string {
  const words = checkName(name);
  if (folder.layout === "drizzle-journal") return newJournaled(home, folder, words);
  if (folder.holds === "folders") throw byDrizzleKit(folder, words);
  makeFolders(home.files, folder.path);
  const numbers = home.files
    .list(folder.path)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => leadingNumber(file) ?? 0);
  const number = Math.max(0, ...numbers) + 1;
  const file = `${String(number).padStart(DIGITS, "0")}_${words}.sql`;
  return create(home, home.files.join(folder.path, file), file);
}

function checkName(name: string): string {
  const words = bareName(name.trim()).replaceAll(/\s+/g, "_");
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(words)) return words;
  throw new DosqlError("invalid-argument", `${JSON.stringify(name)} is no name for a migration`, {
    hint: "use letters, digits, _ and -; it becomes part of a file's name",
  });
}

function create({ files, clock }: NewMigrationHome, path: string, file: string): string {
  const time = new Date(clock.nowMs()).toISOString();
  if (files.createText(path, `-- ${file}, ${time}\n`, FILE_MODE)) return path;
  throw new DosqlError("bad-file", `${path} exists already`);
}

function makeFolders(files: Files, path: string): void {
  if (files.info(path) !== null) return;
  const parent = files.parent(path);
  if (parent !== path) makeFolders(files, parent);
  files.makeFolder(path, FOLDER_MODE);
}

function byDrizzleKit(folder: MigrationFolder, words: string): DosqlError {
  return new DosqlError(
    "unsupported",
    `${folder.path}: only drizzle-kit can make a migration here`,
    {
      hint: `drizzle-kit generate --custom --name ${words}`,
    },
  );
}

function newJournaled(home: NewMigrationHome, folder: MigrationFolder, words: string): string {
  const { files, clock } = home;
  const journal = readJournal(files, folder.path);
  const last = journal.entries.at(-1);
  const idx = (last?.idx ?? -1) + 1;
  const tag = `${prefixOf(idx)}_${words}`;
  const bundled = files.info(files.join(folder.path, "migrations.js")) !== null;
  const previous = last === undefined ? null : readSnapshot(files, folder, last.idx);
  const numbered = last === undefined || last.tag.startsWith(`${prefixOf(last.idx)}_`);
  if (bundled || !numbered || previous === null) throw byDrizzleKit(folder, words);
  const id = snapshotId(home.hashing, `${String(previous["id"])} ${tag}`);
  // Its notes of what was renamed belong to the migration before.
  const notes = { schemas: {}, tables: {}, columns: {} };
  const snapshot = { ...previous, id, prevId: previous["id"], _meta: notes };
  const snapshotFile = snapshotPath(files, folder, idx);
  if (files.info(snapshotFile) !== null) {
    throw new DosqlError("bad-file", `${snapshotFile} exists already`);
  }
  const path = create(home, files.join(folder.path, `${tag}.sql`), `${tag}.sql`);
  files.createText(snapshotFile, JSON.stringify(snapshot, null, 2), FILE_MODE);
  writeJournal(files, journal, {
    idx,
    version: previous["version"],
    // Drizzle applies what is newer than its newest row, and nothing else.
    when: Math.max(clock.nowMs(), (last?.whenMs ?? 0) + 1),
    tag,
    breakpoints: true,
  });
  return path;
}

function writeJournal(files: Files, journal: Journal, entry: object): void {
  const entries = [...(journal.members["entries"] as readonly unknown[]), entry];
  const text = JSON.stringify({ ...journal.members, entries }, null, 2);
  files.replaceText(journal.file, text, FILE_MODE);
}

function prefixOf(idx: number): string {
  return String(idx).padStart(DIGITS, "0");
}

function snapshotPath(files: Files, folder: MigrationFolder, idx: number): string {
  return files.join(folder.path, "meta", `${prefixOf(idx)}_snapshot.json`);
}

/** What drizzle-kit compares the next schema with; it is passed on, for nothing changes here. */
function readSnapshot(
  files: Files,
  folder: MigrationFolder,
  idx: number,
): Readonly<Record<string, unknown>> | null {
  const path = snapshotPath(files, folder, idx);
  const text = files.readText(path);
  if (text === null) return null;
  const snapshot = membersOf(parseJsonc(path, text));
  return typeof snapshot["id"] === "string" ? snapshot : null;
}

/** Snapshots are chained by ids of the form of a UUID; this one is of the custom version 8. */
function snapshotId(hashing: Hashing, seed: string): string {
  const bytes = hashing.sha256(new TextEncoder().encode(seed)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
