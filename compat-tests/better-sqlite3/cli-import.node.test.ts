import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "../../src/entry/better-sqlite3.ts";
import { afterAll, describe, expect, test } from "vitest";
import { dosql } from "../../test/cli/run-dosql.ts";
import { readContents, realInput, referenceSqlite } from "../pgwire/real-input.ts";

const input = realInput();
const reference = referenceSqlite(input.file);

describe(`dosql import, compared with ${reference.name}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-cli-import-"));

  afterAll(() => {
    reference.close();
    rmSync(folder, { recursive: true });
  });

  test(`${input.name}: every row of every table`, { timeout: 60_000 }, async () => {
    const data = path.join(folder, "data");
    expect((await dosql(["import", input.file, "--data", data])).code).toBe(0);
    const db = new Database(data);
    const ours = await readContents((sql) => {
      const rows = db.prepare(sql).raw().all() as unknown[][];
      return Promise.resolve(rows.map((row) => row.map((v) => (v === null ? null : String(v)))));
    });
    db.close();
    const theirs = await readContents(reference.query);
    expect(Object.keys(theirs.tables).length).toBeGreaterThan(3);
    expect(ours.tables).toEqual(theirs.tables);
  });
});
