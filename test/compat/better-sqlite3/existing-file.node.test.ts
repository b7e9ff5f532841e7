import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const reference = referenceState("better-sqlite3");
const LIBRARIES = "../../../compat-tests/better-sqlite3/package.json";
const bindings: [string, () => Function | "builtin"][] = [
  ["builtin", () => "builtin"],
  ["native", () => createRequire(path.join(import.meta.dirname, LIBRARIES))("better-sqlite3")],
];
const installed = bindings.filter(([name]) => name === "builtin" || reference.ready);

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-existing-"));
  file = path.join(root, "app.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const hash = (): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** What some program of somebody's left. */
function makeFile(journal: "DELETE" | "WAL", name = file): void {
  const raw = new DatabaseSync(name);
  raw.exec(`
    PRAGMA page_size = 1024; PRAGMA journal_mode = ${journal}; PRAGMA user_version = 7;
    PRAGMA application_id = 42;
    CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
    CREATE VIRTUAL TABLE search USING fts5 (body, content = 'notes');
    CREATE TRIGGER fill AFTER INSERT ON notes BEGIN
      INSERT INTO search (rowid, body) VALUES (new.id, new.body);
    END;
    CREATE VIEW shouted AS SELECT upper(body) AS body FROM notes;
    INSERT INTO notes (body) VALUES ('tea'), ('bread');
  `);
  raw.close();
}

/** Another program, which knows nothing of us. */
function writeElsewhere(sql: string): void {
  const program =
    `const { DatabaseSync } = require("node:sqlite");` +
    `new DatabaseSync(process.argv[1]).exec(process.argv[2])`;
  execFileSync(process.execPath, ["--no-warnings", "-e", program, file, sql]);
}

describe.each(installed)("a file that was there before, %s", (_, binding) => {
  const opened = (options: Database.Options = {}): Database.Database =>
    new Database(file, { binding: binding(), ...options });

  it.each(["DELETE", "WAL"] as const)("is not changed by reading, journal %s", (journal) => {
    makeFile(journal);
    const before = hash();
    for (const options of [{}, { readonly: true }]) {
      const db = opened(options);
      expect(db.prepare("SELECT body FROM shouted").pluck().all()).toEqual(["TEA", "BREAD"]);
      expect(db.prepare("SELECT rowid FROM search('bread')").pluck().get()).toBe(2);
      expect(db.pragma("user_version", { simple: true })).toBe(7);
      expect(db.pragma("journal_mode", { simple: true })).toBe(journal.toLowerCase());
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      if (options.readonly === undefined) {
        expect(() =>
          db.transaction(() => {
            db.exec("DELETE FROM notes");
            throw new RangeError("no");
          })(),
        ).toThrow("no");
      }
      db.close();
    }
    expect(hash()).toBe(before);
    // A readonly connection cannot remove the files that reading a WAL takes.
    if (journal === "DELETE") expect(readdirSync(root)).toEqual(["app.db"]);
  });

  it("is changed as the program says, and no further", () => {
    makeFile("WAL");
    const db = opened();
    db.prepare("INSERT INTO notes (body) VALUES (?)").run("walk");
    db.exec("ALTER TABLE notes ADD COLUMN done");
    db.close();
    const twin = path.join(root, "twin.db");
    makeFile("WAL", twin);
    const raw = new DatabaseSync(twin);
    raw.exec("INSERT INTO notes (body) VALUES ('walk'); ALTER TABLE notes ADD COLUMN done");
    const contents = (from: DatabaseSync): unknown =>
      ["sqlite_schema", "notes", "sqlite_sequence"].map((name) =>
        from.prepare(`SELECT * FROM ${name}`).all(),
      );
    const ours = new DatabaseSync(file);
    expect(contents(ours)).toEqual(contents(raw));
    ours.close();
    raw.close();
  });

  it("stays what the program made of it once capture is on, but for hidden tables", async () => {
    makeFile("WAL");
    const before = hash();
    await open(file, { capture: "on" }).close();
    expect(hash()).not.toBe(before);
    const db = opened();
    expect(
      db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all(),
    ).toEqual(["fill"]);
    expect(db.pragma("user_version", { simple: true })).toBe(7);
    expect(db.pragma("application_id", { simple: true })).toBe(42);
    const plain = path.join(root, "plain.db");
    dosql(db).snapshot(plain);
    db.close();
    const schema = (name: string): unknown[] => {
      const raw = new DatabaseSync(name);
      const found = raw.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").all();
      raw.close();
      return found;
    };
    const wanted = path.join(root, "wanted.db");
    makeFile("WAL", wanted);
    expect(schema(plain)).toEqual(schema(wanted));
    expect(schema(file).length).toBeGreaterThan(schema(wanted).length);
  });

  it("says who else wrote into it", async () => {
    makeFile("WAL");
    await open(file, { capture: "on" }).close();
    const db = opened();
    db.prepare("INSERT INTO notes (body) VALUES ('ours')").run();
    writeElsewhere("INSERT INTO notes (body) VALUES ('theirs')");
    const told = (): string[] => [
      ...new Set(
        [...dosql(db).changes({ tables: ["notes"], operations: ["insert"] })].flatMap(
          ({ origin, records }) => records.map(({ after }) => `${origin} ${String(after?.[1])}`),
        ),
      ),
    ];
    // It looks once a second.
    for (let i = 0; i < 50 && told().length < 4; i++) await setTimeout(100);
    expect(told()).toEqual(["snapshot tea", "snapshot bread", "local ours", "foreign theirs"]);
    db.close();
  });
});
