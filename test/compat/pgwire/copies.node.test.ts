import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { COPY_PIECE_BYTES, CopyAction } from "../../../src/engine/copy-message.ts";
import type { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { SESSION_OPTION } from "../../../src/engine/value-tag.ts";
import { openLocalDatabase } from "../../../src/entry/node/node-database.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { connect } from "./server.ts";
import type { Message, WireClient } from "./wire-client.ts";

const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
const MIB = 1024 * 1024;
/** What is around the bytes of one answer. */
const FRAME_BYTES = 64;

let root: string;
let database: LocalDatabase;
const clients: WireClient[] = [];

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-wire-copies-"));
  database = openLocalDatabase(path.join(root, "shard.sqlite"), { capture: CAPTURE_ON });
  const session = database.session();
  await session.execute("CREATE TABLE t (a)", []);
  await session.execute("INSERT INTO t VALUES (zeroblob(?))", [BigInt(64 * MIB)]);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.connection.closed();
});
afterAll(async () => {
  await database.close();
  rmSync(root, { recursive: true, force: true });
});

function client(parameters: Record<string, string> = { [SESSION_OPTION]: "1" }): WireClient {
  const made = connect(database, {}, parameters);
  clients.push(made);
  return made;
}

function message(action: number, numbers: readonly number[], name = "main"): Buffer {
  const body = Buffer.alloc(13);
  body[0] = action;
  for (const [i, number] of numbers.entries()) body.writeInt32BE(number, 1 + 4 * i);
  return framed(Buffer.concat([body, Buffer.from(`${name}\0`)]));
}

function framed(body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head[0] = 0x46;
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

interface Said {
  readonly error: string | null;
  readonly size: number;
  readonly values: readonly unknown[];
}

/** The bytes that came, which pg-protocol cannot tell of as values. */
async function ask(one: WireClient, ...messages: readonly Buffer[]): Promise<Said> {
  one.writes.length = 0;
  one.take();
  one.send(...messages, SYNC);
  const answers: Message[] = await one.until();
  const bytes = Buffer.concat(one.writes);
  const error = answers.find(({ name }) => name === "error")?.["message"] as string | undefined;
  return { error: error ?? null, size: bytes.length, values: valuesOf(bytes) };
}

function valuesOf(bytes: Buffer): unknown[] {
  if (bytes[0] !== 0x44) return [];
  const values: unknown[] = [];
  let at = 7;
  for (let left = bytes.readInt16BE(5); left > 0; left--) {
    const size = bytes.readInt32BE(at);
    const value = bytes.subarray(at + 5, at + 4 + size);
    values.push(String.fromCharCode(bytes[at + 4] ?? 0) === "i" ? value.readInt32BE() : value);
    at += 4 + size;
  }
  return values;
}

async function begun(one: WireClient): Promise<{ id: number; pages: number; pageSize: number }> {
  const [id] = (await ask(one, message(CopyAction.begin, [0, 0, 0]))).values as [number];
  const wait = await ask(one, message(CopyAction.wait, [id, 0, 0]));
  const [pages, pageSize] = wait.values as [number, number];
  return { id, pages, pageSize };
}

/** Copies without names that this process has open. */
function held(): number {
  return readdirSync("/proc/self/fd").filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`).startsWith(`${root}/shard.sqlite-copy-`);
    } catch {
      return false;
    }
  }).length;
}

async function holds(count: number): Promise<void> {
  for (let turns = 0; held() !== count && turns < 200; turns++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(held()).toBe(count);
}

describe("a copy of 64 MiB", () => {
  test("comes in pieces of a MiB, however much is asked for", async () => {
    const one = client();
    const { id, pages, pageSize } = await begun(one);
    expect(pages * pageSize).toBeGreaterThan(64 * MIB);
    expect(pages * pageSize).toBeLessThan(66 * MIB);
    const parts: Buffer[] = [];
    for (let first = 0; first < pages;) {
      const said = await ask(one, message(CopyAction.read, [id, first, 0x7fffffff]));
      expect(said.error).toBe(null);
      expect(said.size).toBeLessThan(COPY_PIECE_BYTES + FRAME_BYTES);
      const [part] = said.values as [Buffer];
      first += part.length / pageSize;
      parts.push(Buffer.from(part));
    }
    const file = path.join(root, "fetched.db");
    writeFileSync(file, Buffer.concat(parts));
    const copy = new DatabaseSync(file);
    const rows = copy.prepare("SELECT length(a) AS n FROM t").all();
    expect(rows).toEqual([{ n: 64 * MIB }]);
    expect(copy.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "t" }]);
    copy.close();
  });

  test("waits for a client that does not read, one piece at a time", async () => {
    const one = client();
    const { id } = await begun(one);
    one.writes.length = 0;
    one.hasRoom = false;
    const reads = Array.from({ length: 20 }, (_, i) =>
      message(CopyAction.read, [id, 256 * i, 256]),
    );
    one.send(...reads, SYNC);
    const sent = (): number => one.writes.reduce((sum, bytes) => sum + bytes.length, 0);
    for (let round = 1; sent() < 20 * COPY_PIECE_BYTES; round++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(sent()).toBeLessThanOrEqual(round * (COPY_PIECE_BYTES + FRAME_BYTES));
      one.connection.drained();
    }
  });

  test.skipIf(!existsSync("/proc/self/fd"))("goes with its session", async () => {
    await holds(0);
    const one = client();
    const { id } = await begun(one);
    await begun(one);
    await holds(2);
    await ask(one, message(CopyAction.close, [id, 0, 0]));
    await holds(1);
    one.connection.closed();
    await holds(0);
  });

  test("goes with its session also while it is made", async () => {
    const one = client();
    await ask(one, message(CopyAction.begin, [0, 0, 0]));
    const files = (): string[] => readdirSync(root).filter((name) => name.includes("-copy-"));
    while (files().length === 0) await new Promise(setImmediate);
    one.connection.closed();
    for (let turns = 0; files().length > 0 && turns < 100; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(files()).toEqual([]);
  });
});

test("what transactions see waits on the disk for its turn, not in memory", async () => {
  const file = path.join(root, "small.sqlite");
  const small = openLocalDatabase(file, {});
  const session = small.session();
  await session.execute("CREATE TABLE t (a)", []);
  await session.execute("INSERT INTO t VALUES (zeroblob(?))", [BigInt(MIB)]);
  const one = connect(small, {}, { [SESSION_OPTION]: "1" });
  await ask(one, Buffer.concat([Buffer.from([0x51, 0, 0, 0, 10]), Buffer.from("BEGIN\0")]));
  const begin = message(CopyAction.begin, [0, 1, 0]);
  expect((await ask(one, begin, begin, begin, begin)).error).toBe(null);
  const waiting = readdirSync(root).filter((name) => /^small\.sqlite-copy-.*-raw$/.test(name));
  expect(waiting).toHaveLength(4);
  for (const name of waiting) expect(statSync(path.join(root, name)).size).toBeGreaterThan(MIB);
  for (const id of [1, 2, 3, 4]) {
    expect((await ask(one, message(CopyAction.wait, [id, 0, 0]))).values[0]).toBeGreaterThan(250);
  }
  expect(readdirSync(root).filter((name) => name.startsWith("small.sqlite-copy-"))).toEqual([]);
  one.connection.closed();
  await small.close();
});

describe("what is refused", () => {
  test("leaves the session as it was", async () => {
    const one = client();
    const { id, pages } = await begun(one);
    const refusals: [Buffer, RegExp][] = [
      [message(CopyAction.begin, [0, 0, 0], "other"), /unknown database other/],
      [message(CopyAction.begin, [0, 0, 0], ""), /unknown database/],
      [message(CopyAction.state, [id + 1, 0, 0]), /no such copy/],
      [message(CopyAction.read, [0, 0, 1]), /no such copy/],
      [message(CopyAction.read, [id, -1, 1]), /no such pages/],
      [message(CopyAction.read, [id, pages, 1]), /no such pages/],
      [message(CopyAction.read, [id, 0, 0]), /no such pages/],
      [message(CopyAction.read, [id, 0, -5]), /no such pages/],
      [message(0, [id, 0, 0]), /unknown action/],
      [framed(Buffer.from([CopyAction.state, 0])), /./],
      [framed(Buffer.from("")), /./],
    ];
    for (const [bytes, error] of refusals) {
      expect((await ask(one, bytes)).error).toMatch(error);
      expect((await ask(one, message(CopyAction.state, [id, 0, 0]))).values[0]).toBe(pages);
    }
  });

  test("is a copy before it is complete, and one of somebody else", async () => {
    const one = client();
    const [id] = (await ask(one, message(CopyAction.begin, [0, 0, 0]))).values as [number];
    expect((await ask(one, message(CopyAction.state, [id, 0, 0]))).values).toEqual([]);
    expect((await ask(one, message(CopyAction.read, [id, 0, 1]))).error).toMatch(/not complete/);
    expect((await ask(client(), message(CopyAction.read, [id, 0, 1]))).error).toMatch(/no such/);
  });

  test("is a ninth copy at once", async () => {
    const one = client();
    for (let i = 0; i < 8; i++) {
      expect((await ask(one, message(CopyAction.begin, [0, 0, 0]))).error).toBe(null);
    }
    expect((await ask(one, message(CopyAction.begin, [0, 0, 0]))).error).toMatch(/8 copies/);
    await ask(one, message(CopyAction.close, [3, 0, 0]));
    expect((await ask(one, message(CopyAction.begin, [0, 0, 0]))).error).toBe(null);
  });

  test("is a copy of a database in memory", async () => {
    const memory = openLocalDatabase(":memory:", {});
    const one = connect(memory, {}, { [SESSION_OPTION]: "1" });
    const { error } = await ask(one, message(CopyAction.begin, [0, 0, 0]));
    expect(error).toMatch(/copies are not supported here/);
    one.connection.closed();
    await memory.close();
  });

  test("is the message in a session of Postgres", async () => {
    const one = client({});
    expect((await ask(one, message(CopyAction.begin, [0, 0, 0]))).error).not.toBe(null);
  });
});
