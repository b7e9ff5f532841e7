import { describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import { runScript } from "../../../src/server/script/run-script.ts";
import type { ScriptOutcome } from "../../../src/server/script/run-script.ts";
import { driverClient } from "../../../src/server/session-client.ts";

interface Kind {
  readonly name: string;
  open(): SqlClient & { commits: number };
}

function counted(client: SqlClient): SqlClient & { commits: number } {
  const wrapped = Object.create(client) as SqlClient & { commits: number };
  wrapped.commits = 0;
  wrapped.commit = async () => {
    wrapped.commits += 1;
    await client.commit();
  };
  return wrapped;
}

/** As a session of Postgres behaves: after an error nothing of the transaction can be kept. */
function strict(client: SqlClient): SqlClient {
  let failed = false;
  const wrapped = Object.create(client) as SqlClient;
  Object.defineProperty(wrapped, "errorEndsTransaction", { value: true });
  wrapped.run = async (sql) => {
    if (failed) throw new DosqlError("sqlite", "current transaction is aborted");
    try {
      return await client.run(sql);
    } catch (error) {
      failed = client.inTransaction;
      throw error;
    }
  };
  wrapped.commit = async () => {
    if (failed) throw new DosqlError("sqlite", "current transaction is aborted");
    await client.commit();
  };
  wrapped.rollback = async () => {
    failed = false;
    await client.rollback();
  };
  return wrapped;
}

const fresh = (): SqlClient => driverClient(new NodeSqlDriver(":memory:"), "memory");
const kinds: Kind[] = [
  { name: "like SQLite", open: () => counted(fresh()) },
  { name: "like Postgres", open: () => counted(strict(fresh())) },
];

async function* chunksOf(script: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof script === "string" ? new TextEncoder().encode(script) : script;
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function run(
  client: SqlClient,
  script: string | Uint8Array,
  options: { atomic?: boolean; stopAfter?: number; size?: number } = {},
): Promise<ScriptOutcome> {
  return runScript(client, chunksOf(script, options.size ?? 7), {
    atomic: options.atomic ?? false,
    progress: async (_, statements) => statements >= (options.stopAfter ?? Infinity),
  });
}

async function values(client: SqlClient): Promise<string> {
  const { rows } = await client.run("SELECT group_concat(a ORDER BY rowid) FROM t");
  return String(rows[0]?.[0]);
}

const START = "CREATE TABLE t (a UNIQUE);\n";

describe.each(kinds)("a session $name", ({ open }) => {
  test("runs a whole script, in a few commits", async () => {
    const client = open();
    const inserts = Array.from({ length: 1_200 }, (_, i) => `INSERT INTO t VALUES (${i});\n`);
    const outcome = await run(client, START + inserts.join(""), { size: 1000 });
    expect(outcome).toMatchObject({ result: "done", applied: 1_201 });
    expect(client.commits).toBe(3);
    expect((await client.run("SELECT count(*) FROM t")).rows).toEqual([[1200n]]);
  });

  test("stops at an error; what came before stays", async () => {
    const client = open();
    const script = `${START}INSERT INTO t VALUES (1);\nINSERT INTO t\n  VALUES (1);\nINSERT INTO t VALUES (3);`;
    const outcome = await run(client, script);
    expect(outcome).toMatchObject({ result: "failed", applied: 2 });
    expect(outcome.failure).toMatchObject({
      place: { line: 3, column: 1 },
      statement: { text: "INSERT INTO t\n  VALUES (1)" },
      error: { message: expect.stringContaining("UNIQUE") as string },
    });
    expect(client.inTransaction).toBe(false);
    expect(await values(client)).toBe("1");
  });

  test("with atomic, an error undoes everything", async () => {
    const client = open();
    const script = `${START}INSERT INTO t VALUES (1);INSERT INTO t VALUES (1);`;
    const outcome = await run(client, script, { atomic: true });
    expect(outcome).toMatchObject({ result: "failed", applied: 0 });
    expect(client.inTransaction).toBe(false);
    await expect(values(client)).rejects.toThrow("no such table");
  });

  test("with atomic, the script's own frame gives way", async () => {
    const client = open();
    const script =
      `PRAGMA foreign_keys = OFF;\nBEGIN TRANSACTION;${START}INSERT INTO t VALUES (1);COMMIT;` +
      "BEGIN;INSERT INTO t VALUES (2);END;";
    expect(await run(client, script, { atomic: true })).toMatchObject({
      result: "done",
      applied: 8,
    });
    expect(client.commits).toBe(1);
    expect(await values(client)).toBe("1,2");
    expect((await client.run("PRAGMA foreign_keys")).rows).toEqual([[0n]]);
    const undone = await run(client, "INSERT INTO t VALUES (3);ROLLBACK;", { atomic: true });
    expect(undone.failure?.error.message).toContain("ROLLBACK");
    expect(await values(client)).toBe("1,2");
  });

  test("a transaction of the script is kept or lost as one", async () => {
    const client = open();
    const script = `${START}INSERT INTO t VALUES (1);BEGIN;INSERT INTO t VALUES (2);COMMIT;`;
    const failing = `${script}BEGIN;INSERT INTO t VALUES (3);INSERT INTO t VALUES (3);COMMIT;`;
    const outcome = await run(client, failing);
    expect(outcome).toMatchObject({ result: "failed", applied: 5 });
    expect(await values(client)).toBe("1,2");
    expect(client.inTransaction).toBe(false);
  });

  test("a script that ends inside its transaction is told so", async () => {
    const client = open();
    const outcome = await run(client, `${START}\n  BEGIN;INSERT INTO t VALUES (1);`);
    expect(outcome).toMatchObject({ result: "failed", applied: 1 });
    expect(outcome.failure?.error.message).toContain("ends inside a transaction");
    expect(outcome.failure?.place).toEqual({ line: 3, column: 3 });
    expect(client.inTransaction).toBe(false);
    expect(await values(client)).toBe("null");
  });

  test("stopped by the user, what ran stays, or nothing of it with atomic", async () => {
    const client = open();
    await run(client, START);
    const script = "INSERT INTO t VALUES (1);INSERT INTO t VALUES (2);INSERT INTO t VALUES (3);";
    const undone = await run(client, script, { atomic: true, stopAfter: 2 });
    expect(undone).toMatchObject({ result: "stopped", applied: 0 });
    expect(await values(client)).toBe("null");
    const kept = await run(client, script, { stopAfter: 2 });
    expect(kept).toMatchObject({ result: "stopped", applied: 2 });
    expect(await values(client)).toBe("1,2");
  });

  test("a statement that ends the shared transaction by itself costs nobody else", async () => {
    const client = open();
    const script = `${START}INSERT INTO t VALUES (1);INSERT INTO t VALUES (2);INSERT OR ROLLBACK INTO t VALUES (1);`;
    const outcome = await run(client, script);
    expect(outcome).toMatchObject({ result: "failed", applied: 3 });
    expect(await values(client)).toBe("1,2");
  });

  test("what only its commit refuses is found by running it again, one by one", async () => {
    const client = open();
    await client.run("PRAGMA foreign_keys = ON");
    const script =
      "CREATE TABLE p (id PRIMARY KEY);" +
      "CREATE TABLE t (a, p REFERENCES p DEFERRABLE INITIALLY DEFERRED);" +
      "INSERT INTO t VALUES (1, NULL);INSERT INTO t VALUES (2, 99);INSERT INTO t VALUES (3, NULL);";
    const outcome = await run(client, script);
    expect(outcome).toMatchObject({ result: "failed", applied: 3 });
    expect(outcome.failure?.statement?.text).toBe("INSERT INTO t VALUES (2, 99)");
    expect(await values(client)).toBe("1");
  });

  test("syntax errors point into their statement", async () => {
    const client = open();
    const outcome = await run(client, "SELECT 1;\n\nSELEC 2;");
    expect(outcome).toMatchObject({ result: "failed", applied: 1 });
    expect(outcome.failure?.place.line).toBe(3);
  });

  test.each([
    ["\\connect shop\n", /\\connect is a command of psql/],
    ["\\c shop\nCREATE TABLE u (a);", /\\c is a command of psql/],
    ["SELECT '\0';", /NUL/],
  ])("%j is not SQL", async (bad, message) => {
    const client = open();
    const outcome = await run(client, `${START}INSERT INTO t VALUES (1);\n${bad}`);
    expect(outcome).toMatchObject({ result: "failed", applied: 2 });
    expect(outcome.failure?.error.message).toMatch(message);
    expect(outcome.failure?.place.line).toBe(3);
    expect(await values(client)).toBe("1");
  });

  test("bytes that are no UTF-8 are found, and UTF-16 is recognised", async () => {
    const client = open();
    const script = new TextEncoder().encode(`${START}INSERT INTO t VALUES ('x');\nSELECT '`);
    const outcome = await run(client, new Uint8Array([...script, 0xff, 0x27]));
    expect(outcome.failure?.error.message).toContain(`byte ${script.length} is invalid`);
    expect(outcome.failure?.place).toEqual({ line: 3, column: 9 });
    expect(outcome.applied).toBe(2);
    const utf16 = new Uint8Array([...START].flatMap((char) => [char.charCodeAt(0), 0]));
    expect((await run(open(), utf16)).failure?.error.hint).toContain("UTF-16");
  });

  test("with atomic an unreadable script leaves nothing", async () => {
    const client = open();
    await run(client, START);
    const outcome = await run(client, "INSERT INTO t VALUES (1);\n\\q\n", { atomic: true });
    expect(outcome).toMatchObject({ result: "failed", applied: 0 });
    expect(await values(client)).toBe("null");
  });

  test("the example store, cut anywhere", async () => {
    const { readFileSync } = await import("node:fs");
    const store = readFileSync(`${import.meta.dirname}/../../../examples/store.sql`);
    for (const size of [1, 13, 4096]) {
      const client = open();
      const outcome = await run(client, store, { size });
      expect(outcome).toMatchObject({ result: "done", bytesRead: store.length });
      const { rows } = await client.run("SELECT sum(total_cents) FROM order_totals");
      expect(rows).toEqual([[24_669n]]);
    }
  });
});
