// What needs the database in this process, and on this disk.
import assert from "node:assert/strict";
import path from "node:path";
import { after, beforeEach, test } from "node:test";
import Database from "better-sqlite3";
import { Notes } from "../src/notes.js";
import { databaseName, makeFolder } from "./place.js";

const folder = makeFolder();
const notes = new Notes(databaseName());
after(() => notes.close());
beforeEach(() => notes.clear());

test("functions of the program count in SQL", () => {
  notes.addAll([
    { title: "Tea", body: "grün, three minutes" },
    { title: "Bread", body: "flour" },
    { title: "?" },
  ]);
  assert.deepEqual(notes.statistics(), { notes: 3, words: 4, longest: "Bread" });
});

test("a backup is a database of its own", async () => {
  notes.addAll(
    Array.from({ length: 2_000 }, (_, index) => ({
      title: `Note ${index}`,
      body: "x".repeat(400),
    })),
  );
  const copy = path.join(folder, "copy.db");
  const told = [];
  await notes.backup(copy, (done, all) => told.push(done <= all));
  assert.ok(told.length > 1 && !told.includes(false));
  notes.clear();
  const db = new Database(copy, { readonly: true });
  assert.equal(db.prepare("SELECT count(*) FROM notes").pluck().get(), 2_000);
  assert.equal(db.pragma("integrity_check", { simple: true }), "ok");
  db.close();
});
