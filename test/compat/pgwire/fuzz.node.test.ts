import { serialize } from "pg-protocol";
import { beforeAll, describe, expect, test } from "vitest";
import { PgConnection } from "../../../src/compat/pgwire/connection.ts";
import { ShardFixture } from "../../engine/open-shard.ts";
import { runSeed, seeded } from "./seeded.ts";
import { serverParts } from "./server.ts";
import { rowsOf, ScriptedSession } from "./scripted-session.ts";
import { TRANSCRIPTS } from "./transcripts.ts";

const ROUNDS = 500;
const seed = runSeed();

/** A connection that keeps no answers, only counts them, and checks that each is whole. */
class Target {
  readonly connection: PgConnection;
  sentBytes = 0;
  ended = false;
  #left = Buffer.alloc(0);
  readonly kinds = new Map<string, number>();

  constructor(session: ScriptedSession | ShardFixture["database"]) {
    this.connection = new PgConnection(serverParts(session), {
      peer: { loopback: true },
      sink: {
        write: (bytes) => {
          this.sentBytes += bytes.length;
          this.#read(bytes);
          return true;
        },
        end: () => {
          this.ended = true;
        },
      },
    });
  }

  /** Whole messages only, but for the one-byte answers before the session. */
  #read(bytes: Uint8Array): void {
    let rest = Buffer.concat([this.#left, bytes]);
    while (rest.length > 0) {
      const letter = rest.subarray(0, 1).toString("latin1");
      if (letter === "N" && (rest.length === 1 || rest[1] !== 0)) {
        rest = rest.subarray(1);
        continue;
      }
      if (rest.length < 5) break;
      const length = rest.readInt32BE(1) + 1;
      expect(length).toBeGreaterThanOrEqual(5);
      if (rest.length < length) break;
      this.kinds.set(letter, (this.kinds.get(letter) ?? 0) + 1);
      rest = rest.subarray(length);
    }
    this.#left = Buffer.from(rest);
  }

  get leftBytes(): number {
    return this.#left.length;
  }
}

const GREETING = Buffer.from(serialize.startup({ user: "ada", "dosql.dialect": "sqlite" }));
const SAID = TRANSCRIPTS.map(({ steps }) => Buffer.concat(steps.flatMap(([send]) => send)));

function mutate(valid: Buffer, pick: (below: number) => number): Buffer {
  const bytes = Buffer.from(valid);
  const changes = 1 + pick(4);
  for (let count = 0; count < changes && bytes.length > 0; count++) {
    const at = pick(bytes.length);
    switch (pick(4)) {
      case 0:
        bytes[at] = pick(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
        break;
      case 2:
        bytes.copyWithin(at, pick(bytes.length));
        break;
      default:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(pick(bytes.length))]);
    }
  }
  return bytes;
}

/** Delivers in pieces, as a network would. */
function deliver(target: Target, bytes: Buffer, pick: (below: number) => number): void {
  for (let at = 0; at < bytes.length;) {
    const size = 1 + pick(pick(2) === 0 ? 8 : 400);
    target.connection.receive(new Uint8Array(bytes.subarray(at, at + size)));
    at += size;
  }
}

const total = new Map<string, number>();

function finish(target: Target): void {
  expect(target.leftBytes).toBe(0);
  for (const [kind, count] of target.kinds) total.set(kind, (total.get(kind) ?? 0) + count);
  target.connection.closed();
}

describe("bytes that nobody meant", () => {
  const session = new ScriptedSession();
  beforeAll(() => {
    session.answer = (sql) => rowsOf(sql);
  });

  test("random ones, before and after the greeting", () => {
    const pick = seeded(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const target = new Target(session);
      const noise = Buffer.from(Array.from({ length: pick(300) }, () => pick(256)));
      if (round % 2 === 0) deliver(target, GREETING, pick);
      deliver(target, noise, pick);
      finish(target);
    }
  });

  test("random bodies in whole messages of every type", () => {
    const pick = seeded(seed + 1);
    const letters = "BCDEFHPQSXcdfp";
    for (let round = 0; round < ROUNDS; round++) {
      const target = new Target(session);
      deliver(target, GREETING, pick);
      for (let count = 0; count < 10; count++) {
        const length = pick(40);
        const message = Buffer.alloc(5 + length, letters.charAt(pick(letters.length)));
        message.writeInt32BE(4 + length, 1);
        for (let at = 5; at < message.length; at++) message[at] = pick(3) === 0 ? 0 : pick(256);
        deliver(target, message, pick);
      }
      finish(target);
    }
  });

  test("mutated conversations, greeting included", () => {
    const pick = seeded(seed + 2);
    for (let round = 0; round < ROUNDS; round++) {
      const target = new Target(session);
      const said = SAID[pick(SAID.length)] ?? Buffer.alloc(0);
      const greeting = pick(3) === 0 ? mutate(GREETING, pick) : GREETING;
      deliver(target, greeting, pick);
      deliver(target, mutate(said, pick), pick);
      finish(target);
    }
  });

  test("mutated conversations with a real database, which then still serves", async () => {
    await using fixture = new ShardFixture();
    const pick = seeded(seed + 3);
    for (let round = 0; round < 150; round++) {
      const target = new Target(fixture.database);
      deliver(target, GREETING, pick);
      deliver(target, mutate(SAID[pick(SAID.length)] ?? Buffer.alloc(0), pick), pick);
      // Some statements wait for a lease that another round left: their connection goes away.
      target.connection.closed();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const last = new Target(fixture.database);
    deliver(last, Buffer.concat([GREETING, serialize.query("select 1")]), pick);
    expect(last.kinds.get("D")).toBe(1);
    finish(last);
  });

  test("the fuzz met sessions, results and errors, not only closed doors", () => {
    for (const kind of ["R", "Z", "E", "D", "C", "1", "2", "T", "S"]) {
      expect({ kind, seen: (total.get(kind) ?? 0) > 0 }).toEqual({ kind, seen: true });
    }
  });
});

describe("lengths that lie", () => {
  const huge = (letter: string): Uint8Array =>
    new Uint8Array([letter.charCodeAt(0), 0x7f, 0xff, 0xff, 0xff]);

  test.each(["Q", "P", "B", "S", "H", "D", "E", "C", "X", "d"])("2 GB of %s end it", (letter) => {
    const target = new Target(new ScriptedSession());
    target.connection.receive(new Uint8Array(GREETING));
    const before = process.memoryUsage().arrayBuffers;
    target.connection.receive(huge(letter));
    expect(target.ended).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(target.kinds.get("E")).toBe(1);
  });

  test("a message may announce the limit, and costs what really comes", () => {
    const target = new Target(new ScriptedSession());
    target.connection.receive(new Uint8Array(GREETING));
    const header = Buffer.alloc(5, "Q");
    header.writeInt32BE(256 * 1024 * 1024, 1);
    const before = process.memoryUsage().arrayBuffers;
    target.connection.receive(new Uint8Array(header));
    for (let count = 0; count < 100; count++) target.connection.receive(new Uint8Array(1000));
    expect(target.ended).toBe(false);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    target.connection.closed();
  });
});
