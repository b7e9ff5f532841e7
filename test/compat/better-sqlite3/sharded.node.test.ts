import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database, { SqliteError } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const SHARDS = "databases/main";

let root: string;
let folder: string;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-sharded-"));
  folder = path.join(root, "data");
  await open(`${folder}/`).close();
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const sharded = (source: string, options: Database.Options = {}): Database.Database =>
  new Database(source, { ...options, binding: "sharded" });

describe('the binding "sharded"', () => {
  it("is a data folder of one shard as one database", () => {
    const db = sharded(folder);
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    const insert = db.prepare("INSERT INTO t (b) VALUES (?)");
    db.transaction((all: string[]) => all.map((b) => insert.run(b)))(["one", "two"]);
    expect([db.name, db.open, db.readonly]).toEqual([folder, true, false]);
    db.close();
    const readonly = sharded(folder, { readonly: true });
    expect(readonly.prepare("SELECT b FROM t").pluck().all()).toEqual(["one", "two"]);
    expect(() => readonly.exec("DELETE FROM t")).toThrow(/readonly/);
    readonly.close();
  });

  it.each([":memory:", "", "app.db", "missing"])("is not for %j", (source) => {
    expect(() => sharded(source === "" ? "" : path.join(root, source))).toThrow(
      /^The "binding" option is "sharded", but .*is not a data folder$/,
    );
  });
});

it.each([undefined, "builtin", "sharded"] as const)(
  "a folder of several shards is refused by name, binding %s",
  (binding) => {
    const main = path.join(folder, SHARDS);
    copyFileSync(path.join(main, "shard-0.sqlite"), path.join(main, "shard-1.sqlite"));
    const refused = (): unknown => new Database(folder, { binding });
    expect(refused).toThrow(SqliteError);
    expect(refused).toThrow(/several shards is not supported: shard-0\.sqlite, shard-1\.sqlite/);
    expect(refused).toThrow(expect.objectContaining({ code: "DOSQL_UNSUPPORTED" }));
    expect(() => open(folder)).toThrow(/several shards/);
    // The failed attempts have given the folder back.
    rmSync(path.join(main, "shard-1.sqlite"));
    new Database(folder).close();
  },
);
