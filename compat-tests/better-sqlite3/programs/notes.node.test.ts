/*
 * examples/better-sqlite3-notes, a program of our own that knows of better-sqlite3 only, passes its
 * own tests on that library and on ours in its place.
 */
import { afterEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import { NotesProject } from "./notes-project.ts";

const reference = referenceState("better-sqlite3");
const TIMEOUT_MS = 180_000;
const TESTS = "node --test --test-reporter=tap";
const ALL = `${TESTS} "test/*.test.js"`;
/** Where files of tests share a database. */
const TURNS = `${TESTS} --test-concurrency=1`;
/** Functions of the program cannot be had over a network. */
const ANYWHERE = "test/notes.test.js test/cli.test.js";

let project: NotesProject;

afterEach(() => project.end());

/** How many tests passed; all of them, or the run has failed. */
async function passed(tests: string): Promise<number> {
  const said = await project.must(tests);
  expect(said).toMatch(/^# fail 0$/m);
  return Number(/^# pass (\d+)$/m.exec(said)?.[1]);
}

describe("a program that uses better-sqlite3 passes its own tests", () => {
  it.skipIf(!reference.ready)("on better-sqlite3", { timeout: TIMEOUT_MS }, async () => {
    project = new NotesProject();
    project.installReal();
    project.uninstall("dosql");
    expect(await passed(ALL)).toBe(10);
  });

  it("on DoSQL by its package alias, builtin", { timeout: TIMEOUT_MS }, async () => {
    project = new NotesProject();
    project.installAlias();
    expect(await passed(ALL)).toBe(10);
  });

  it.skipIf(!reference.ready)(
    "on DoSQL by its package alias, native",
    { timeout: TIMEOUT_MS },
    async () => {
      project = new NotesProject();
      project.installAlias();
      project.installReal("better-sqlite3-native");
      expect(await passed(ALL)).toBe(10);
    },
  );

  it("on a data folder", { timeout: TIMEOUT_MS }, async () => {
    project = new NotesProject();
    project.installAlias();
    await project.must("echo 'SELECT 1;' | npx dosql import - --data data");
    project.variables.set("NOTES_DATABASE", "./data");
    expect(await passed(`${TURNS} "test/*.test.js"`)).toBe(10);
  });

  it("at a server", { timeout: TIMEOUT_MS }, async () => {
    project = new NotesProject();
    project.installAlias();
    const serve = "npx dosql serve --data served --pg-port 0 --http-port 0 --json";
    const { said } = await project.start(serve, /"pgUrl".*\n/);
    const { pgUrl } = JSON.parse(said.slice(said.indexOf("{"))) as { readonly pgUrl: string };
    project.variables.set("NOTES_DATABASE", `dosql://${new URL(pgUrl).host}/main`);
    expect(await passed(`${TURNS} ${ANYWHERE}`)).toBe(9);
    // By the folder that the server owns, the program attaches to it.
    project.variables.set("NOTES_DATABASE", "./served");
    expect(await passed(`${TURNS} ${ANYWHERE}`)).toBe(9);
  });
});
