import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Database } from "../../../src/engine/session/session.ts";
import type { WriteLease } from "../../../src/engine/session/write-lease.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
import {
  WorkersDirectory,
  expectedOf,
} from "../../../src/entry/workers/workers-directory.workers.ts";
import type { Importer } from "../../../src/server/transfer/import-state.ts";
import { namedDatabase, namedTransfer, restoreNamed } from "../../../src/rpc/named-shard.ts";

interface Held {
  readonly home: { readonly importer: Importer; readonly shard: { readonly lease: WriteLease } };
}

let key = 0;
let owner = "";
let home: WorkersDirectory;

beforeEach(() => {
  // Other databases for every test.
  owner = `account ${key}`;
  home = new WorkersDirectory({ ...env, DOSQL_KEY: `test ${key++}` });
});

const run = async (database: Database, sql: string): Promise<unknown[]> =>
  (await database.session({ integers: "number" }).execute(sql, [])).rows;

const down = {
  idFromName: (name: string): unknown => name,
  get(): object {
    throw new Error("the catalog is down");
  },
};

it("asks for a database that nobody made, and leaves no storage behind", async () => {
  const id = await home.directory.idOf("nobody");
  const stub = env.DOSQL.get(env.DOSQL.idFromName(id));
  const untouched = env.BARE.get(env.BARE.idFromName(id));
  const sizeOf = (object: DurableObjectStub): Promise<number> =>
    runInDurableObject(object, (_object, state) => state.storage.sql.databaseSize);
  const tables = (): Promise<number> =>
    runInDurableObject(
      stub,
      (_object, state) => state.storage.sql.exec("SELECT * FROM sqlite_master").toArray().length,
    );
  expect(await home.directory.find(owner, "nobody")).toBeNull();
  await expect(run(home.databaseOf("nobody"), "SELECT 1")).rejects.toMatchObject({
    code: "no-such-database",
  });
  expect([await tables(), await sizeOf(stub)]).toEqual([0, await sizeOf(untouched)]);
  await home.directory.create(owner, "nobody");
  expect(await tables()).toBeGreaterThan(0);
});

it("makes, finds, lists and deletes databases", async () => {
  const { directory } = home;
  const made = await directory.create(owner, "shop");
  await run(home.database(made), "CREATE TABLE t (a)");
  await expect(directory.create(owner, "shop")).rejects.toMatchObject({ code: "database-exists" });
  expect(await directory.find(owner, "shop")).toEqual(made);
  expect(await directory.find(owner, made.id)).toEqual(made);
  expect(await directory.find("another account", "shop")).toBeNull();
  await directory.create(owner, "archive");
  const names = (await directory.list(owner, { limit: 10 })).entries.map(({ name }) => name);
  expect(names).toEqual(["archive", "main", "shop"]);
  await directory.remove(owner, "shop");
  expect(await directory.find(owner, "shop")).toBeNull();
  await expect(directory.remove(owner, "shop")).rejects.toMatchObject({ code: "no-such-database" });
  await expect(directory.remove(owner, "main")).rejects.toMatchObject({ code: "unsupported" });
});

it("tells a stub of a database that was deleted and made anew", async () => {
  const { directory } = home;
  const first = await directory.create(owner, "shop");
  const opened = home.database(first);
  const byName = home.databaseOf("shop");
  await run(opened, "CREATE TABLE t (a)");
  await run(byName, "SELECT * FROM t");
  await directory.remove(owner, "shop");
  await expect(run(opened, "SELECT 1")).rejects.toMatchObject({ code: "no-such-database" });
  const second = await directory.create(owner, "shop");
  expect(second.identity.epoch).toBeGreaterThan(first.identity.epoch);
  for (const stale of [opened, byName]) {
    await expect(run(stale, "SELECT 1")).rejects.toMatchObject({
      code: "no-such-database",
      message: expect.stringContaining("made anew"),
    });
  }
  await expect(run(home.database(second), "SELECT * FROM t")).rejects.toMatchObject({
    message: "no such table: t",
  });
});

it("keeps tombstones and epochs over an eviction", async () => {
  const { directory } = home;
  const { id, identity } = await directory.create(owner, "shop");
  await directory.remove(owner, "shop");
  const stub = env.DOSQL.get(env.DOSQL.idFromName(id));
  await evictDurableObject(stub);
  const stale = namedDatabase(home.connect({ id, identity }), identity.epoch);
  await expect(run(stale, "SELECT 1")).rejects.toMatchObject({ code: "no-such-database" });
  const second = await directory.create(owner, "shop");
  expect(second.identity.epoch).toBeGreaterThan(identity.epoch);
});

it("finishes a deletion that was cut off before it makes a database", async () => {
  const { directory } = home;
  const made = await directory.create(owner, "shop");
  await run(home.database(made), "CREATE TABLE secret (a)");
  const stub = env.DOSQL.get(env.DOSQL.idFromName(made.id));
  await runInDurableObject(stub, (_object, state) => {
    const end = JSON.stringify({ ...made.identity, end: "deleting" });
    state.storage.sql.exec("UPDATE _dosql_meta SET value = ? WHERE key = 'database'", end);
  });
  await evictDurableObject(stub);
  expect(await directory.find(owner, "shop")).toBeNull();
  const again = await directory.create(owner, "shop");
  expect(await run(home.database(again), "SELECT name FROM sqlite_master")).toEqual([]);
});

it("takes the archive away with its database", async () => {
  const archiving = new WorkersDirectory({
    ...env,
    DOSQL: env.ARCHIVING,
    DOSQL_KEY: `archiving ${key}`,
  });
  const made = await archiving.directory.create(owner, "shop");
  const object = env.ARCHIVING.idFromName(made.id);
  await run(archiving.database(made), "CREATE TABLE t AS SELECT 1 AS a");
  await runDurableObjectAlarm(env.ARCHIVING.get(object));
  const keys = async (): Promise<string[]> => {
    const { objects } = await env.BUCKET.list({ limit: 1_000 });
    return objects.map((one) => one.key).filter((one) => one.includes(object.toString()));
  };
  expect(await keys()).not.toEqual([]);
  await archiving.directory.remove(owner, "shop");
  expect(await keys()).toEqual([]);
  const again = await archiving.directory.create(owner, "shop");
  expect(await run(archiving.database(again), "SELECT name FROM sqlite_master")).toEqual([]);
});

it("restores a named database, and takes that back", async () => {
  const made = await home.directory.create(owner, "shop");
  const database = home.database(made);
  const session = database.session({ integers: "number" });
  await session.execute("CREATE TABLE t (a)", []);
  await session.execute("INSERT INTO t VALUES (1)", []);
  const then = session.seen;
  await session.execute("UPDATE t SET a = 2", []);
  const restore = (bookmark: string) =>
    restoreNamed(home.connect(made), expectedOf(made), bookmark);
  const { before } = await restore(then);
  expect(await run(database, "SELECT a FROM t")).toEqual([[1]]);
  await restore(before);
  expect(await run(database, "SELECT a FROM t")).toEqual([[2]]);
  expect(await home.directory.find(owner, "shop")).toEqual(made);
  await home.directory.remove(owner, "shop");
  await expect(restore(then)).rejects.toMatchObject({ code: "no-such-database" });
});

it("serves known databases while the catalog is down", async () => {
  const made = await home.directory.create(owner, "shop");
  await run(home.database(made), "CREATE TABLE t (a)");
  const cut = new WorkersDirectory({ ...env, DOSQL_CATALOG: down, DOSQL_KEY: `test ${key - 1}` });
  expect(await run(cut.databaseOf("shop"), "SELECT count(*) FROM t")).toEqual([[0]]);
  const found = await cut.directory.find(owner, "shop");
  expect(found).toEqual(made);
  expect(await run(cut.database(made), "SELECT count(*) FROM t")).toEqual([[0]]);
  await expect(cut.directory.list(owner, { limit: 1 })).rejects.toThrow("the catalog is down");
  await expect(cut.directory.create(owner, "other")).rejects.toThrow("the catalog is down");
  await expect(cut.directory.remove(owner, "shop")).rejects.toThrow("the catalog is down");
  // What could not be noted was not begun.
  expect(await home.directory.find(owner, "other")).toBeNull();
  expect(await home.directory.find(owner, "shop")).toEqual(made);
});

it(
  "creates, pages and deletes hundreds of databases, their objects evicted between",
  { timeout: 90_000 },
  async () => {
    const { directory } = home;
    const wanted = Array.from({ length: 200 }, (_, i) => `tenant-${String(i).padStart(4, "0")}`);
    const inGroups = async (each: (name: string, i: number) => Promise<void>): Promise<void> => {
      for (let at = 0; at < wanted.length; at += 20) {
        await Promise.all(wanted.slice(at, at + 20).map(each));
      }
    };
    await inGroups(async (name, i) => {
      const found = await directory.create(owner, name);
      await run(home.database(found), "CREATE TABLE t AS SELECT 1 AS a");
      if (i % 4 === 0) await evictDurableObject(env.DOSQL.get(env.DOSQL.idFromName(found.id)));
    });
    const listed: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const page = await directory.list(owner, { prefix: "tenant-", after, limit: 37 });
      listed.push(...page.entries.map(({ name }) => name));
      after = page.next;
    }
    expect(listed).toEqual(wanted);
    for (const name of ["tenant-0000", "tenant-0199"]) {
      expect(await run(home.databaseOf(name), "SELECT a FROM t")).toEqual([[1]]);
    }
    await inGroups((name) => directory.remove(owner, name));
    expect((await directory.list(owner, { prefix: "tenant-", limit: 10 })).entries).toEqual([]);
    await expect(run(home.databaseOf("tenant-0000"), "SELECT 1")).rejects.toMatchObject({
      code: "no-such-database",
    });
  },
);

it("moves whole scripts through an object, full-text tables too", async () => {
  const { directory } = home;
  const transferOf = async (name: string) => {
    const found = await directory.create(owner, name);
    return { found, transfer: namedTransfer(home.connect(found), expectedOf(found)) };
  };
  const one = await transferOf("one");
  const utf8 = new TextEncoder();
  const script =
    "PRAGMA defer_foreign_keys=TRUE;\nCREATE TABLE b (id INTEGER PRIMARY KEY);\n" +
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b REFERENCES b, t TEXT);\n" +
    "INSERT INTO a VALUES (9007199254740993, 1, 'x;''y — 💥');\nINSERT INTO b VALUES (1);\n" +
    "CREATE VIRTUAL TABLE words USING fts5(w);\nINSERT INTO words VALUES ('hello world');\n" +
    "CREATE TRIGGER g AFTER INSERT ON b BEGIN UPDATE a SET t = 'z'; SELECT 1; END;\n";
  const bytes = utf8.encode(script);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.slice(at, at + 7);
  };
  const name = "1000000000000-0123456789abcdef";
  await one.transfer.receive(name, pieces());
  expect(await one.transfer.ingest(name)).toMatchObject({ statements: 8 });
  await expect(one.transfer.ingest(name)).rejects.toMatchObject({ code: "not-found" });
  const exported = async (transfer: typeof one.transfer): Promise<string> => {
    const options = { tables: [], schema: true, data: true };
    await transfer.prepare(name, options);
    let text = "";
    for await (const piece of transfer.exported(name, options)) {
      text += new TextDecoder().decode(piece);
    }
    return text;
  };
  const first = await exported(one.transfer);
  const two = await transferOf("two");
  await two.transfer.receive(
    name,
    (async function* () {
      yield utf8.encode(first);
    })(),
  );
  await two.transfer.ingest(name);
  expect(await exported(two.transfer)).toBe(first);
  const there = home.database(two.found);
  expect(await run(there, "SELECT w FROM words WHERE words MATCH 'hello'")).toEqual([
    ["hello world"],
  ]);
  const exact = "SELECT CAST(id AS TEXT), b, t FROM a";
  expect(await run(there, exact)).toEqual([["9007199254740993", 1, "x;'y — 💥"]]);
});

it("keeps a few exports until they are fetched, and no more", async () => {
  const found = await home.directory.create(owner, "exported");
  const database = home.database(found);
  await run(database, "CREATE TABLE t AS SELECT 1 AS a");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const options = { tables: [], schema: true, data: true };
  const nameOf = (i: number): string => `${Date.now()}-000000000000000${i}`;
  const names = [1, 2, 3, 4].map(nameOf);
  for (const name of names) await transfer.prepare(name, options);
  const [first = ""] = names;
  await expect(transfer.prepare(nameOf(5), options)).rejects.toMatchObject({ code: "limit" });
  // They are copies of then, and keep nobody from writing.
  await run(database, "INSERT INTO t VALUES (2)");
  const text = async (name: string): Promise<string> => {
    let all = "";
    for await (const piece of transfer.exported(name, options)) {
      all += new TextDecoder().decode(piece);
    }
    return all;
  };
  expect(await text(first)).toMatch(/VALUES \(1\);\n$/);
  await expect(text(first)).rejects.toMatchObject({ code: "not-found" });
  const old = `${Date.now() - 1_300_000}-0000000000000006`;
  await transfer.prepare(old, options);
  await transfer.prepare(nameOf(7), options);
  await expect(text(old)).rejects.toMatchObject({ code: "not-found" });
  const wrong = { ...options, tables: ["nowhere"] };
  await text(nameOf(7)).catch(() => text(names[1] ?? ""));
  await expect(transfer.prepare(nameOf(8), wrong)).rejects.toMatchObject({ code: "not-found" });
  // What failed holds nothing.
  await run(database, "INSERT INTO t VALUES (3)");
});

it("shows nobody a database that an import holds", async () => {
  const found = await home.directory.create(owner, "held");
  const database = home.database(found);
  await run(database, "CREATE TABLE t AS SELECT 1 AS a");
  const stub = env.DOSQL.get(env.DOSQL.idFromName(found.id));
  const hold = (body: (lease: WriteLease, importer: Importer) => void): Promise<void> =>
    runInDurableObject(stub, (object) => {
      const { shard, importer } = (object as unknown as Held).home;
      body(shard.lease, importer);
    });
  await hold((lease, importer) => expect(lease.tryAcquire(importer)).toBe(true));
  const locked = { sqlite: "SQLITE_BUSY" };
  await expect(run(database, "SELECT a FROM t")).rejects.toMatchObject(locked);
  await expect(run(database, "CREATE TABLE u (a)")).rejects.toMatchObject(locked);
  const facade = d1(database);
  const parts = dosql(facade).iterate(facade.prepare("SELECT a FROM t"));
  await expect(parts[Symbol.asyncIterator]().next()).rejects.toThrow("long-running import");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const options = { tables: [], schema: true, data: true };
  const script = `${Date.now()}-0000000000000001`;
  await expect(transfer.prepare(script, options)).rejects.toMatchObject({ code: "busy" });
  await hold((lease, importer) => lease.release(importer));
  expect(await run(database, "SELECT a FROM t")).toEqual([[1]]);
});

it("keeps nothing of an upload that was cut and began anew, and takes one once", async () => {
  const found = await home.directory.create(owner, "again");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const script = "1000000000000-0123456789abcdef";
  const pieces = async function* (bytes: number, end: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(`CREATE TABLE t (a); -- ${"x".repeat(bytes)}\n`);
    if (end === "") throw new Error("cut");
    yield new TextEncoder().encode(end);
  };
  // So long that pieces are there already.
  await expect(transfer.receive(script, pieces(3_000_000, ""))).rejects.toThrow("cut");
  await expect(transfer.ingest(script)).rejects.toMatchObject({ code: "not-found" });
  await transfer.receive(script, pieces(0, "INSERT INTO t VALUES (1);"));
  const again = transfer.receive(script, pieces(0, "INSERT INTO t VALUES (2);"));
  await expect(again).rejects.toMatchObject({ code: "misuse" });
  expect(await transfer.ingest(script)).toMatchObject({ statements: 2 });
  expect(await run(home.database(found), "SELECT a FROM t")).toEqual([[1]]);
  const late = transfer.receive(script, pieces(0, "INSERT INTO t VALUES (3);"));
  await expect(late).rejects.toMatchObject({ code: "misuse" });
  await expect(transfer.ingest(script)).rejects.toMatchObject({ code: "not-found" });
});

it("takes an upload in parts, in their order", async () => {
  const found = await home.directory.create(owner, "parts");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const MIB = 1024 * 1024;
  const part = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  const first = "CREATE TABLE t (a); --".padEnd(2 * MIB - 1, "x") + "\n";
  const last = "INSERT INTO t VALUES (1);";
  const script = "1000000000000-0123456789abcdef";
  const wrong = { at: 2 * MIB, isLast: true };
  await expect(transfer.receive(script, part(last), wrong)).rejects.toMatchObject({
    code: "misuse",
  });
  await transfer.receive(script, part(first), { at: 0, isLast: false });
  await expect(transfer.ingest(script)).rejects.toMatchObject({ code: "not-found" });
  const gap = { at: 3 * MIB, isLast: true };
  await expect(transfer.receive(script, part(last), gap)).rejects.toMatchObject({ code: "misuse" });
  const odd = { at: 7, isLast: true };
  await expect(transfer.receive(script, part(last), odd)).rejects.toMatchObject({
    code: "invalid-argument",
  });
  await transfer.receive(script, part(last), { at: 2 * MIB, isLast: true });
  expect(await transfer.ingest(script)).toMatchObject({ statements: 2 });
});

it("takes no part behind a gap, and nothing of what a new part replaces", async () => {
  const found = await home.directory.create(owner, "parts");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const MIB = 1024 * 1024;
  const script = `${Date.now()}-${"b".repeat(32)}`;
  const part = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  const create = "CREATE TABLE t (a);".padEnd(MIB);
  await transfer.receive(script, part(`${create}INSERT`), { at: 0, isLast: false });
  const behind = transfer.receive(script, part("x"), { at: 2 * MIB, isLast: true });
  await expect(behind).rejects.toMatchObject({ code: "misuse" });
  const values = "INSERT INTO t VALUES (1);".padEnd(MIB);
  await transfer.receive(script, part(values + values), { at: MIB, isLast: false });
  await transfer.receive(script, part(values), { at: MIB, isLast: true });
  expect(await transfer.ingest(script)).toMatchObject({ statements: 2 });
});

it("takes a whole script or nothing of it, and says which statement failed", async () => {
  const found = await home.directory.create(owner, "half");
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  const script = "1000000000000-0123456789abcdef";
  await transfer.receive(
    script,
    (async function* () {
      yield new TextEncoder().encode("BEGIN; CREATE TABLE t (a); nonsense; COMMIT;");
    })(),
  );
  await expect(transfer.ingest(script)).rejects.toMatchObject({
    message: expect.stringMatching(/^statement 2: near "nonsense": syntax error/),
  });
  expect(await run(home.database(found), "SELECT name FROM sqlite_master")).toEqual([]);
});

it("keeps the children of a table that a script makes anew", async () => {
  const found = await home.directory.create(owner, "rebuilt");
  const database = home.database(found);
  const transfer = namedTransfer(home.connect(found), expectedOf(found));
  let scripts = 0;
  const ingest = async (text: string, pieceBytes = 5): Promise<unknown> => {
    const script = `100000000000${scripts++}-0123456789abcdef`;
    const bytes = new TextEncoder().encode(text);
    await transfer.receive(
      script,
      (async function* () {
        for (let at = 0; at < bytes.length; at += pieceBytes) {
          yield bytes.slice(at, at + pieceBytes);
        }
      })(),
    );
    return transfer.ingest(script);
  };
  await ingest(
    "CREATE TABLE p (id INTEGER PRIMARY KEY);\n" +
      "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);\n" +
      "INSERT INTO p VALUES (1), (2);\nINSERT INTO c VALUES (1), (2);",
  );
  const rebuild =
    "PRAGMA foreign_keys=OFF;\nCREATE TABLE n (id INTEGER PRIMARY KEY, more);\n" +
    "INSERT INTO n (id) SELECT id FROM p;\nDROP TABLE p;\nALTER TABLE n RENAME TO p;\n";
  await expect(ingest(`${rebuild}nonsense;`)).rejects.toThrow(/^statement 6: near "nonsense"/);
  expect(await run(database, "SELECT * FROM p")).toEqual([[1], [2]]);
  await ingest(`${rebuild}PRAGMA foreign_keys=ON;`);
  expect(await run(database, "SELECT * FROM p")).toEqual([
    [1, null],
    [2, null],
  ]);
  expect(await run(database, "SELECT p FROM c")).toEqual([[1], [2]]);
  await expect(run(database, "INSERT INTO c VALUES (3)")).rejects.toThrow(/FOREIGN KEY/);
  const early = "INSERT INTO c VALUES (9); PRAGMA foreign_keys = 0;";
  await expect(ingest(early)).rejects.toThrow("statement 1: INSERT of c needs foreign keys on");
  await ingest("-- foreign_keys are on\nDELETE FROM p WHERE id = 1;", 1000);
  expect(await run(database, "SELECT p FROM c")).toEqual([[2]]);
});

it("leaves bare databases as they were", async () => {
  const db = d1(env.DOSQL.get(env.DOSQL.idFromName("bare one")));
  await db.prepare("CREATE TABLE t (a)").run();
  expect(await db.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(0);
  const main = home.databaseOf("main");
  await run(main, "CREATE TABLE IF NOT EXISTS via_directory (a)");
  const count = d1(env.DOSQL).prepare("SELECT count(*) AS n FROM via_directory");
  expect(await count.first("n")).toBe(0);
});
