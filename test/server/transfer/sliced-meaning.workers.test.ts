import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import {
  WorkersDirectory,
  expectedOf,
} from "../../../src/entry/workers/workers-directory.workers.ts";
import type { FoundDatabase } from "../../../src/server/directory/directory.ts";
import type { ImportStep } from "../../../src/server/transfer/transfer.ts";
import { namedTransfer } from "../../../src/rpc/named-shard.ts";

/** What a script says shall mean the same, however it is divided. */

const LONG = "x".repeat(90_000);
/** More than is run in one event. */
const LONG_ROWS = 190;
const MOST_STEPS = 100;

let key = 0;
let home: WorkersDirectory;
let found: FoundDatabase;
let stub: DurableObjectStub;

beforeEach(async () => {
  home = new WorkersDirectory({ ...env, DOSQL_KEY: `meaning ${key++}` });
  found = await home.directory.create("account", "shop");
  stub = env.DOSQL.get(env.DOSQL.idFromName(found.id));
});

async function run(sql: string): Promise<unknown[]> {
  const session = home.database(found).session({ integers: "number" });
  return (await session.execute(sql, [])).rows;
}

interface Asked {
  readonly value?: ImportStep;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
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

const begin = (script: string): Promise<Asked> =>
  home.connect(found)().ingestScript(expectedOf(found), script);

/** Imports a script, each slice in another life of the object; how many steps it took. */
async function take(pieces: Iterable<string>): Promise<Asked & { readonly steps: number }> {
  const script = await upload(pieces);
  let said = await begin(script);
  let steps = 0;
  for (; said.value === null; steps++) {
    expect(steps).toBeLessThan(MOST_STEPS);
    await evictDurableObject(stub);
    said = await home.connect(found)().pollScript(expectedOf(found), script);
  }
  return { ...said, steps };
}

function* filling(): Generator<string> {
  for (let i = 0; i < LONG_ROWS; i++) yield `INSERT INTO filling VALUES ('${LONG}');\n`;
}

it("last_insert_rowid() and changes() reach over slices", { timeout: 60_000 }, async () => {
  await run("CREATE TABLE parent (id INTEGER PRIMARY KEY, t)");
  await run("CREATE TABLE child (parent INTEGER, changed)");
  await run("CREATE TABLE filling (t) WITHOUT ROWID".replace("(t)", "(t PRIMARY KEY)"));
  const script = function* (): Generator<string> {
    for (let i = 0; i < LONG_ROWS; i++) {
      yield `INSERT INTO parent (t) VALUES ('${LONG}'), ('b');\n`;
      yield `INSERT INTO child VALUES (last_insert_rowid(), changes());\n`;
    }
    for (let i = 0; i < LONG_ROWS; i++) {
      // The slice ends between them, also where the first of them passes its length.
      yield `INSERT INTO parent (t) VALUES ('c'), ('b');\n`;
      yield `INSERT INTO child SELECT last_insert_rowid(), changes() WHERE '${LONG}' <> '';\n`;
    }
  };
  const { error, steps } = await take(script());
  expect(error).toBeUndefined();
  expect(steps).toBeGreaterThan(5);
  const wrong = await run(
    "SELECT rowid, * FROM child WHERE changed IS NOT 2 OR parent IS NOT rowid * 2",
  );
  expect(wrong).toEqual([]);
  expect(await run("SELECT count(*) FROM child")).toEqual([[2 * LONG_ROWS]]);
});

it("what cascades out of a trigger is refused", { timeout: 60_000 }, async () => {
  await run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  await run("CREATE TABLE child (parent REFERENCES parent ON UPDATE CASCADE)");
  await run("CREATE TABLE filling (t)");
  await run("INSERT INTO parent VALUES (1), (2)");
  await run("INSERT INTO child VALUES (1), (2)");
  await run(
    "CREATE TRIGGER swaps AFTER INSERT ON filling WHEN new.t = 'now' BEGIN " +
      "UPDATE parent SET id = 3 WHERE id = 1; UPDATE parent SET id = 1 WHERE id = 2; " +
      "UPDATE parent SET id = 2 WHERE id = 3; END",
  );
  const { error } = await take(["INSERT INTO filling VALUES ('now');\n", ...filling()]);
  expect(error ?? (await run("SELECT parent FROM child"))).toMatchObject({ code: "limit" });
  expect(await run("SELECT parent FROM child")).toEqual([[1], [2]]);
});

it("what replaces a row by the table's own rule is refused", { timeout: 60_000 }, async () => {
  await run("CREATE TABLE parent (id INTEGER PRIMARY KEY, name UNIQUE ON CONFLICT REPLACE)");
  await run("CREATE TABLE child (parent REFERENCES parent ON DELETE CASCADE)");
  await run("CREATE TABLE filling (t)");
  await run("INSERT INTO parent VALUES (1, 'a')");
  await run("INSERT INTO child VALUES (1)");
  const script = ["INSERT INTO parent VALUES (2, 'a'), (1, 'b');\n", ...filling()];
  const { error } = await take(script);
  expect(error ?? (await run("SELECT parent FROM child"))).toMatchObject({ code: "limit" });
  expect(await run("SELECT parent FROM child")).toEqual([[1]]);
});

it("keys that a script turns on again hold", { timeout: 60_000 }, async () => {
  await run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  await run("CREATE TABLE child (parent REFERENCES parent)");
  await run("CREATE TABLE filling (t)");
  const off = ["PRAGMA foreign_keys = OFF;\n", "INSERT INTO child VALUES (7);\n", ...filling()];
  const on = [...off, "PRAGMA foreign_keys = ON;\n", ...filling()];
  const refused = await take([...on, "INSERT INTO child VALUES (8);\n"]);
  expect(refused.error).toMatchObject({ code: "misuse" });
  expect(refused.error?.message).toMatch(/INSERT of child needs foreign keys on/);
  expect(await run("SELECT count(*) FROM child")).toEqual([[0]]);
  expect((await take(on)).error).toBeUndefined();
  expect(await run("SELECT * FROM child")).toEqual([[7]]);
});

it("closes nothing that it could not begin", { timeout: 60_000 }, async () => {
  await run("CREATE TABLE filling (t)");
  const script = await upload(filling());
  await runInDurableObject(stub, (_object, { storage }) => {
    storage.sql.exec(
      "CREATE TRIGGER _dosql_full BEFORE INSERT ON _dosql_spool WHEN new.part = -2 BEGIN " +
        "SELECT RAISE(ABORT, 'as if it were full'); END",
    );
  });
  expect((await begin(script)).error?.message).toMatch("as if it were full");
  expect(await run("SELECT count(*) FROM filling")).toEqual([[0]]);
});
