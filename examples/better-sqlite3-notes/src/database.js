import { readdirSync, readFileSync } from "node:fs";
import Database from "better-sqlite3";

const MIGRATIONS = new URL("../migrations/", import.meta.url);

/** Opens the database and brings its tables up to date. */
export function openDatabase(name) {
  const db = new Database(name);
  db.pragma("journal_mode = WAL");
  migrate(db);
  return db;
}

/** Each migration runs once, in a transaction; `user_version` says how many have run. */
function migrate(db) {
  const files = readdirSync(MIGRATIONS).sort();
  const run = db.transaction((file, version) => {
    db.exec(readFileSync(new URL(file, MIGRATIONS), "utf8"));
    db.pragma(`user_version = ${version}`);
  });
  const done = db.pragma("user_version", { simple: true });
  for (const [index, file] of files.entries()) {
    if (index >= done) run.immediate(file, index + 1);
  }
}
