/*
 * Kysely, Knex and Drizzle, unchanged, with better-sqlite3 led to us: the same program must hear
 * the same as over the real library. The projects' own suites: ../public-suites.md.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realDatabase, reference } from "../libraries.ts";
import { DRIVERS } from "../suites/run.ts";
import { REFUSED } from "./notes.ts";
import type { Said } from "./notes.ts";

const LEAD = pathToFileURL(path.join(import.meta.dirname, "../suites/lead.ts")).href;
const PROGRAM = path.join(import.meta.dirname, "program.ts");

const root = mkdtempSync(path.join(tmpdir(), "dosql-orms-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a program hears over a driver, and the folder of its database. */
async function heard(name: string, driver: string): Promise<{ said: Said; folder: string }> {
  const folder = mkdtempSync(path.join(root, `${name}-${driver}-`));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--no-warnings", `--import=${LEAD}`, PROGRAM, name, folder],
    { env: { ...process.env, DOSQL_SUITE_DRIVER: driver, DOSQL_SUITE_FOLDER: folder } },
  );
  return { said: JSON.parse(stdout.replaceAll(folder, "<folder>")) as Said, folder };
}

/** How much capture took down; null for a file without a log. */
function entries(file: string): unknown {
  const db = new (realDatabase())(file, { readonly: true });
  const log = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_cf_dosql_log'").get();
  const count = log && db.prepare("SELECT count(*) FROM _cf_dosql_log").pluck().get();
  db.close();
  return count ?? null;
}

const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

describe.skipIf(!reference.ready).each(["kysely", "knex", "drizzle"])(`%s${title}`, (name) => {
  let real: Said = {};
  beforeAll(async () => {
    ({ said: real } = await heard(name, "real"));
  });

  it("does what the program means it to do", () => {
    expect(Object.keys(real).length).toBeGreaterThan(30);
    for (const [label, answer] of Object.entries(real)) {
      const refused = typeof answer === "object" && answer !== null && "thrown" in answer;
      expect(refused, `${label}: ${JSON.stringify(answer)}`).toBe(label.startsWith(REFUSED));
    }
  });

  const ours = DRIVERS.filter((driver) => driver !== "real" && driver !== "remote");
  it.each(ours)("hears the same over %s", async (driver) => {
    const { said, folder } = await heard(name, driver);
    expect(said).toEqual(real);
    const log = entries(path.join(folder, "app.db"));
    if (driver.endsWith("captured")) expect(log).toBeGreaterThan(30);
    else expect(log).toBeNull();
  });
});
