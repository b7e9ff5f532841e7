import assert from "node:assert/strict";
import path from "node:path";
import { after, beforeEach, test } from "node:test";
import Database from "better-sqlite3";
import { Notes } from "../src/notes.js";
import { databaseName, makeFolder } from "./place.js";

const name = databaseName();
const notes = new Notes(name);
after(() => notes.close());
beforeEach(() => notes.clear());

const TEA = { title: "Tea", body: "Green tea, three minutes at 80 °C", tags: ["kitchen", "Daily"] };
const BREAD = { title: "Bread", body: "Flour, water, salt, and time", tags: ["kitchen"] };

test("a note is kept with its tags", () => {
  const id = notes.add({ ...TEA, createdAt: "2026-01-01" });
  assert.equal(id, 1);
  assert.deepEqual(notes.get(id), {
    id: 1,
    title: "Tea",
    body: TEA.body,
    created_at: "2026-01-01",
    edited_at: null,
    tags: ["Daily", "kitchen"],
  });
  assert.equal(notes.get(2), undefined);
});

test("numbers are not given twice", () => {
  notes.addAll([TEA, BREAD]);
  assert.equal(notes.remove(2), "Bread");
  assert.equal(notes.remove(2), undefined);
  assert.equal(notes.add(BREAD), 3);
});

test("a list is added as a whole or not at all", () => {
  const { SqliteError } = Database;
  assert.throws(
    () => notes.addAll([TEA, { title: "" }]),
    (error) => error instanceof SqliteError && error.code === "SQLITE_CONSTRAINT_CHECK",
  );
  assert.throws(() => notes.addAll([TEA, { title: null }]), { code: "SQLITE_CONSTRAINT_NOTNULL" });
  assert.throws(() => notes.add({ title: true }), TypeError);
  assert.deepEqual([...notes], []);
});

test("the search follows what changes", () => {
  notes.addAll([TEA, BREAD]);
  assert.deepEqual(notes.search("water"), [
    { id: 2, title: "Bread", part: "Flour, [water], salt, and time" },
  ]);
  assert.equal(notes.edit(2, { body: "Rye and patience" }, "2026-01-02"), true);
  assert.equal(notes.edit(3, { body: "?" }), false);
  assert.deepEqual(notes.search("water"), []);
  assert.deepEqual(
    notes.search("rye OR tea").map(({ title }) => title),
    ["Tea", "Bread"],
  );
  notes.remove(1);
  assert.deepEqual(notes.search("tea"), []);
  assert.throws(() => notes.search('"'), { name: "SqliteError", code: "SQLITE_ERROR" });
});

test("tags go with their note, and know no case", () => {
  notes.addAll([TEA, BREAD, { title: "Walk", tags: ["daily", "DAILY"] }]);
  assert.deepEqual(
    [...notes.tags()],
    [
      ["Daily", 2],
      ["kitchen", 2],
    ],
  );
  notes.remove(1);
  assert.deepEqual(
    [...notes.tags()],
    [
      ["daily", 1],
      ["kitchen", 1],
    ],
  );
});

test("notes are read one after the other, and not beyond what is asked for", () => {
  notes.addAll(Array.from({ length: 50 }, (_, index) => ({ title: `Note ${index}` })));
  const found = [];
  for (const note of notes) {
    found.push(note.title);
    if (found.length === 3) break;
  }
  assert.deepEqual(found, ["Note 0", "Note 1", "Note 2"]);
  notes.clear();
});

test("opening it once more runs no migration again", () => {
  notes.add(TEA);
  const second = new Notes(name);
  assert.equal(second.get(1).title, "Tea");
  second.add(BREAD);
  second.close();
  assert.deepEqual(notes.search("bread").length, 1);
});

test("a backup is a database of its own", async () => {
  notes.addAll(
    Array.from({ length: 2_000 }, (_, index) => ({
      title: `Note ${index}`,
      body: "x".repeat(400),
    })),
  );
  const copy = path.join(makeFolder(), "copy.db");
  const told = [];
  await notes.backup(copy, (done, all) => told.push(done <= all));
  assert.ok(told.length > 1 && !told.includes(false));
  notes.clear();
  const db = new Database(copy, { readonly: true });
  assert.equal(db.prepare("SELECT count(*) FROM notes").pluck().get(), 2_000);
  assert.equal(db.pragma("integrity_check", { simple: true }), "ok");
  db.close();
});
