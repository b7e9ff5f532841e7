import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";

/** A folder of its own, gone after the tests of the file. */
export function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "notes-"));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The database that NOTES_DATABASE names, else a new file. */
export function databaseName() {
  return process.env.NOTES_DATABASE ?? path.join(makeFolder(), "notes.db");
}
