import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import {
  WorkersDirectory,
  expectedOf,
} from "../../../src/entry/workers/workers-directory.workers.ts";
import type { FoundDatabase } from "../../../src/server/directory/directory.ts";
import type { ImportState } from "../../../src/server/transfer/import-state.ts";
import type { ImportStep } from "../../../src/server/transfer/transfer.ts";
import { namedTransfer, restoreNamed } from "../../../src/rpc/named-shard.ts";

/** What one statement may have in a Durable Object is 100 KB. */
const LONG = "x".repeat(90_000);
/** So many of them are more than what is run in one event. */
const LONG_ROWS = 190;
/** Slices of 4 Mi characters each; a few more look at keys, or take back. */
const MOST_STEPS = 100;

let key = 0;
let home: WorkersDirectory;
let found: FoundDatabase;
let stub: DurableObjectStub;

beforeEach(async () => {
  home = new WorkersDirectory({ ...env, DOSQL_KEY: `sliced ${key++}` });
  found = await home.directory.create("account", "shop");
  stub = env.DOSQL.get(env.DOSQL.idFromName(found.id));
});

async function run(sql: string): Promise<unknown[]> {
  const session = home.database(found).session({ integers: "number" });
  return (await session.execute(sql, [])).rows;
}

async function runAll(statements: readonly string[]): Promise<void> {
  for (const sql of statements) await run(sql);
}

/** Tables of every kind that the way back must know. */
const BEFORE = [
  "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
  "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent REFERENCES parent, t TEXT)",
  "CREATE TABLE audit (what)",
  "CREATE TABLE gone (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
  "CREATE VIRTUAL TABLE words USING fts5(w)",
  "CREATE VIRTUAL TABLE names USING fts5(name, content='parent', content_rowid='id')",
  "CREATE INDEX by_parent ON child (parent)",
  "CREATE VIEW seen AS SELECT name FROM parent",
  "CREATE TRIGGER told AFTER INSERT ON child BEGIN INSERT INTO audit VALUES (new.id); END",
  "CREATE TRIGGER indexed AFTER INSERT ON parent BEGIN " +
    "INSERT INTO names (rowid, name) VALUES (new.id, new.name); END",
  "INSERT INTO parent VALUES (1, 'one'), (2, 'two')",
  "INSERT INTO child (parent, t) VALUES (1, 'a'), (1, 'b'), (2, 'c')",
  "INSERT INTO gone VALUES ('x', 1), ('y', 2.5)",
  "INSERT INTO words VALUES ('hello world'), ('other')",
];

/** Something of all that a script may do to them. */
const DONE = [
  "CREATE TABLE made (id INTEGER PRIMARY KEY, t)",
  "INSERT INTO parent VALUES (3, 'three')",
  "UPDATE audit SET what = what + 100 WHERE what < 3",
  "DELETE FROM audit WHERE what = 3",
  "INSERT INTO words VALUES ('more words')",
  "UPDATE words SET w = 'changed' WHERE rowid = 2",
  "DELETE FROM words WHERE rowid = 1",
  "DROP TABLE gone",
  "CREATE TABLE gone (k, v)",
  "INSERT INTO gone VALUES ('z', 9)",
  "CREATE TRIGGER late AFTER INSERT ON gone BEGIN DELETE FROM audit; END",
  "DROP VIEW seen",
  "DROP TRIGGER told",
  "CREATE INDEX by_t ON audit (what)",
];

function* longRows(): Generator<string> {
  for (let id = 10; id < 10 + LONG_ROWS; id++) {
    yield `INSERT INTO child (id, parent, t) VALUES (${id}, 3, '${LONG}${id}');\n`;
  }
}

async function upload(pieces: Iterable<string>): Promise<string> {
  const script = `${Date.now()}-${String(key++).padStart(16, "0")}`;
  const utf8 = new TextEncoder();
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield utf8.encode(piece);
  };
  await namedTransfer(home.connect(found), expectedOf(found)).receive(script, bytes());
  return script;
}

interface Asked {
  readonly value?: ImportStep;
  readonly error?: { readonly code: string; readonly message: string };
}

const begin = (script: string): Promise<Asked> =>
  home.connect(found)().ingestScript(expectedOf(found), script);
const poll = (script: string): Promise<Asked> =>
  home.connect(found)().pollScript(expectedOf(found), script);

/** Asks until it is over. */
async function finish(script: string, between?: () => Promise<unknown>): Promise<Asked> {
  let said = await begin(script);
  for (let steps = 0; said.value === null; steps++) {
    expect(steps).toBeLessThan(MOST_STEPS);
    await between?.();
    said = await poll(script);
  }
  return said;
}

/** All that a user can see, and what full-text search finds. */
async function stateOf(): Promise<unknown> {
  const schema = (await run(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB '_*' ORDER BY 1, 2",
  )) as [string, string][];
  const rows: Record<string, unknown> = {};
  for (const [type, name] of schema) {
    // What stands behind full-text tables is looked at by searching.
    if (type !== "table" || name.includes("_")) continue;
    const hasRowid = name !== "gone";
    rows[name] = await run(`SELECT ${hasRowid ? "rowid, " : ""}* FROM "${name}" ORDER BY 1, 2`);
  }
  const search = (table: string, word: string): Promise<unknown[]> =>
    run(`SELECT rowid FROM ${table} WHERE ${table} MATCH '${word}'`);
  const matches = [await search("words", "world"), await search("names", "two")];
  return { schema, rows, matches, third: await search("names", "three") };
}

const evict = (): Promise<void> => evictDurableObject(stub);

it("takes a long script into a database that has tables", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  const script = await upload(["INSERT INTO parent VALUES (3, 'three');", ...longRows()]);
  const heard = new Set<string>();
  const { value } = await finish(script, async () => {
    await evict();
    const asked = ["SELECT count(*) FROM child", "INSERT INTO parent VALUES (9, 'nine')"];
    for (const sql of asked) await run(sql).catch((error: Error) => heard.add(error.message));
  });
  expect(value).toMatchObject({ statements: 1 + LONG_ROWS });
  expect([...heard]).toEqual(["Currently processing a long-running import."]);
  expect(await run("SELECT count(*), max(id) FROM child")).toEqual([[193, 199]]);
  expect(await run("SELECT count(*) FROM audit")).toEqual([[193]]);
  await expect(run("INSERT INTO child (parent) VALUES (77)")).rejects.toThrow("FOREIGN KEY");
  expect((await poll(script)).value).toEqual(value);
});

it("leaves all as it was when the last statement fails", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  const before = await stateOf();
  const lines = [DONE.join(";\n"), ";\n", ...longRows(), "nonsense;"];
  let steps = 0;
  const said = await finish(await upload(lines), async () => {
    steps += 1;
    // As if every one of them were in another life of the object.
    await evict();
    await expect(run("SELECT 1")).rejects.toThrow("long-running import");
  });
  expect(said.error?.message).toMatch(/^statement 205: near "nonsense": syntax error/);
  expect(steps).toBeGreaterThan(8);
  expect(await stateOf()).toEqual(before);
  // As alive as before: keys, triggers, the change log.
  await expect(run("INSERT INTO child (parent) VALUES (77)")).rejects.toThrow("FOREIGN KEY");
  await run("INSERT INTO child (parent) VALUES (2)");
  expect(await run("SELECT max(what), (SELECT max(id) FROM child) FROM audit")).toEqual([[4, 4]]);
  expect((await finish(await upload(lines.slice(0, -1)))).error).toBeUndefined();
});

it("holds new rows against keys, and not what was broken before", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  await runInDurableObject(stub, async (_object, { storage }) => {
    storage.sql.exec("PRAGMA foreign_keys = OFF");
    storage.sql.exec("INSERT INTO child (parent) VALUES (66)");
    await storage.sync();
    storage.sql.exec("PRAGMA foreign_keys = ON");
  });
  const orphans = await finish(await upload(longRows()), evict);
  expect(orphans.error?.message).toMatch(/FOREIGN KEY constraint failed/);
  expect(await run("SELECT count(*) FROM child")).toEqual([[4]]);
  const lines = ["INSERT INTO parent VALUES (3, 'three');", ...longRows()];
  expect((await finish(await upload(lines))).error).toBeUndefined();
});

it("refuses by name what it could not take back", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  const before = await stateOf();
  const altering = [...longRows(), "ALTER TABLE parent ADD COLUMN more;", ...longRows()];
  const altered = await finish(await upload(["INSERT INTO parent VALUES (3, 'c');", ...altering]));
  expect(altered.error).toMatchObject({ code: "limit" });
  expect(altered.error?.message).toMatch(/parent was there before, and was altered/);
  expect(await stateOf()).toEqual(before);
  const fed =
    "CREATE TRIGGER fed AFTER INSERT ON parent BEGIN INSERT INTO words VALUES (new.name); END";
  const feeding = await finish(await upload([...longRows(), fed, ";"]));
  expect(feeding.error?.message).toMatch(/no rows of words, a virtual table/);
  expect(await stateOf()).toEqual(before);
  // From the beginning it is one event, as long as that goes.
  await run(fed);
  await run("INSERT INTO parent VALUES (3, 'three')");
  expect((await begin(await upload(longRows()))).value).toMatchObject({ statements: LONG_ROWS });
  const comment = `-- ${"x".repeat(1_000_000)}\n`;
  const tooLong = await begin(await upload(Array.from({ length: 68 }, () => comment)));
  expect(tooLong.error?.message).toMatch(/no rows of words, a virtual table/);
  expect(await run("SELECT count(*) FROM child")).toEqual([[3 + LONG_ROWS]]);
});

/** Changes what is stored of the import. */
async function setState(change: Partial<ImportState>): Promise<ImportState> {
  return runInDurableObject(stub, (_object, { storage }) => {
    const text = storage.sql.exec("SELECT value FROM _dosql_meta WHERE key = 'import'").one();
    const state = { ...JSON.parse(String(text["value"])), ...change };
    const now = JSON.stringify(state);
    storage.sql.exec("UPDATE _dosql_meta SET value = ? WHERE key = 'import'", now);
    return state;
  });
}

/** Where the object waits for its storage in a slice: before what the slice does, and behind it. */
type Cut = "before" | "behind";

/** Asks how it goes, and aborts the object in the middle of the slice that it runs for it. */
async function cutPoll(script: string, cut: Cut): Promise<boolean> {
  let waits = cut === "before" ? 1 : 2;
  await runInDurableObject(stub, (_object, state) => {
    const { storage } = state;
    const sync = storage.sync.bind(storage);
    storage.sync = () => {
      waits -= 1;
      if (waits === 0) state.abort("cut by the test");
      return sync();
    };
  });
  try {
    await poll(script);
    return false;
  } catch (error) {
    expect((error as Error).message).toBe("cut by the test");
    return true;
  } finally {
    waits = 0;
  }
}

/** Where it stands, by what is stored. */
async function standing(): Promise<string> {
  stub = env.DOSQL.get(env.DOSQL.idFromName(found.id));
  const { phase, statements } = await setState({});
  return `${phase} ${statements}`;
}

it.each(["", "nonsense;"])(
  "does each statement once though slices are aborted in the middle: %s",
  { timeout: 120_000 },
  async (end) => {
    await runAll(BEFORE);
    const before = await stateOf();
    const lines = ["INSERT INTO parent VALUES (3, 'three');", ...longRows(), end];
    const script = await upload(lines);
    expect((await begin(script)).value).toBeNull();
    const cuts = new Set<string>();
    let said: Asked = { value: null };
    for (let steps = 0; said.value === null; steps++) {
      expect(steps).toBeLessThan(MOST_STEPS);
      for (const cut of ["before", "behind"] as const) {
        const stood = await standing();
        if (!(await cutPoll(script, cut))) continue;
        cuts.add(`${cut} ${stood.replace(/ .*/, "")}`);
        // What was not durable was not done.
        expect(await standing()).toBe(stood);
      }
      await expect(run("SELECT 1")).rejects.toThrow("long-running import");
      said = await poll(script);
    }
    const phases = end === "" ? ["running", "checking"] : ["running", "undoing"];
    for (const phase of phases) {
      expect([...cuts]).toEqual(expect.arrayContaining([`before ${phase}`, `behind ${phase}`]));
    }
    if (end === "") {
      expect(said.value).toMatchObject({ statements: 1 + LONG_ROWS });
      expect(await run("SELECT count(*), count(DISTINCT id) FROM child")).toEqual([
        [3 + LONG_ROWS, 3 + LONG_ROWS],
      ]);
      expect(await run("SELECT count(*) FROM audit")).toEqual([[3 + LONG_ROWS]]);
    } else {
      expect(said.error?.message).toMatch(/near "nonsense"/);
      expect(await stateOf()).toEqual(before);
    }
    await expect(run("INSERT INTO child (parent) VALUES (77)")).rejects.toThrow("FOREIGN KEY");
    await run("INSERT INTO child (parent) VALUES (2)");
  },
);

it("gives a slice up that takes the object down", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  const before = await stateOf();
  const script = await upload(["INSERT INTO parent VALUES (3, 'three');", ...longRows()]);
  expect((await begin(script)).value).toBeNull();
  expect((await poll(script)).value).toBeNull();
  const { phase, tries } = await setState({ tries: 5 });
  expect([phase, tries]).toEqual(["running", 5]);
  await evict();
  let said: Asked = { value: null };
  while (said.value === null) said = await poll(script);
  expect(said.error).toMatchObject({ code: "limit" });
  expect(said.error?.message).toMatch(/behind statement \d+ takes more than an event/);
  expect(await stateOf()).toEqual(before);
});

/** A script that failed, and whose first row cannot be taken back. */
async function stick(): Promise<string> {
  if ((await run("SELECT 1 FROM sqlite_schema WHERE name = 'parent'")).length === 0) {
    await runAll(BEFORE);
  }
  const script = await upload(["INSERT INTO parent VALUES (3, 'three');", ...longRows(), "no;"]);
  expect((await begin(script)).value).toBeNull();
  expect((await poll(script)).value).toBeNull();
  const { from, phase } = await setState({});
  expect(phase).toBe("running");
  await runInDurableObject(stub, (_object, { storage }) => {
    storage.sql.exec("UPDATE _dosql_log SET v0 = 4711 WHERE lsn = ?", from + 1);
  });
  let said: Asked = { value: null };
  for (let steps = 0; said.value === null; steps++) {
    expect(steps).toBeLessThan(MOST_STEPS);
    said = await poll(script);
  }
  expect(said.error).toMatchObject({ code: "misuse" });
  expect(said.error?.message).toMatch(
    /^the database is closed until .*entry \d+ of the log changes 0/,
  );
  return script;
}

it("closes what it cannot take back until it is restored", { timeout: 60_000 }, async () => {
  const script = await stick();
  for (const sql of ["SELECT 1", "INSERT INTO parent VALUES (8, 'h')"]) {
    await expect(run(sql)).rejects.toMatchObject({
      code: "misuse",
      hint: expect.stringContaining("restore it"),
    });
    await evict();
  }
  await runDurableObjectAlarm(stub);
  await expect(run("SELECT 1")).rejects.toMatchObject({ code: "misuse" });
  expect((await begin(await upload(["SELECT 1;"]))).error).toMatchObject({ code: "misuse" });
  const now = (): Promise<unknown> =>
    restoreNamed(home.connect(found), expectedOf(found), new Date().toISOString());
  await now();
  expect(await run("SELECT count(*) FROM parent")).toEqual([[3]]);
  await evict();
  await run("INSERT INTO parent VALUES (8, 'h')");
  expect((await poll(script)).error).toBeDefined();
  expect((await finish(await upload(["SELECT 1;"]))).error).toBeUndefined();
});

it("restores what is closed out of its archive", { timeout: 60_000 }, async () => {
  home = new WorkersDirectory({ ...env, DOSQL: env.ARCHIVING, DOSQL_KEY: `sliced ${key++}` });
  found = await home.directory.create("account", "shop");
  stub = env.ARCHIVING.get(env.ARCHIVING.idFromName(found.id));
  await runAll(BEFORE);
  const before = await stateOf();
  await runDurableObjectAlarm(stub);
  const then = new Date().toISOString();
  await scheduler.wait(5);
  await stick();
  await evict();
  await restoreNamed(home.connect(found), expectedOf(found), then);
  expect(await stateOf()).toEqual(before);
  await evict();
  await run("INSERT INTO child (parent) VALUES (2)");
});

it("lets what is closed be deleted", { timeout: 60_000 }, async () => {
  await stick();
  await home.directory.remove("account", "shop");
  found = await home.directory.create("account", "shop");
  expect(await run("SELECT name FROM sqlite_schema WHERE name NOT GLOB '_*'")).toEqual([]);
});

it("goes on by itself, also when its alarm was lost", { timeout: 60_000 }, async () => {
  await runAll(BEFORE);
  const before = await stateOf();
  const lines = ["INSERT INTO parent VALUES (3, 'three');", ...longRows()];
  const failing = await upload([...lines, "nonsense;"]);
  expect((await begin(failing)).value).toBeNull();
  await aloneToTheEnd();
  expect(await stateOf()).toEqual(before);
  expect((await poll(failing)).error?.message).toMatch(/near "nonsense"/);

  const script = await upload(lines);
  expect((await begin(script)).value).toBeNull();
  const alarm = (): Promise<number | null> =>
    runInDurableObject(stub, (_object, { storage }) => storage.getAlarm());
  const lose = (): Promise<void> =>
    runInDurableObject(stub, (_object, { storage }) => storage.deleteAlarm());
  for (const between of [async () => undefined, evict]) {
    await lose();
    await between();
    expect(await alarm()).toBeNull();
    await expect(run("SELECT 1")).rejects.toThrow("long-running import");
    expect(await alarm()).not.toBeNull();
  }
  await aloneToTheEnd();
  expect(await run("SELECT count(*) FROM child")).toEqual([[3 + LONG_ROWS]]);
  expect((await poll(script)).value).toMatchObject({ statements: 1 + LONG_ROWS });
});

/** Nobody asks how an import goes: alarms drive it. */
async function aloneToTheEnd(): Promise<void> {
  // As if nobody had asked for long.
  await setState({ steppedMs: 0 });
  for (let steps = 0; (await run("SELECT 1").catch(() => null)) === null; steps++) {
    expect(steps).toBeLessThan(MOST_STEPS);
    // Or it came by itself.
    await runDurableObjectAlarm(stub);
    await scheduler.wait(10);
  }
}
