import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { INPUT_HIGH_WATER_BYTES, OUTPUT_CHUNK_BYTES } from "../../../src/compat/pgwire/limits.ts";
import { ManualClock } from "../../engine/manual-clock.ts";
import { connect } from "./server.ts";
import { rowsOf, ScriptedSession } from "./scripted-session.ts";
import { short } from "./wire-client.ts";

const query = (text: string): Uint8Array => serialize.query(text);
const run = (text: string): Uint8Array[] => [
  serialize.parse({ text }),
  serialize.bind({}),
  serialize.execute(),
];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const bigRows = (count: number): ReturnType<typeof rowsOf> =>
  rowsOf(...Array.from({ length: count }, (_, index) => String(index).padEnd(1000, ".")));

describe("what answers at once", () => {
  test("is served before receive returns, in one write", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = () => rowsOf("a", "b");
    const before = client.writes.length;
    client.send(query("select 1"), query("select 2"), ...run("select 3"), serialize.sync());
    expect(client.writes.length).toBe(before + 1);
    expect(short(client.take()).filter((line) => line.startsWith("ready"))).toHaveLength(3);
  });

  test("is sent at a Flush, and not before anybody wants it", () => {
    const client = connect(new ScriptedSession());
    client.send(serialize.parse({ text: "select 1" }));
    expect(client.take()).toEqual([]);
    client.send(serialize.flush());
    expect(short(client.take())).toEqual(["parseComplete"]);
    client.send(serialize.bind({}));
    client.send(serialize.describe({ type: "P" }));
    expect(client.take()).toEqual([]);
    client.send(serialize.sync());
    expect(short(client.take())).toEqual(["bindComplete", "row c:25", "ready I"]);
    // An error does not wait until somebody asks.
    client.send(serialize.parse({ text: "x; y" }));
    expect(short(client.take())).toEqual(["ERROR 42601"]);
  });

  test("takes no transaction for a statement alone, or for reads", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.calls.length = 0;
    client.send(query("select 1"));
    client.send(...run("select 2"), ...run("select 3"), serialize.sync());
    expect(session.calls).toEqual(["select 1", "select 2", "select 3"]);
    session.calls.length = 0;
    session.describe = () => ({ command: "INSERT", readonly: false, columns: [], parameters: [] });
    session.answer = () => ({
      columns: [],
      rows: [],
      changes: 1,
      lastRowid: 1n,
      command: "INSERT",
    });
    client.send(...run("insert"), serialize.close({ type: "P" }), serialize.sync());
    expect(session.calls).toEqual(["insert"]);
    session.calls.length = 0;
    client.send(...run("one"), ...run("two"), serialize.sync());
    const begin = 'begin {"isolation":"read committed","readOnly":false,"implicit":true}';
    expect(session.calls).toEqual([begin, "one", "two", "commit"]);
  });
});

describe("what takes its time", () => {
  test("keeps the order: nothing of the next message happens before", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.calls.length = 0;
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof rowsOf>>();
    session.answer = (sql) => (sql === "slow" ? promise : rowsOf(sql));
    client.send(query("quick"), query("slow"), query("later"));
    // What was ready before the wait has gone out.
    expect(short(client.take())).toEqual(["row c:25", "data quick", "done SELECT 1", "ready I"]);
    await turn();
    expect(session.calls).toEqual(["quick", "slow"]);
    resolve(rowsOf("done"));
    await turn();
    expect(session.calls).toEqual(["quick", "slow", "later"]);
    expect(short(client.take()).filter((line) => line.startsWith("data"))).toEqual([
      "data done",
      "data later",
    ]);
  });

  test("may be a script, a portal, a COMMIT, and may fail", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = async (sql) => {
      await turn();
      if (sql.startsWith("bad")) {
        throw new DosqlError("sqlite", "UNIQUE constraint failed: t.c", {
          sqlite: "SQLITE_CONSTRAINT_UNIQUE",
        });
      }
      return rowsOf(sql);
    };
    session.onCommit = turn;
    expect(await client.ask(query("one; two"))).toEqual([
      "row c:25",
      "data one",
      "done SELECT 1",
      "row c:25",
      "data two",
      "done SELECT 1",
      "ready I",
    ]);
    expect(await client.ask(...run("three"), serialize.sync())).toEqual([
      "parseComplete",
      "bindComplete",
      "data three",
      "done SELECT 1",
      "ready I",
    ]);
    expect(await client.ask(query("one; bad"))).toContain("ERROR 23505");
    expect(await client.ask(query("begin"))).toEqual(["done BEGIN", "ready T"]);
    expect(await client.ask(...run("bad"), serialize.sync())).toContain("ready E");
    expect(session.transaction).toBe("none");
    expect(await client.ask(query("rollback"))).toEqual(["done ROLLBACK", "ready I"]);
  });

  test("a COMMIT that fails says so instead of its tag, and leaves no block", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.onCommit = () => {
      throw new DosqlError("sqlite", "FOREIGN KEY constraint failed", {
        sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
      });
    };
    client.send(query("begin"), query("commit"));
    expect(short(client.take())).toEqual(["done BEGIN", "ready T", "ERROR 23503", "ready I"]);
    expect(session.calls.slice(-2)).toEqual(["commit", "rollback"]);
    client.send(query("one; two"));
    expect(short(client.take())).toEqual([
      "row c:25",
      "done SELECT 0",
      "row c:25",
      "ERROR 23503",
      "ready I",
    ]);
    // Two writes up to one Sync: its failure is the Sync's.
    session.describe = () => ({ command: "INSERT", readonly: false, columns: [], parameters: [] });
    session.answer = () => ({
      columns: [],
      rows: [],
      changes: 1,
      lastRowid: 1n,
      command: "INSERT",
    });
    client.send(...run("three"), ...run("four"), serialize.sync());
    expect(short(client.take()).slice(-3)).toEqual(["done INSERT 0 1", "ERROR 23503", "ready I"]);
  });

  test("more input than memory should hold is held back, and asked for again", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof rowsOf>>();
    session.answer = (sql) => (sql === "slow" ? promise : rowsOf());
    client.send(query("slow"));
    client.send(query("x".repeat(INPUT_HIGH_WATER_BYTES)));
    expect(client.paused).toBe(true);
    resolve(rowsOf());
    await turn();
    expect(client.paused).toBe(false);
    expect(short(client.take()).filter((line) => line === "ready I")).toHaveLength(2);
  });
});

describe("a transport without room", () => {
  test("stops rows and messages until it has some", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.calls.length = 0;
    session.answer = () => bigRows(300);
    client.hasRoom = false;
    client.send(query("first"), query("second"));
    const sizes = (): number[] => client.writes.slice(1).map((bytes) => bytes.length);
    expect(sizes()).toHaveLength(1);
    for (let rounds = 0; client.writes.length < 100 && rounds < 30; rounds++) {
      // Every drain is answered by one more chunk, not by all of them.
      const before = client.writes.length;
      client.connection.drained();
      expect(client.writes.length - before).toBeLessThanOrEqual(1);
    }
    expect(Math.max(...sizes())).toBeLessThan(OUTPUT_CHUNK_BYTES + 2000);
    expect(session.calls).toEqual(["first", "second"]);
    const lines = short(client.take());
    expect(lines.filter((line) => line.startsWith("data"))).toHaveLength(600);
    expect(lines.at(-1)).toBe("ready I");
  });

  test("does not start a statement that comes later", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    client.hasRoom = false;
    client.send(query("first"));
    client.send(query("second"));
    expect(session.calls).not.toContain("second");
    client.hasRoom = true;
    client.connection.drained();
    expect(session.calls).toContain("second");
  });

  test("does not start the next statement", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = () => bigRows(300);
    client.hasRoom = false;
    client.send(query("first"), query("second"));
    expect(session.calls).not.toContain("second");
  });

  test("a result in progress can be cancelled", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = (sql) => (sql === "big" ? bigRows(300) : rowsOf("next"));
    client.hasRoom = false;
    client.send(query("big"));
    client.cancel();
    client.hasRoom = true;
    client.connection.drained();
    const lines = short(client.take());
    expect(lines.slice(-2)).toEqual(["ERROR 57014", "ready I"]);
    expect(lines.length).toBeLessThan(200);
    client.send(query("select"));
    expect(short(client.take())).toContain("data next");
  });
});

describe("cancelling", () => {
  test("ends the statement that waits, and the session goes on", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = (sql) => (sql === "slow" ? session.hang() : rowsOf(sql));
    client.send(query("slow"));
    client.cancel();
    expect(short(await client.until())).toEqual(["ERROR 57014", "ready I"]);
    client.send(query("quick"));
    expect(short(client.take())).toContain("data quick");
    // Nothing runs: nothing is cancelled, now or later.
    const before = session.calls.length;
    client.cancel();
    client.send(query("quick"));
    expect(short(client.take())).toContain("data quick");
    expect(session.calls.slice(before)).toEqual(["quick"]);
  });

  test("a transport that closes cancels and disposes, and nothing is left hanging", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = () => session.hang();
    client.send(query("slow"));
    client.connection.closed();
    await turn();
    expect(session.calls.slice(-2)).toEqual(["dispose", "cancel canceled"]);
    expect(client.take()).toEqual([]);
    client.send(query("more"));
    client.connection.drained();
    client.connection.closed();
    expect(client.take()).toEqual([]);
  });

  test("the server may end a connection at any time", async () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = () => session.hang();
    client.send(query("slow"));
    client.connection.terminate();
    expect(short(client.take())).toEqual(["FATAL 57P01"]);
    expect(client.ended).toBe(true);
    await turn();
    expect(client.take()).toEqual([]);
  });
});

describe("timeouts", () => {
  test("are passed on to the engine", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    client.send(query("set statement_timeout = '5s'; set lock_timeout = 250"));
    expect([session.statementTimeoutMs, session.lockTimeoutMs]).toEqual([5000, 250]);
    client.send(query("begin; set statement_timeout = 0"), query("rollback"));
    expect(session.statementTimeoutMs).toBe(5000);
    client.send(query("reset all"));
    expect([session.statementTimeoutMs, session.lockTimeoutMs]).toEqual([0, 0]);
  });

  test("of the startup packet, too", () => {
    const session = new ScriptedSession();
    connect(session, {}, { options: "-c statement_timeout=3s" });
    expect(session.statementTimeoutMs).toBe(3000);
  });

  test("end a silent session, inside a block or outside", () => {
    const clock = new ManualClock();
    const session = new ScriptedSession();
    const client = connect(session, { clock });
    client.send(query("set idle_in_transaction_session_timeout = '1s'"));
    client.take();
    clock.advance(60_000);
    client.send(query("begin"));
    clock.advance(900);
    client.send(query("select"));
    clock.advance(900);
    expect(client.ended).toBe(false);
    client.take();
    clock.advance(100);
    expect(short(client.take())).toEqual(["FATAL 25P03"]);
    expect(client.ended).toBe(true);
    const other = connect(new ScriptedSession(), { clock });
    other.send(query("set idle_session_timeout = '1s'"), query("begin"));
    clock.advance(5000);
    other.send(query("commit"));
    other.take();
    clock.advance(1000);
    expect(short(other.take())).toEqual(["FATAL 57P05"]);
  });
});

describe("a transaction that lost its lease", () => {
  const lost = (): never => {
    throw new DosqlError("idle-in-transaction", "the transaction was rolled back");
  };

  test.each([
    ["select 1", "ready E"],
    ["insert into t values (1)", "ready E"],
    ["savepoint a", "ready E"],
    ["commit", "ready I"],
    ["end", "ready I"],
  ])("%s answers 25P03 and %s", (text, ready) => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.answer = lost;
    session.onCommit = lost;
    client.send(query("begin"));
    client.take();
    client.send(query(text));
    expect(short(client.take())).toEqual(["ERROR 25P03", ready]);
    client.send(query("rollback"));
    const rest = short(client.take());
    expect(rest.at(-1)).toBe("ready I");
    expect(session.transaction).toBe("none");
  });

  test("savepoints do not bring it back", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    client.send(query("begin"), query("savepoint a"));
    session.answer = lost;
    client.take();
    client.send(query("select 1"), query("rollback to a"), query("commit"));
    expect(short(client.take())).toEqual([
      "ERROR 25P03",
      "ready E",
      "ERROR 3B001",
      "ready E",
      "done ROLLBACK",
      "ready I",
    ]);
  });

  test("ROLLBACK that hears of it answers 25P03 and is over", () => {
    const session = new ScriptedSession();
    const client = connect(session);
    session.rollback = lost;
    client.send(query("begin"), query("rollback"));
    expect(short(client.take()).slice(2)).toEqual(["ERROR 25P03", "ready I"]);
  });
});
