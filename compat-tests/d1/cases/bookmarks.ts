import type { AnyD1, Ask, Case } from "../contract.ts";

type Run = (db: AnyD1, ask: Ask) => Promise<void>;

const one = (name: string, run: Run): Case => ({
  name: `sessions: ${name}`,
  async run(db, ask) {
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await run(db, ask);
  },
});

const NEWEST = "ffffffff-ffffffff-ffffffff-ffffffffffffffffffffffffffffffff";

/** Sessions and their bookmarks. */
export const BOOKMARK_CASES: readonly Case[] = [
  one("no bookmark before a query", async (db, ask) => {
    for (const start of [undefined, "first-primary", "first-unconstrained"]) {
      await ask(String(start), () => db.withSession(start).getBookmark());
    }
  }),
  one("a bookmark after a read", async (db, ask) => {
    const session = db.withSession();
    await session.prepare("SELECT 1").all();
    await ask("is a text", () => typeof session.getBookmark());
    await ask("is not empty", () => (session.getBookmark() ?? "").length > 0);
    await ask(
      "has no blanks",
      () => (session.getBookmark() ?? " ").trim() === session.getBookmark(),
    );
  }),
  one("each method moves it", async (db, ask) => {
    for (const method of ["all", "run", "first", "raw"] as const) {
      const session = db.withSession();
      await session.prepare("SELECT 1 AS v")[method]();
      await ask(method, () => session.getBookmark() !== null);
    }
    const session = db.withSession();
    await session.batch([session.prepare("SELECT 1")]);
    await ask("batch", () => session.getBookmark() !== null);
  }),
  one("bookmarks grow by localeCompare", async (db, ask) => {
    const session = db.withSession("first-primary");
    const seen: string[] = [];
    for (let i = 0; i < 20; i++) {
      await session.prepare("INSERT INTO t (v) VALUES (?)").bind(i).run();
      seen.push(session.getBookmark() ?? "");
    }
    await ask("sorted", () =>
      seen.every((mark, i) => i === 0 || (seen[i - 1] ?? "").localeCompare(mark) <= 0),
    );
    await ask("sorted by code units", () => seen.toSorted().join() === seen.join());
  }),
  one("reads see own writes", async (db, ask) => {
    const writer = db.withSession("first-primary");
    await writer.prepare("INSERT INTO t (v) VALUES (1)").run();
    const reader = db.withSession(writer.getBookmark());
    await ask("by a bookmark", () => reader.prepare("SELECT count(*) AS n FROM t").first("n"));
    await ask("in the session", () => writer.prepare("SELECT count(*) AS n FROM t").first("n"));
  }),
  one("the root moves no session", async (db, ask) => {
    const session = db.withSession();
    await db.prepare("INSERT INTO t (v) VALUES (1)").run();
    await ask("untouched", () => session.getBookmark());
  }),
  one("the root's statements in a session's batch", async (db, ask) => {
    const session = db.withSession();
    await session.batch([db.prepare("INSERT INTO t (v) VALUES (1)")]);
    await ask("moves it", () => typeof session.getBookmark());
  }),
  one("a session's statements in the root's batch", async (db, ask) => {
    const session = db.withSession();
    await db.batch([session.prepare("INSERT INTO t (v) VALUES (1)")]);
    await ask("does not", () => session.getBookmark());
  }),
  one("statements keep their session", async (db, ask) => {
    const session = db.withSession();
    const select = session.prepare("SELECT ? AS v").bind(1);
    await select.first();
    await ask("moved", () => typeof session.getBookmark());
  }),
  one("a far future", async (db, ask) => {
    const session = db.withSession(NEWEST);
    await ask("a read", () => session.prepare("SELECT 1 AS v").first("v"));
    await ask("stays", () => session.getBookmark());
    await ask("a write", () => session.prepare("INSERT INTO t (v) VALUES (1)").run());
    await ask("stays still", () => session.getBookmark());
  }),
  one("odd constraints", async (db, ask) => {
    for (const start of ["FIRST-PRIMARY", "first-replica", "first primary", "0", "-", "\n"]) {
      await ask(JSON.stringify(start), () => db.withSession(start).getBookmark());
    }
    for (const start of [true, {}, [], () => 1]) {
      await ask(typeof start + String(Array.isArray(start)), () => {
        try {
          return typeof db.withSession(start);
        } catch (error) {
          return (error as Error).constructor.name;
        }
      });
    }
  }),
  one("a failed batch", async (db, ask) => {
    const session = db.withSession();
    await ask("fails", () => session.batch([session.prepare("nonsense")]));
    await ask("its bookmark", () => session.getBookmark());
  }),
  one("an empty batch", async (db, ask) => {
    const session = db.withSession();
    await ask("fails", () => session.batch([]));
    await ask("its bookmark", () => session.getBookmark());
  }),
  one("many at once", async (db, ask) => {
    const session = db.withSession();
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        session.prepare("INSERT INTO t (v) VALUES (?)").bind(i).run(),
      ),
    );
    const mark = session.getBookmark();
    await ask("read", () => db.withSession(mark).prepare("SELECT count(*) AS n FROM t").first("n"));
  }),
  one("has no more than it should", async (db, ask) => {
    const session = db.withSession();
    for (const member of ["exec", "dump", "withSession", "query"]) {
      await ask(member, () => member in session);
    }
    await ask("another each time", () => db.withSession() === db.withSession());
  }),
];
