import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Notes } from "../src/notes.js";
import { databaseName } from "./place.js";

const name = databaseName();
const cli = fileURLToPath(new URL("../src/cli.js", import.meta.url));

/** What it prints; an error when it fails. */
function run(...args) {
  const options = { encoding: "utf8", env: { ...process.env, NOTES_DATABASE: name } };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], options);
  if (status !== 0) throw new Error(`${status}: ${stderr.trim()}`);
  return stdout.trim();
}

test("notes are added, found, changed and removed from the command line", () => {
  const notes = new Notes(name);
  notes.clear();
  notes.close();
  assert.equal(run("add", "Tea", "three minutes", "--tag", "kitchen"), "added 1");
  assert.equal(run("show", "1"), "Tea #kitchen\nthree minutes");
  assert.equal(run("edit", "1", "three minutes, or four"), "edited 1");
  assert.equal(run("search", "four"), "1 Tea: three minutes, or [four]");
  assert.throws(() => run("show", "2"), /^Error: 1: notes: there is no note 2$/);
  assert.throws(() => run("toString"), /^Error: 2: usage: notes add/);
});
