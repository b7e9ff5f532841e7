import type { AnyD1, Ask, Case } from "../contract.ts";

async function askSessions(db: AnyD1, ask: Ask): Promise<void> {
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  const constraints = [
    undefined,
    null,
    "",
    "  ",
    "first-primary",
    "first-unconstrained",
    " first-primary ",
  ];
  for (const constraint of constraints) {
    await ask(`bookmark of ${String(JSON.stringify(constraint))}`, () =>
      db.withSession(constraint).getBookmark(),
    );
  }
  await ask("a bookmark is kept", () => db.withSession("0000-ffff").getBookmark());
  await ask("a bookmark is trimmed", () => db.withSession(" 0000-ffff ").getBookmark());
  await ask("anything is a bookmark", () => db.withSession("zzz").getBookmark());
  await ask("a number is not", () => db.withSession(5));
  const session = db.withSession("first-primary");
  await ask("before the first query", () => session.getBookmark());
  await ask("a query", () => session.prepare("SELECT 1 AS v").all());
  await ask("after the first query", () => typeof session.getBookmark());
  await ask("sorts as it was seen", async () => {
    const before = session.getBookmark() ?? "";
    await session.prepare("INSERT INTO t VALUES (1)").run();
    return before.localeCompare(session.getBookmark() ?? "") <= 0;
  });
  await ask("a newer bookmark stays", async () => {
    const far = db.withSession("ffffffff-ffffffff-ffffffff-ffffffffffffffffffffffffffffffff");
    await far.prepare("SELECT 1").all();
    return far.getBookmark();
  });
  await ask("an older bookmark goes", async () => {
    const old = db.withSession("!");
    await old.prepare("SELECT 1").all();
    return old.getBookmark() === "!";
  });
  await ask("a session from a bookmark reads", () => {
    return db.withSession(session.getBookmark()).prepare("SELECT count(*) AS n FROM t").first("n");
  });
  await ask("batch", () =>
    session.batch([session.prepare("SELECT 1 AS v"), db.prepare("SELECT 2 AS v")]),
  );
  await ask("no exec", () => "exec" in session);
  await ask("an error", () => session.prepare("nonsense").run());
  await ask("an error leaves the bookmark", async () => {
    const fresh = db.withSession();
    await fresh
      .prepare("nonsense")
      .run()
      .catch(() => null);
    return typeof fresh.getBookmark();
  });
  await ask("the root has none", () => "getBookmark" in db);
}

async function askDump(db: AnyD1, ask: Ask): Promise<void> {
  await ask("dump", () => db.dump());
}

export const SESSION_CASES: readonly Case[] = [
  { name: "sessions", run: askSessions },
  { name: "dump", run: askDump },
];
