import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { FileHold } from "../../../src/entry/node/file-hold.ts";
import { open } from "../../../src/entry/main.ts";
import { folderMaintenance } from "../../../src/entry/node/node-archive.ts";
import { startRemote } from "./remote-process.ts";

const reference = referenceState("better-sqlite3");
const LIBRARIES = "../../../compat-tests/better-sqlite3/package.json";
const bindings: [string, () => Function | "builtin" | "worker"][] = [
  ["builtin", () => "builtin"],
  ["worker", () => "worker"],
  ["native", () => createRequire(path.join(import.meta.dirname, LIBRARIES))("better-sqlite3")],
];
const installed = bindings.filter(([name]) => name !== "native" || reference.ready);

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-extras-"));
  file = path.join(root, "app.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function failure(body: () => unknown): { code: string; message: string; hint: string } {
  try {
    body();
  } catch (error) {
    const { code, message, hint } = error as Error & { code: string; hint: string };
    return { code, message, hint };
  }
  throw new Error("nothing was thrown");
}

const inserts = (all: Iterable<LogTransaction>): unknown[] =>
  [...all].flatMap(({ records }) =>
    records.filter(({ op }) => op === "insert").map((r) => r.after),
  );

describe.each(installed)("dosql(db), %s", (named, binding) => {
  const opened = (name = file, options: Database.Options = {}): Database.Database =>
    new Database(name, { binding: binding(), ...options });

  it("is the first thing that a program asks of a captured file", async () => {
    const before = opened();
    before.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    before.close();
    await open(file, { capture: "on" }).close();
    for (const ask of [
      (db: Database.Database) => inserts(dosql(db).changes()),
      (db: Database.Database) => dosql(db).at(new Date()).prepare("SELECT a FROM t").raw().all(),
      (db: Database.Database) => (dosql(db).feed.head > 0 ? [[1n]] : []),
    ]) {
      const db = opened();
      expect(ask(db).flat().map(Number)).toEqual([1]);
      db.close();
    }
  });

  it("keeps the hidden tables in backups, and out of all other copies", async () => {
    await open(file, { capture: "on" }).close();
    const db = opened();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const names = (from: string | Uint8Array): string[] => {
      const copy = path.join(root, "read.db");
      writeFileSync(copy, typeof from === "string" ? readFileSync(from) : from);
      const raw = new DatabaseSync(copy);
      const found = raw.prepare("SELECT name FROM sqlite_schema ORDER BY name").all();
      raw.close();
      return found.map(({ name }) => String(name));
    };
    const [backup, snapshot] = [path.join(root, "backup.db"), path.join(root, "snapshot.db")];
    await db.backup(backup);
    dosql(db).snapshot(snapshot);
    expect(names(backup)).toContain("_cf_dosql_log");
    expect(names(db.serialize())).toEqual(["t"]);
    expect(names(snapshot)).toEqual(["t"]);
    db.close();
    // A backup goes on where the file was.
    const restored = opened(backup);
    restored.exec("INSERT INTO t VALUES (2)");
    expect(inserts(dosql(restored).changes()).flat().map(Number)).toEqual([1, 2]);
    restored.close();
  });

  it("keeps the rowids of rows without a key where it leaves the hidden tables out", async () => {
    await open(file, { capture: "on" }).close();
    const db = opened();
    db.exec("CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (30, 'x'), (77, 'y')");
    const copy = path.join(root, "copy.db");
    writeFileSync(copy, db.serialize());
    db.close();
    const raw = new DatabaseSync(copy);
    expect(raw.prepare("SELECT rowid, a FROM t").all()).toEqual([
      { rowid: 30, a: "x" },
      { rowid: 77, a: "y" },
    ]);
    raw.close();
  });

  it("copies an index by a function that only the program has", async () => {
    await open(file, { capture: "on" }).close();
    const db = opened();
    const twice = (n: unknown): number => Number(n) * 2;
    db.function("twice", { deterministic: true }, twice);
    db.exec(
      "CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (30, 1); CREATE INDEX i ON t (twice(a))",
    );
    const copies = [path.join(root, "serialized.db"), path.join(root, "snapshot.db")] as const;
    writeFileSync(copies[0], db.serialize());
    dosql(db).snapshot(copies[1]);
    db.close();
    expect(readdirSync(root).filter((name) => name.includes("-visible"))).toEqual([]);
    for (const copy of copies) {
      const raw = new DatabaseSync(copy);
      raw.function("twice", { deterministic: true }, twice);
      expect(raw.prepare("SELECT rowid, a FROM t WHERE twice(a) = 2").all()).toEqual([
        { rowid: 30, a: 1 },
      ]);
      expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
      raw.close();
      expect(String(readFileSync(copy))).not.toContain("dosql_");
    }
  });

  it("leaves the file as it is while it copies it", async () => {
    await open(file, { capture: "on" }).close();
    const db = opened();
    db.exec("CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (30, 'x'), (77, 'y')");
    const rows = db.prepare("SELECT rowid, a FROM t");
    const before = rows.all();
    const told = inserts(dosql(db).changes()).length;
    dosql(db).snapshot(path.join(root, "snapshot.db"));
    db.prepare("VACUUM /* a copy */ INTO ?").run(path.join(root, "into.db"));
    expect(rows.all()).toEqual(before);
    expect(inserts(dosql(db).changes())).toHaveLength(told);
    // VACUUM itself moves them, here as in any file.
    db.exec("VACUUM");
    expect(rows.all()).toEqual([
      { rowid: 1, a: "x" },
      { rowid: 2, a: "y" },
    ]);
    db.close();
  });

  it("says why it has nothing to tell", async () => {
    const plain = opened();
    plain.exec("CREATE TABLE t (a)");
    expect(failure(() => dosql(plain).changes()[Symbol.iterator]())).toMatchObject({
      code: "misuse",
      message: "changes of this database are not captured",
    });
    plain.close();
    await open(file, { capture: "on" }).close();
    const readonly = opened(file, { readonly: true });
    expect(failure(() => dosql(readonly).at(new Date()))).toMatchObject({
      message: expect.stringMatching(/^a readonly connection/),
    });
    readonly.close();
    expect(failure(() => dosql({} as never)).message).toMatch(/takes a Database/);
  });

  describe("with a log whose beginning is only in the archive", () => {
    let folder: string;
    let end: Lsn;

    beforeEach(async () => {
      folder = path.join(root, "data");
      await open(`${folder}/`).close();
      // In this process, as the maintenance is.
      const db = named === "worker" ? new Database(folder) : opened(folder);
      db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY)");
      const shardFile = path.join(folder, "databases/main/shard-0.sqlite");
      const hold = new FileHold(shardFile);
      const maintenance = folderMaintenance(hold.openShard({}), shardFile, {
        archive: true,
        retention: { horizonMs: 0 },
      });
      for (let a = 1; a <= 6; a++) {
        db.prepare("INSERT INTO t VALUES (?)").run(a);
        if (a % 2 === 0) await maintenance.run();
      }
      db.prepare("INSERT INTO t VALUES (?)").run(7);
      end = dosql(db).feed.head;
      await maintenance.close();
      db.close();
      hold.release()?.close();
    });

    it("tells all of it by `for await`", async () => {
      const db = opened(folder);
      const found: LogTransaction[] = [];
      for await (const transaction of dosql(db).changes({ from: toLsn(0) })) {
        found.push(transaction);
        if (transaction.lastLsn === end) break;
      }
      expect(inserts(found).flat()).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n]);
      db.close();
    });

    it("names that way to who asks by `for`, and tells the rest", () => {
      const db = opened(folder);
      const all = (from?: Lsn): unknown[] =>
        inserts(dosql(db).changes(from === undefined ? {} : { from })).flat();
      expect(failure(() => all(toLsn(0)))).toMatchObject({
        code: "history-gone",
        hint: expect.stringContaining("for await"),
      });
      const logged = all();
      expect(logged.at(-1)).toBe(7n);
      expect(logged.length).toBeLessThan(7);
      db.close();
    });
  });
});

it("a database at a server has no such extras, and says where they are", async () => {
  const server = await startRemote();
  const db = new Database(`dosql://127.0.0.1:${server.port}/extras`);
  expect(failure(() => dosql(db))).toMatchObject({
    code: "unsupported",
    hint: expect.stringContaining("dosql tail"),
  });
  db.close();
  await server.stop();
});
