import type { AnyD1, Ask, Case } from "../contract.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const SCHEMA = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, u INT REFERENCES users (id) ON DELETE CASCADE)",
  "CREATE TABLE other (x)",
  "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
  "INSERT INTO posts VALUES (1, 1), (2, 1), (3, 2)",
];

/** The recipe of SQLite's manual, as drizzle-kit and others write it. */
const RECREATE = [
  "PRAGMA foreign_keys=OFF",
  "CREATE TABLE __new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
  "INSERT INTO __new_users (id, name) SELECT id, name FROM users",
  "DROP TABLE users",
  "ALTER TABLE __new_users RENAME TO users",
  "PRAGMA foreign_keys=ON",
];

const one = (name: string, run: Run): Case => ({
  name: `migrations: ${name}`,
  async run(db, ask) {
    await db.batch(SCHEMA.map((sql) => db.prepare(sql)));
    await run(db, ask);
    await ask("posts", () => db.prepare("SELECT * FROM posts ORDER BY id").raw());
    await ask("users", () => db.prepare("SELECT * FROM users ORDER BY id").raw());
    await ask("foreign keys", () => db.prepare("PRAGMA foreign_keys").raw());
    await ask("are enforced", () => db.prepare("INSERT INTO posts VALUES (99, 99)").run());
    await ask("cascade", async () => {
      await db.prepare("DELETE FROM users WHERE id = 1").run();
      return db.prepare("SELECT count(*) AS n FROM posts").first("n");
    });
  },
});

/** Scripts that make a table anew: in D1 those that drop a parent lose its children. */
export const MIGRATION_CASES: readonly Case[] = [
  one("a table made anew in a batch", async (db, ask) => {
    await ask("batch", async () => (await db.batch(RECREATE.map((sql) => db.prepare(sql)))).length);
  }),
  one("a table made anew in one text", async (db, ask) => {
    const mark = "INSERT INTO other VALUES ('0001_users.sql')";
    await ask("text", () =>
      db
        .prepare([...RECREATE, mark].join(";\n--> statement-breakpoint\n"))
        .run()
        .then(() => "done"),
    );
    await ask("mark", () => db.prepare("SELECT * FROM other").raw());
  }),
  one("a table made anew by exec", async (db, ask) => {
    await ask("exec", async () => (await db.exec(RECREATE.join(";\n"))).count);
  }),
  one("a script that fails", async (db, ask) => {
    const texts = [...RECREATE.slice(0, 4), "nonsense"];
    await ask("batch", () => db.batch(texts.map((sql) => db.prepare(sql))));
  }),
  one("turned off alone", async (db, ask) => {
    await ask("off", () => db.prepare("PRAGMA foreign_keys = OFF").run());
  }),
  one("turned off behind a change of rows", async (db, ask) => {
    const texts = ["DELETE FROM users WHERE id = 2", ...RECREATE];
    await ask("batch", async () => (await db.batch(texts.map((sql) => db.prepare(sql)))).length);
  }),
  one("deferred instead", async (db, ask) => {
    const texts = RECREATE.map((sql) =>
      sql.replace(/^PRAGMA.*OFF/, "PRAGMA defer_foreign_keys = ON"),
    );
    await ask("batch", async () => {
      return (await db.batch(texts.slice(0, -1).map((sql) => db.prepare(sql)))).length;
    });
  }),
];
