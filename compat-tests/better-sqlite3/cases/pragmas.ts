import type { Case } from "../contract.ts";

export const pragmas: Case[] = [
  {
    name: "pragmas",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x')");
      const texts: unknown[] = [
        "user_version",
        "user_version = 7",
        "user_version(8)",
        "main.user_version",
        "missing",
        "missing = 1",
        "table_info(t)",
        "table_info(missing)",
        "foreign_keys",
        "foreign_keys = OFF",
        "cache_size = 100",
        "cache_size",
        "journal_mode",
        "journal_mode = MEMORY",
        "wal_checkpoint(FULL)",
        "integrity_check",
        "encoding",
        "recursive_triggers = ON",
        "recursive_triggers",
        "",
        "user_version; SELECT 1",
        "user_version; PRAGMA user_version",
        "table_info",
        "function_missing(",
        undefined,
        5,
      ];
      texts.forEach((text, index) => {
        ask(`${index}: ${String(text)}`, () => db.pragma(text));
        ask(`${index}, simple: ${String(text)}`, () => db.pragma(text, { simple: true }));
      });
      ask("options of another kind", () => db.pragma("user_version", 5));
      ask("null options", () => db.pragma("user_version", null));
      ask("simple of another kind", () => db.pragma("user_version", { simple: 1 }));
      ask("simple undefined", () => db.pragma("user_version", { simple: undefined }));
      ask("not simple", () => db.pragma("user_version", { simple: false }));
    },
  },
  {
    name: "pragmas: before the first table",
    run({ Database, ask, file }) {
      const settings = ["encoding = 'UTF-16le'", "page_size = 8192", "auto_vacuum = FULL"];
      settings.push("cache_size = 77", "synchronous = OFF", "journal_mode = TRUNCATE");
      settings.push("locking_mode = EXCLUSIVE", "user_version = 4", "application_id = 9");
      settings.forEach((setting, index) => {
        for (const path of [":memory:", file(`${index}.db`)]) {
          const name = setting.replace(/ =.*/, "");
          ask(`${setting}, ${path === ":memory:" ? path : "a file"}`, () => {
            const db = new Database(path);
            const said = db.pragma(setting);
            db.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('text')");
            const now = db.pragma(name);
            db.close();
            return [said, now];
          });
        }
      });
    },
  },
  {
    name: "explain",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a PRIMARY KEY, b)");
      ask("program", () => Object.keys(db.explain("SELECT * FROM t")[0]));
      ask("plan", () =>
        db.explain("QUERY PLAN SELECT * FROM t WHERE a = ?").map((r: any) => r.detail),
      );
      ask("names unbound", () => db.explain("SELECT :a, @b, ?1, ?").length > 0);
      ask("a write is not done", () => [
        db.explain("INSERT INTO t VALUES (1, 2)").length > 0,
        db.prepare("SELECT * FROM t").all(),
      ]);
      ask("nothing", () => db.explain(""));
      ask("nonsense", () => db.explain("SELEC"));
      ask("two", () => db.explain("SELECT 1; SELECT 2"));
      ask("explained already", () => db.explain("EXPLAIN SELECT 1"));
      ask("no text", () => db.explain());
    },
  },
];
