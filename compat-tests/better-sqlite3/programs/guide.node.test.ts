/*
 * Follows migration-guides/from-better-sqlite3.md to the letter: every command block, in order, in
 * a project that is in use. Only ports are others.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, freePort } from "../../guide.ts";
import { referenceState } from "../../../scripts/references.ts";
import { NotesProject } from "./notes-project.ts";

const reference = referenceState("better-sqlite3");
const GUIDE = path.join(import.meta.dirname, "../../../migration-guides/from-better-sqlite3.md");
/** Some dozen processes, each of which loads the sources. */
const TIMEOUT_MS = 300_000;

const blocks = blocksOf(readFileSync(GUIDE, "utf8"));

describe.skipIf(!reference.ready)("migration-guides/from-better-sqlite3.md", () => {
  const ports: [string, number][] = [];
  const followed: string[] = [];
  let project: NotesProject;
  let stopServer = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    ports.push(["5432", await freePort()], ["8432", await freePort()]);
    project = new NotesProject();
    project.installReal();
    project.installDrizzle();
    project.installAlias("dosql-as-better-sqlite3");
    await project.must(
      `node src/cli.js add Tea "three minutes" --tag kitchen && node src/cli.js add Bread`,
    );
  }, TIMEOUT_MS);

  afterAll(() => project.end());

  /** Does what the blocks of a section say; what each line said. */
  async function follow(section: string): Promise<Map<string, string>> {
    const said = new Map<string, string>();
    const own = blocks.filter((block) => block.section === section);
    followed.push(section);
    for (const { language, file, text } of own) {
      if (file !== "") writeFileSync(path.join(project.folder, file), text);
      if (language !== "sh") continue;
      for (const line of text.trim().split("\n")) said.set(line, await type(line));
    }
    expect(said.size, section).toBeGreaterThan(0);
    return said;
  }

  async function type(written: string): Promise<string> {
    const line = ports.reduce((text, [from, to]) => text.replace(from, String(to)), written);
    if (!line.includes("dosql serve ")) return project.must(line);
    const { said, stop } = await project.start(line, /ready; Ctrl-C stops it/);
    stopServer = stop;
    return said;
  }

  const file = (name: string): string => path.join(project.folder, name);
  const hash = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(file(name)))
      .digest("hex");
  /** What a program sees that knows nothing of DoSQL. */
  const objects = (name: string): unknown[] => {
    const raw = new DatabaseSync(file(name));
    const found = raw.prepare("SELECT name FROM sqlite_schema ORDER BY name").all();
    raw.close();
    return found.map((row) => row["name"]);
  };
  const said = (all: Map<string, string>, words: string): string =>
    [...all].find(([line]) => line.startsWith(words))?.[1] ?? `nobody typed ${words}`;

  it("changes the import, and nothing else", { timeout: TIMEOUT_MS }, async () => {
    const before = hash("notes.db");
    const info = await follow("Before you begin");
    expect(said(info, "npx dosql info")).toMatch(/notes +2/);

    const line = await follow("1. The line");
    expect(said(line, "npm test")).toMatch(/pass 10\n[\s\S]*fail 0\n/);
    expect(said(line, "node which.cjs")).toMatch(/\[ '3\.\d+\.\d+', 2 \]/);
    expect(readFileSync(file("src/database.js"), "utf8")).toContain('"dosql/better-sqlite3"');

    const tool = await follow("2. Where the name must stay");
    expect(said(tool, "node tool.mjs")).toBe("better-sqlite3\n");
    expect(said(tool, "node --import")).toBe("DoSQL\n");

    const drizzle = await follow("3. ORMs and query builders");
    expect(said(drizzle, "node drizzle")).toBe("[ { title: 'Tea' }, { title: 'Bread' } ]\n");
    expect(hash("notes.db")).toBe(before);
  });

  it("keeps every change, serves the folder, and goes back", { timeout: TIMEOUT_MS }, async () => {
    const plain = objects("notes.db");
    const capture = await follow("7. Keep every change");
    expect(said(capture, "npx dosql info")).toMatch(/capture +on/);
    const past = said(capture, "node past.mjs");
    expect(past).toMatch(/^snapshot insert undefined -> 1,Tea,three minutes,/m);
    expect(past).toMatch(/^local update 1,Tea,three minutes,.* -> 1,Tea,five minutes,/m);
    expect(past).toMatch(/^local delete 2,Bread,/m);
    expect(past).toContain("[ 'Tea', 'Bread' ]");
    expect(objects("plain.db")).toEqual(plain);
    expect(objects("notes.db").length).toBeGreaterThan(plain.length);

    const serve = await follow("8. Serve it, while the program goes on");
    expect(said(serve, "npx dosql info")).toMatch(/notes +1/);
    expect(said(serve, "NOTES_DATABASE=./data node src/cli.js list")).toBe("1 Tea\n");
    expect(said(serve, "NOTES_DATABASE=./data node src/cli.js add")).toBe("added 3\n");
    expect(said(serve, "NOTES_DATABASE=dosql:")).toBe("3 Served: by two\n");
    expect(said(serve, "npx dosql sql")).toMatch(/3 +│? ?.*Served/);
    expect(said(serve, "npx dosql tail")).toMatch(/"op":"insert".*"title":"Served"/);
    await stopServer();

    const back = await follow("10. The way back");
    expect(objects("back.db")).toEqual(plain);
    expect(said(back, "NOTES_DATABASE=back.db")).toBe("1 Tea\n3 Served\n");
    expect(said(back, "npm test")).toMatch(/pass 10\n[\s\S]*fail 0\n/);

    const turso = await follow("From libsql and Turso");
    expect(said(turso, "node turso")).toBe("[ 'Green tea', 'Served', 'Tea' ]\n");
  });

  it("shows the Durable Object that its own test has", () => {
    const [shown] = blocks.filter(({ language }) => language === "ts");
    const test = "../../../test/compat/better-sqlite3/durable-move.workers.test.ts";
    const methods = (text: string): string => text.slice(text.indexOf("  add(title"));
    const tested = methods(readFileSync(path.join(import.meta.dirname, test), "utf8"));
    expect(tested.startsWith(methods(shown?.text ?? "nothing"))).toBe(true);
  });

  it("runs every command block of the page", () => {
    const others = blocks.filter(
      ({ section, language }) => language === "sh" && !followed.includes(section),
    );
    expect(others).toEqual([]);
  });
});
