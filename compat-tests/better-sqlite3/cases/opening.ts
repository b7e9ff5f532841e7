import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { Case } from "../contract.ts";

const OPTIONS: readonly unknown[] = [
  { readOnly: true },
  { memory: true },
  { readonly: 1 },
  { readonly: undefined },
  { fileMustExist: 0 },
  { timeout: "5" },
  { timeout: -1 },
  { timeout: 1.5 },
  { timeout: Number.NaN },
  { timeout: 2 ** 31 },
  { timeout: 2 ** 31 - 1 },
  { timeout: 0 },
  { verbose: 5 },
  { verbose: null },
  { nativeBinding: 5 },
  { journalFd: 5 },
  { journalFd: "x" },
  { unknown: 1 },
  {},
  null,
  5,
  "text",
  () => {},
];

export const opening: Case[] = [
  {
    name: "opening: options",
    run({ Database, ask }) {
      OPTIONS.forEach((options, index) => {
        ask(`${index}: ${typeof options} ${JSON.stringify(options)}`, () => {
          const db = new Database(":memory:", options);
          return [db.name, db.open, db.readonly, db.memory, db.close().open];
        });
      });
    },
  },
  {
    name: "opening: names",
    run({ Database, ask, file }) {
      const names = [undefined, null, "", "  ", ":memory:", " :memory: ", true, {}, [], 5n];
      names.forEach((name, index) => {
        ask(`${index}: ${typeof name} ${String(name)}`, () => {
          const db = new Database(name);
          return [db.name, db.open, db.readonly, db.memory, db.close().open];
        });
      });
      ask("a URL object", () => new Database(new URL("file:///nowhere.db")));
      ask("a plain array of bytes", () => new Database(new Uint8Array(3)));
      ask("a negative descriptor", () => new Database(-1));
      ask("a descriptor that is no integer", () => new Database(1.5));
      ask("a descriptor without a journal", () => new Database(5));
      ask("spaces around a path", () => {
        const db = new Database(` ${file("spaced.db")} `);
        db.exec("CREATE TABLE t (a)");
        return [
          db.name.trim() === file("spaced.db"),
          existsSync(file("spaced.db")),
          db.close().name,
        ];
      });
      ask("readonly memory", () => new Database(":memory:", { readonly: true }));
      ask("readonly temporary", () => new Database("", { readonly: true }));
    },
  },
  {
    name: "opening: files",
    run({ Database, ask, file }) {
      ask("a new file", () => {
        const db = new Database(file("new.db"));
        db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        return [db.name, db.memory, db.readonly, db.close().open, existsSync(file("new.db"))];
      });
      ask("the same again", () => {
        const db = new Database(file("new.db"), { fileMustExist: true });
        const rows = db.prepare("SELECT * FROM t").all();
        db.close();
        return rows;
      });
      ask("readonly", () => {
        const db = new Database(file("new.db"), { readonly: true });
        try {
          return [db.readonly, db.prepare("SELECT * FROM t").all(), db.exec("DELETE FROM t")];
        } finally {
          db.close();
        }
      });
      ask("readonly and missing", () => new Database(file("none.db"), { readonly: true }));
      ask(
        "missing though it must exist",
        () => new Database(file("none.db"), { fileMustExist: true }),
      );
      ask("nothing was made", () => existsSync(file("none.db")));
      ask("in a folder that does not exist", () => new Database(file("none/x.db")));
      mkdirSync(file("folder"));
      ask("characters that mean something in a URI", () => {
        const path = file("folder/a?b#c%20d e.db");
        new Database(path).exec("CREATE TABLE t (a)").close();
        const db = new Database(path, { fileMustExist: true });
        const [{ file: found }] = db.pragma("database_list");
        db.close();
        return [found === path, existsSync(path)];
      });
      writeFileSync(file("garbage.db"), "this is no database, but it is long enough to be read");
      ask("garbage opens", () => new Database(file("garbage.db")).close().name);
      ask("garbage asked", () => new Database(file("garbage.db")).prepare("SELECT * FROM t"));
      ask("garbage asked for its version", () =>
        new Database(file("garbage.db")).pragma("user_version"),
      );
      ask("an empty file", () => {
        writeFileSync(file("empty.db"), "");
        const db = new Database(file("empty.db"));
        db.exec("CREATE TABLE t (a)");
        return db.close().name;
      });
    },
  },
  {
    name: "opening: a Buffer",
    run({ Database, open, ask }) {
      const source = open();
      source.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
      const bytes = source.serialize();
      ask("kind", () => [Buffer.isBuffer(bytes), bytes.length % 512]);
      ask("opened", () => {
        const db = new Database(bytes);
        db.exec("INSERT INTO t VALUES (2)");
        const rows = db.prepare("SELECT a FROM t").pluck().all();
        return [db.name, db.memory, db.readonly, rows, db.close().open];
      });
      ask("readonly", () => {
        const db = new Database(bytes, { readonly: true });
        return [db.readonly, db.exec("INSERT INTO t VALUES (2)")];
      });
      ask("empty", () => {
        const db = new Database(Buffer.alloc(0));
        return db.exec("CREATE TABLE t (a)").prepare("SELECT * FROM t").all();
      });
      ask("garbage", () => new Database(Buffer.from("garbage")).prepare("SELECT 1 FROM t"));
    },
  },
  {
    name: "opening: defaults",
    run({ Database, open, ask, file }) {
      const names =
        "foreign_keys cache_size journal_mode synchronous busy_timeout recursive_triggers";
      ask("memory", () => names.split(" ").map((name) => open().pragma(name, { simple: true })));
      const db = new Database(file("defaults.db"), { timeout: 123 });
      ask("a file", () => names.split(" ").map((name) => db.pragma(name, { simple: true })));
      ask("a file in WAL", () => {
        db.pragma("journal_mode = WAL");
        db.exec("CREATE TABLE t (a)");
        return names.split(" ").map((name) => db.pragma(name, { simple: true }));
      });
      ask("a file in WAL, opened again", () => {
        const again = new Database(file("defaults.db"));
        const values = names.split(" ").map((name) => again.pragma(name, { simple: true }));
        again.close();
        return values;
      });
      ask("a user's choice stays", () => {
        db.pragma("synchronous = FULL");
        db.pragma("journal_mode = WAL");
        return db.pragma("synchronous", { simple: true });
      });
      ask("back to a rollback journal", () => {
        db.pragma("journal_mode = DELETE");
        return db.pragma("synchronous", { simple: true });
      });
      db.close();
      ask("WAL by a statement", () => {
        const other = new Database(file("other.db"));
        const mode = other.prepare("PRAGMA journal_mode = WAL").get();
        other.exec("CREATE TABLE t (a)");
        const level = other.pragma("synchronous", { simple: true });
        other.exec("PRAGMA journal_mode = DELETE; DROP TABLE t");
        const after = other.pragma("synchronous", { simple: true });
        other.close();
        return [mode, level, after];
      });
      ask("WAL, before anything was read", () => {
        const other = new Database(file("third.db"));
        other.pragma("journal_mode = WAL");
        const level = other.pragma("synchronous", { simple: true });
        other.close();
        return level;
      });
      ask("double quotes are names", () => open().prepare('SELECT "text"').get());
      ask("foreign keys are enforced", () => {
        const own = open();
        own.exec("CREATE TABLE p (id PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
        return own.prepare("INSERT INTO c VALUES (1)").run();
      });
      ask("the schema cannot be written", () =>
        open().exec("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema"),
      );
    },
  },
  {
    name: "opening: locks",
    run({ Database, ask, file }) {
      const holder = new Database(file("locked.db"));
      holder.exec("CREATE TABLE t (a)");
      const other = new Database(file("locked.db"), { timeout: 20 });
      holder.exec("BEGIN EXCLUSIVE");
      ask("a write elsewhere", () => other.exec("INSERT INTO t VALUES (1)"));
      ask("a read elsewhere", () => other.prepare("SELECT * FROM t").all());
      ask("opening elsewhere", () => new Database(file("locked.db"), { timeout: 20 }).close().open);
      holder.exec("COMMIT");
      ask("afterwards", () => other.prepare("INSERT INTO t VALUES (1)").run());
      ask("the cache is set after all", () => other.pragma("cache_size", { simple: true }));
      other.close();
      holder.close();
    },
  },
];
