/* `dosql copy` that is killed in the middle: real processes, a folder and a server as target. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { collect, dosql, scratchFolder, serve, start } from "./run-dosql.ts";

const ROWS = 3_000;
/** In pages of about a megabyte, and in uploads of more than one part. */
const SCRIPT = `
CREATE TABLE note (t, x BLOB);
CREATE TABLE marked (id INTEGER PRIMARY KEY AUTOINCREMENT, n);
CREATE TABLE log (t);
CREATE TRIGGER logged AFTER INSERT ON note BEGIN INSERT INTO log VALUES (new.t); END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
  INSERT INTO note (rowid, t, x) SELECT 3 * i, 'note ' || i, zeroblob(3200) FROM n;
INSERT INTO marked (n) SELECT rowid FROM note WHERE rowid % 5 = 0;`;

function sourceFile(): string {
  const file = path.join(scratchFolder(), "source.sqlite");
  const db = new DatabaseSync(file);
  db.exec(SCRIPT);
  db.close();
  return file;
}

function sizeOf(folder: string): number {
  let size = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // It may go away meanwhile.
    size += statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}

/** Kills a copy once the target's folder has grown by so much; false if it was over before. */
async function killed(
  words: readonly string[],
  env: Record<string, string>,
  watch: { readonly folder: string; readonly grown: number },
): Promise<boolean> {
  const before = sizeOf(watch.folder);
  const child = start(["copy", "--json", ...words], { env });
  const ended = collect(child);
  while (child.exitCode === null && sizeOf(watch.folder) - before < watch.grown) await sleep(2);
  const isKilled = child.exitCode === null && child.kill("SIGKILL");
  await ended;
  return isKilled;
}

async function copied(words: readonly string[], env: Record<string, string>): Promise<any> {
  const { code, out, err } = await dosql(["copy", "--json", ...words], { env });
  expect(code, out + err).toBe(0);
  return JSON.parse(out);
}

/** A stage is how much the folder of the target has grown. */
const STAGES = [200_000, 9_000_000];

/** What a program finds in a folder that nobody has open. */
function found(data: string, sql: string): unknown {
  const db = new DatabaseSync(path.join(data, "databases/main/shard-0.sqlite"));
  try {
    return Object.values(db.prepare(sql).get() ?? {})[0];
  } finally {
    db.close();
  }
}

/** Everything is there once: the trigger did not run again for rows that were copied. */
function expectAll(report: { readonly result: string; readonly tables: readonly any[] }): void {
  expect(report.result).toBe("equal");
  const rows = report.tables.map(({ name, target }) => [name, target.rows]);
  expect(Object.fromEntries(rows)).toEqual({ note: ROWS, marked: ROWS / 5, log: ROWS });
}

describe("a copy that is killed", { timeout: 120_000 }, () => {
  it("leaves a folder as it was, and --again brings all of it, once", async () => {
    const file = sourceFile();
    let kills = 0;
    for (const grown of STAGES) {
      const data = scratchFolder();
      if (await killed([file, data], {}, { folder: data, grown })) kills += 1;
      const tables = found(data, "SELECT count(*) FROM sqlite_schema WHERE name = 'note'");
      const rows = tables === 0 ? 0 : found(data, "SELECT count(*) FROM note");
      expect([0, ROWS]).toContain(rows);
      expectAll(await copied(["--again", file, data], {}));
    }
    expect(kills).toBeGreaterThan(0);
  });

  it("leaves what an older copy brought, when it was brought up to date", async () => {
    const [file, data] = [sourceFile(), scratchFolder()];
    expectAll(await copied([file, data], {}));
    const db = new DatabaseSync(file);
    db.exec("UPDATE note SET t = t || ' changed'");
    db.close();
    let kills = 0;
    for (const grown of STAGES) {
      if (!(await killed(["--again", file, data], {}, { folder: data, grown }))) break;
      kills += 1;
      const changed = "SELECT count(*) || ' ' || sum(t LIKE '%changed') FROM note";
      expect([`${ROWS} 0`, `${ROWS} ${ROWS}`]).toContain(found(data, changed));
    }
    expect(kills).toBeGreaterThan(0);
    expectAll(await copied(["--again", file, data], {}));
  });

  it("leaves a server without half of it, and --again brings all of it, once", async () => {
    const [file, data] = [sourceFile(), scratchFolder()];
    const served = await serve(data);
    const url = served.httpUrl.replace(/\/$/, "");
    const env = { DOSQL_TOKEN: served.token };
    const headers = { authorization: `Bearer ${served.token}` };
    const base = `${url}/client/v4/accounts/any/d1/database`;
    let kills = 0;
    for (const [i, grown] of [1_000_000, 18_000_000].entries()) {
      const name = `copy${i}`;
      await fetch(base, { method: "POST", headers, body: JSON.stringify({ name }) });
      const target = `${url}/${name}`;
      if (await killed([file, target], env, { folder: data, grown })) kills += 1;
      // What came whole is taken whole, though its sender is gone.
      const sql = "SELECT (SELECT count(*) FROM note) AS n, (SELECT count(*) FROM log) AS l";
      const asked = { method: "POST", headers, body: JSON.stringify({ sql }) };
      const said = (await (await fetch(`${base}/${name}/query`, asked)).json()) as any;
      expect(said.result?.[0].results[0] ?? said.errors[0].message).toEqual(
        said.success === true ? { n: ROWS, l: ROWS } : expect.stringContaining("no such table"),
      );
      expectAll(await copied(["--again", file, target], env));
    }
    expect(kills).toBeGreaterThan(0);
    await served.stop();
  });
});
