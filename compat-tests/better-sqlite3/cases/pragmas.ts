import type { Case } from "../contract.ts";

/** What programs and their tuning guides set when they start, each with its neighbours. */
const AT_START = `journal_mode = WAL
journal_mode(wal)
journal_mode = 'wal'
main.journal_mode = WAL
journal_mode = nonsense
synchronous = NORMAL
synchronous = OFF
synchronous = FULL
synchronous = EXTRA
synchronous = 1
synchronous = 7
synchronous = abc
main.synchronous = 1
busy_timeout = 5000
busy_timeout = -1
busy_timeout(250)
cache_size = -20000
cache_size = -64000
cache_size = 10000
cache_size = abc
cache_size = 99999999999
cache_size = 1.7
cache_size = 0x10
cache_spill = OFF
temp_store = MEMORY
temp_store = 2
temp_store = FILE
temp_store = DEFAULT
temp_store = 9
mmap_size = 30000000000
mmap_size = 268435456
mmap_size = -1
mmap_size = 0
page_size = 4096
page_size = 8192
auto_vacuum = NONE
auto_vacuum = INCREMENTAL
encoding
encoding = 'UTF-8'
wal_autocheckpoint = 1000
wal_autocheckpoint = 0
wal_autocheckpoint = -5
journal_size_limit = 67108864
journal_size_limit = -7
analysis_limit = 400
analysis_limit = -1
analysis_limit = many
case_sensitive_like = OFF
recursive_triggers = OFF
trusted_schema = OFF
trusted_schema = ON
locking_mode = NORMAL
locking_mode = nonsense
secure_delete = OFF
threads = 4
threads = 99
threads = -1
threads = few
soft_heap_limit = 1000000
hard_heap_limit = 0
read_uncommitted = ON
read_uncommitted = OFF
cell_size_check = OFF
ignore_check_constraints = OFF
legacy_alter_table = OFF
automatic_index = OFF
automatic_index = ON
checkpoint_fullfsync = OFF
fullfsync = OFF
reverse_unordered_selects = OFF
short_column_names = ON
full_column_names = OFF
count_changes = OFF
empty_result_callbacks = OFF
shrink_memory
foreign_keys = ON
foreign_keys = 2
foreign_keys = FULL
foreign_keys = 0
foreign_keys = 1
user_version = 7
application_id = 12
optimize
optimize = 0x10002
quick_check
integrity_check
foreign_key_check
table_info(t)
query_only = OFF`.split("\n");

export const pragmas: Case[] = [
  {
    name: "pragmas: at the start",
    run({ Database, ask, file }) {
      const db = new Database(file("start.db"));
      db.pragma("journal_mode = WAL");
      db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
      for (const text of AT_START) {
        ask(text, () => db.pragma(text));
        ask(`${text}, simple`, () => db.pragma(text, { simple: true }));
        const name = text.replace(/\s*[=(].*/, "");
        if (name !== text) ask(`after ${text}`, () => db.pragma(name));
      }
      ask("prepared", () => {
        const statement = db.prepare("PRAGMA mmap_size = 65536");
        return [statement.reader, statement.columns().map((c: any) => c.name), statement.all()];
      });
      ask("prepared, without rows", () => {
        const statement = db.prepare("PRAGMA cache_size = 99");
        return [statement.reader, statement.run(), db.pragma("cache_size")];
      });
      ask("a script", () => {
        db.exec("PRAGMA temp_store = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000");
        return ["temp_store", "synchronous", "cache_size"].map((name) => db.pragma(name));
      });
      ask("in a transaction", () => db.transaction(() => db.pragma("cache_size = 44"))());
      ask("synchronous in a transaction", () =>
        db.transaction(() => db.pragma("synchronous = NORMAL"))(),
      );
      ask("what is left", () => [db.pragma("cache_size"), db.pragma("synchronous")]);
      ask("query_only", () => db.pragma("query_only = ON"));
      ask("query_only, asked", () => db.pragma("query_only"));
      for (const sql of ["INSERT INTO t VALUES (1, 'x')", "CREATE TABLE u (a)", "DROP TABLE t"]) {
        ask(`then ${sql}`, () => db.prepare(sql).run());
      }
      ask("then a number", () => db.pragma("user_version = 9"));
      ask("then a read", () => db.prepare("SELECT count(*) FROM t").all());
      ask("then a checkpoint", () => db.pragma("wal_checkpoint").length);
      ask("then immediately", () => db.transaction(() => 1).immediate());
      ask("then deferred", () => db.transaction(() => db.prepare("SELECT 1 x").all())());
      ask("query_only off", () => db.pragma("query_only = OFF"));
      ask("then a write", () => db.prepare("INSERT INTO t VALUES (1, 'x')").run());
    },
  },
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
