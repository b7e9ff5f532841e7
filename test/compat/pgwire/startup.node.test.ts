import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import { CancelRegistry } from "../../../src/compat/pgwire/cancel-registry.ts";
import { PgConnection } from "../../../src/compat/pgwire/connection.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { systemEntropy } from "../../../src/platform/node/entropy.ts";
import { ManualClock } from "../../engine/manual-clock.ts";
import { ShardFixture } from "../../engine/open-shard.ts";
import { serverParts } from "./server.ts";
import { short, WireClient } from "./wire-client.ts";

/** A packet without a type: numbers are int32, strings are ended by a zero. */
function packet(...fields: readonly (number | string)[]): Uint8Array {
  const body = fields.flatMap((field) =>
    typeof field === "string"
      ? [...Buffer.from(field), 0]
      : [field >>> 24, (field >>> 16) & 255, (field >>> 8) & 255, field & 255],
  );
  const length = body.length + 4;
  return new Uint8Array([
    length >>> 24,
    (length >>> 16) & 255,
    (length >>> 8) & 255,
    length & 255,
    ...body,
  ]);
}

const V3_0 = 0x0003_0000;
const V3_2 = 0x0003_0002;
const SSL = packet(80_877_103);
const GSSENC = packet(80_877_104);
const LAST = "";

const hello = (version: number, ...parameters: readonly string[]): Uint8Array =>
  packet(version, "user", "ada", "dosql.dialect", "sqlite", ...parameters, LAST);

async function greeted(...buffers: readonly Uint8Array[]): Promise<WireClient> {
  await using fixture = new ShardFixture();
  const client = new WireClient(serverParts(fixture.database));
  client.send(...buffers);
  client.connection.closed();
  return client;
}

const REPORTED = {
  application_name: "",
  client_encoding: "UTF8",
  DateStyle: "ISO, MDY",
  default_transaction_read_only: "off",
  in_hot_standby: "off",
  integer_datetimes: "on",
  IntervalStyle: "postgres",
  is_superuser: "on",
  scram_iterations: "4096",
  search_path: '"$user", public',
  server_encoding: "UTF8",
  server_version: "16.0",
  session_authorization: "ada",
  standard_conforming_strings: "on",
  TimeZone: "UTC",
};

describe("the greeting", () => {
  test("tells the settings, the cancel key, and whose turn it is, in one write", async () => {
    const client = await greeted(hello(V3_0));
    const messages = client.take();
    const told = messages.filter(({ name }) => name === "parameterStatus");
    expect(Object.fromEntries(told.map((m) => [m["parameterName"], m["parameterValue"]]))).toEqual(
      REPORTED,
    );
    const rest = messages.filter(({ name }) => name !== "parameterStatus");
    expect(short(rest)).toEqual(["authenticationOk", "backendKeyData", "ready I"]);
    expect(rest[1]?.["processID"]).toBeGreaterThan(0);
    expect(client.writes).toHaveLength(1);
  });

  test("takes settings from parameters and options; parameters win", async () => {
    const client = await greeted(
      hello(
        V3_0,
        "options",
        "-c application_name=one --statement-timeout=5s -cTimeZone=Asia/Tokyo",
        "application_name",
        "two",
        "client_encoding",
        "'utf-8'",
      ),
    );
    const told = short(client.take());
    expect(told).toContain("status application_name=two");
    expect(told).toContain("status TimeZone=Asia/Tokyo");
    expect(told).toContain("status client_encoding=UTF8");
    expect(told.at(-1)).toBe("ready I");
  });

  test("a connection that names no dialect hears that there is one", async () => {
    const client = await greeted(packet(V3_0, "user", "ada", LAST));
    const notice = client.take().find(({ name }) => name === "notice");
    expect(notice?.["severity"]).toBe("NOTICE");
    expect(notice?.["hint"]).toContain("-c dosql.dialect=sqlite");
  });

  test("one that names it in options hears nothing", async () => {
    const options = ["options", "-c dosql.dialect=sqlite"];
    const client = await greeted(packet(V3_0, "user", "ada", ...options, LAST));
    expect(short(client.take()).filter((line) => line.startsWith("NOTICE"))).toEqual([]);
  });

  test.each([
    ["no user", packet(V3_0, "database", "x", LAST), "FATAL 28000"],
    ["an unknown setting", hello(V3_0, "nonsense", "1"), "FATAL 42704"],
    ["another encoding", hello(V3_0, "client_encoding", "LATIN1"), "FATAL 22023"],
    ["Postgres' dialect", hello(V3_0, "dosql.dialect", "postgres"), "FATAL 0A000"],
    ["bad options", hello(V3_0, "options", "-x"), "FATAL 42601"],
    ["replication", hello(V3_0, "replication", "database"), "FATAL 0A000"],
    ["protocol 2", packet(0x0002_0000, LAST), "FATAL 0A000"],
    ["protocol 4", packet(0x0004_0000, LAST), "FATAL 0A000"],
    ["no end", packet(V3_0, "user", "ada"), "FATAL 08P01"],
    ["more than the end", packet(V3_0, "user", "ada", LAST, "x"), "FATAL 08P01"],
    ["a name without a value", packet(V3_0, "user"), "FATAL 08P01"],
    ["HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "FATAL 08P01"],
    ["a length of nothing", new Uint8Array(8), "FATAL 08P01"],
    ["a length of 2 GB", new Uint8Array([0x7f, 0xff, 0xff, 0xff]), "FATAL 08P01"],
    ["a length of 10 kB and one", new Uint8Array([0, 0, 0x27, 0x11]), "FATAL 08P01"],
    ["a name that is not UTF-8", packet(V3_0, 0x75_ff_00_00), "FATAL 22021"],
  ])("%s ends it", async (_, bytes, answer) => {
    const client = await greeted(bytes);
    expect(short(client.take()).at(-1)).toBe(answer);
    expect(client.ended).toBe(true);
  });

  test("the database is asked for by name, the user's if none is given", () => {
    const asked: string[] = [];
    for (const more of [[], ["database", "shop"]]) {
      const parts = serverParts(null, {
        databases: (name) => {
          asked.push(name);
          return null;
        },
      });
      const client = new WireClient(parts);
      client.send(hello(V3_0, ...more));
      const error = client.take().at(-1);
      expect(error?.["code"]).toBe("3D000");
      expect(error?.["message"]).toBe(`database "${asked.at(-1)}" does not exist`);
    }
    expect(asked).toEqual(["ada", "shop"]);
  });
});

describe("protocol versions", () => {
  const keyBytes = (client: WireClient): number => {
    const bytes = Buffer.concat(client.writes);
    // From message to message: a random key may hold the letter of its own.
    let at = 0;
    while (String.fromCharCode(bytes[at] ?? 0) !== "K") at += 1 + bytes.readInt32BE(at + 1);
    return bytes.readInt32BE(at + 1) - 8;
  };

  test("3.0 has short cancel keys, 3.2 long ones", async () => {
    expect(keyBytes(await greeted(hello(V3_0)))).toBe(4);
    await using fixture = new ShardFixture();
    const writes: Uint8Array[] = [];
    const raw = rawConnection(fixture, writes);
    raw.receive(hello(V3_2));
    const bytes = Buffer.concat(writes);
    const at = bytes.lastIndexOf(Buffer.from([0x4b, 0, 0, 0, 40]));
    expect(at).toBeGreaterThan(0);
    raw.closed();
  });

  test.each([
    [0x0003_0003, [], 0],
    [0x0003_270f, ["_pq_.grease", "1"], 1],
    [V3_2, ["_pq_.a", "1", "_pq_.b", "2"], 2],
  ])("%i with %j is negotiated", async (version, options, unknown) => {
    await using fixture = new ShardFixture();
    const writes: Uint8Array[] = [];
    const raw = rawConnection(fixture, writes);
    raw.receive(hello(version, ...options));
    const bytes = Buffer.concat(writes);
    expect(bytes.subarray(0, 1).toString()).toBe("v");
    expect(bytes.readInt32BE(5)).toBe(V3_2);
    expect(bytes.readInt32BE(9)).toBe(unknown);
    expect(bytes.subarray(-6).toString("latin1")).toBe("Z\0\0\0\x05I");
    raw.closed();
  });

  test("3.0 with options that nobody knows stays 3.0", async () => {
    await using fixture = new ShardFixture();
    const writes: Uint8Array[] = [];
    const raw = rawConnection(fixture, writes);
    raw.receive(hello(V3_0, "_pq_.x", "1"));
    expect(Buffer.concat(writes).readInt32BE(5)).toBe(V3_0);
    raw.closed();
  });
});

/** pg-protocol's parser knows neither NegotiateProtocolVersion nor long keys. */
function rawConnection(fixture: ShardFixture, writes: Uint8Array[]): PgConnection {
  return new PgConnection(serverParts(fixture.database), {
    peer: { loopback: true },
    sink: { write: (bytes) => writes.push(bytes) > 0, end: () => undefined },
  });
}

describe("encryption", () => {
  test("TLS and GSS are refused by one byte each, and the session goes on", async () => {
    await using fixture = new ShardFixture();
    const client = new WireClient(serverParts(fixture.database));
    client.expectBare(2);
    client.send(GSSENC);
    client.send(SSL);
    expect(client.bare).toBe("NN");
    client.send(hello(V3_0));
    expect(short(client.take()).at(-1)).toBe("ready I");
    client.connection.closed();
  });

  test("all in one piece", async () => {
    await using fixture = new ShardFixture();
    const client = new WireClient(serverParts(fixture.database));
    client.expectBare(1);
    client.send(SSL, hello(V3_0));
    expect(short(client.take()).at(-1)).toBe("ready I");
    client.connection.closed();
  });

  test("asking twice ends it", () => {
    const client = new WireClient(serverParts(null));
    client.expectBare(1);
    client.send(SSL, SSL);
    expect(short(client.take())).toEqual(["FATAL 08P01"]);
  });

  test("a transport that has TLS starts it after the answer", async () => {
    await using fixture = new ShardFixture();
    let started = 0;
    const client = new WireClient(serverParts(fixture.database), {
      startTls: () => {
        started = client.writes.length;
      },
    });
    client.expectBare(1);
    client.send(SSL);
    expect(client.bare).toBe("S");
    expect(started).toBe(1);
    client.send(hello(V3_0));
    expect(short(client.take()).at(-1)).toBe("ready I");
    client.connection.closed();
  });

  test("bytes that came before TLS began are an attack", () => {
    const client = new WireClient(serverParts(null), { startTls: () => undefined });
    client.send(SSL, hello(V3_0));
    expect(short(client.take())).toEqual(["FATAL 08P01"]);
    expect(client.ended).toBe(true);
  });
});

describe("cancel requests", () => {
  const registry = (): CancelRegistry =>
    new CancelRegistry({ crypto: nodeCrypto, entropy: systemEntropy });

  const request = (processId: number, key: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(12 + key.length);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, bytes.length);
    view.setInt32(4, 80_877_102);
    view.setInt32(8, processId);
    bytes.set(key, 12);
    return bytes;
  };

  test("reach who has the number and the secret, and answer nothing", () => {
    const cancels = registry();
    let cancelled = 0;
    const handle = cancels.register(32, () => cancelled++);
    const wrong = handle.key.map((byte, index) => (index === 31 ? byte ^ 1 : byte));
    const attempts: [number, Uint8Array, number][] = [
      [handle.processId, wrong, 0],
      [handle.processId, handle.key.slice(0, 4), 0],
      [handle.processId + 1, handle.key, 0],
      [handle.processId, handle.key, 1],
    ];
    for (const [processId, key, expected] of attempts) {
      const client = new WireClient(serverParts(null, { cancels }));
      client.send(request(processId, key));
      expect(cancelled).toBe(expected);
      expect(client.writes).toEqual([]);
      expect(client.ended).toBe(true);
    }
    handle.release();
    expect(cancels.size).toBe(0);
  });

  test.each([0, 257])("a key of %i bytes is refused", (length) => {
    const client = new WireClient(serverParts(null));
    client.send(request(1, new Uint8Array(length)));
    expect(short(client.take())).toEqual(["FATAL 08P01"]);
  });

  test("a connection leaves the registry when it ends", async () => {
    await using fixture = new ShardFixture();
    const cancels = registry();
    const client = new WireClient(serverParts(fixture.database, { cancels }));
    client.send(hello(V3_0));
    expect(cancels.size).toBe(1);
    client.send(serialize.end());
    expect(cancels.size).toBe(0);
    expect(client.ended).toBe(true);
  });
});

describe("time before authentication", () => {
  test("is limited", () => {
    const clock = new ManualClock();
    const client = new WireClient(serverParts(null, { clock, limits: { authenticationMs: 500 } }));
    client.send(hello(V3_0).slice(0, 10));
    clock.advance(499);
    expect(client.ended).toBe(false);
    clock.advance(1);
    expect(short(client.take())).toEqual(["FATAL 57014"]);
    expect(client.ended).toBe(true);
    // What comes later finds nobody.
    client.send(hello(V3_0));
    expect(client.take()).toEqual([]);
  });

  test("a session is not", async () => {
    await using fixture = new ShardFixture();
    const clock = new ManualClock();
    const client = new WireClient(serverParts(fixture.database, { clock }));
    client.send(hello(V3_0));
    clock.advance(3_600_000);
    expect(client.ended).toBe(false);
    client.connection.closed();
  });
});
