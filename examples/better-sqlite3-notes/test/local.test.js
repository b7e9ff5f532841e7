// What needs the database in this process.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { Notes } from "../src/notes.js";
import { databaseName } from "./place.js";

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
