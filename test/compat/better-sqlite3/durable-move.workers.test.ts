import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3-durable.workers.ts";
import type { OpenDatabase } from "../../../src/compat/better-sqlite3/surface.ts";
import type { DurableStorage } from "../../../src/platform/workers/durable-storage.ts";

/** As `dosql export` writes it, children before their parents. */
const SCRIPT = `PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE tags (
  note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (note_id, name)
) WITHOUT ROWID;
CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (title, content = 'notes', content_rowid = 'id');
INSERT INTO "tags" ("note_id", "name") VALUES (1, 'kitchen');
INSERT INTO "notes" ("id", "title") VALUES (1, 'Tea
BEGIN;
COMMIT;
PRAGMA foreign_keys = ON;
');
INSERT INTO "search"("search") VALUES('rebuild');
DELETE FROM sqlite_sequence WHERE name = 'notes';
INSERT INTO sqlite_sequence (name, seq) VALUES ('notes', 7);
CREATE TRIGGER notes_inserted AFTER INSERT ON notes BEGIN
  INSERT INTO search (rowid, title) VALUES (new.id, new.title);
END;
PRAGMA application_id = 42;
PRAGMA user_version = 2;
COMMIT;
PRAGMA foreign_keys = ON;
`;

/** The object of migration-guides/from-better-sqlite3.md; guide.node.test.ts compares them. */
class Notes {
  readonly db: OpenDatabase;

  constructor(storage: DurableStorage) {
    this.db = new Database(storage);
  }

  add(title: string): unknown {
    return this.db.prepare("INSERT INTO notes (title) VALUES (?) RETURNING id").pluck().get(title);
  }

  /** Takes what `dosql export` wrote. */
  load(script: string): void {
    const begin = /^PRAGMA foreign_keys = OFF;\nBEGIN;\n/;
    const end = /COMMIT;\nPRAGMA foreign_keys = ON;\n$/;
    this.db.transaction(() => {
      this.db.pragma("defer_foreign_keys = ON");
      this.db.exec(script.replace(begin, "").replace(end, ""));
    })();
  }
}

it("takes a database as `dosql export` writes it", () =>
  runInDurableObject(env.BARE.get(env.BARE.idFromName("durable-move")), (_object, state) => {
    const notes = new Notes(state.storage);
    // A child without a parent undoes all of it.
    const orphan = SCRIPT.replace("VALUES (1, 'kitchen')", "VALUES (9, 'kitchen')");
    expect(() => notes.load(orphan)).toThrow("FOREIGN KEY constraint failed");
    expect(notes.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'notes'").all()).toEqual(
      [],
    );
    notes.load(SCRIPT);
    expect(notes.db.prepare("SELECT * FROM notes JOIN tags ON id = note_id").all()).toEqual([
      {
        id: 1,
        title: "Tea\nBEGIN;\nCOMMIT;\nPRAGMA foreign_keys = ON;\n",
        note_id: 1,
        name: "kitchen",
      },
    ]);
    expect(notes.add("Bread")).toBe(8);
    expect(notes.db.prepare("SELECT rowid FROM search('bread OR tea')").pluck().all()).toEqual([
      1, 8,
    ]);
    expect(notes.db.pragma("user_version", { simple: true })).toBe(2);
  }));
