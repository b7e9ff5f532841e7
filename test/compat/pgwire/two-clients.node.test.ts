import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../engine/manual-clock.ts";
import { ShardFixture } from "../../engine/open-shard.ts";
import { connect } from "./server.ts";
import type { WireClient } from "./wire-client.ts";
import { short } from "./wire-client.ts";

const LEASE_IDLE_MS = 5000;

/** Two clients of one real shard, whose time stands still. */
class Two implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly fixture = new ShardFixture({ clock: this.clock, leaseIdleMs: LEASE_IDLE_MS });
  readonly first: WireClient = connect(this.fixture.database, { clock: this.clock });
  readonly second: WireClient = connect(this.fixture.database, { clock: this.clock });

  constructor() {
    say(this.first, "create table t (id bigint primary key, v text)");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.first.connection.closed();
    this.second.connection.closed();
    await this.fixture[Symbol.asyncDispose]();
  }
}

/** Sends and answers what came at once; nothing when the statement waits. */
function say(client: WireClient, text: string): string[] {
  client.send(serialize.query(text));
  return short(client.take());
}

const INSERTED = ["done INSERT 0 1", "ready I"];

describe("a writer behind another one's transaction", () => {
  test("waits for its end; readers do not", async () => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    expect(say(two.second, "insert into t values (2, 'b')")).toEqual([]);
    const third = connect(two.fixture.database);
    expect(say(third, "select id from t")).toEqual(["row id:20", "done SELECT 0", "ready I"]);
    say(two.first, "commit");
    expect(short(await two.second.until())).toEqual(INSERTED);
    expect(say(third, "select id from t order by id")).toContain("data 2");
    third.connection.closed();
  });

  test("goes on when the other one's connection is gone", async () => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    expect(say(two.second, "insert into t values (1, 'b')")).toEqual([]);
    two.first.connection.closed();
    expect(short(await two.second.until())).toEqual(INSERTED);
  });

  test("goes on when a statement of the other one fails: its block holds no lock", async () => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    expect(say(two.second, "insert into t values (1, 'b')")).toEqual([]);
    expect(say(two.first, "select nope")).toEqual(["ERROR 42703", "ready E"]);
    expect(short(await two.second.until())).toEqual(INSERTED);
    expect(say(two.first, "commit")).toEqual(["done ROLLBACK", "ready I"]);
  });

  test("is cancelled by its client", async () => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    say(two.second, "insert into t values (2, 'b')");
    two.second.cancel();
    expect(short(await two.second.until())).toEqual(["ERROR 57014", "ready I"]);
    expect(say(two.first, "commit")).toEqual(["done COMMIT", "ready I"]);
    expect(say(two.second, "insert into t values (2, 'b')")).toEqual(INSERTED);
  });

  test.each([
    ["lock_timeout", "55P03"],
    ["statement_timeout", "57014"],
  ])("gives up after %s", async (setting, sqlState) => {
    await using two = new Two();
    say(two.second, `set ${setting} = '100ms'`);
    say(two.first, "begin; insert into t values (1, 'a')");
    expect(say(two.second, "insert into t values (2, 'b')")).toEqual([]);
    two.clock.advance(100);
    expect(short(await two.second.until())).toEqual([`ERROR ${sqlState}`, "ready I"]);
  });
});

describe("a transaction that idles while another one waits", () => {
  test.each([
    ["select id from t", ["ERROR 25P03", "ready E"], ["done ROLLBACK", "ready I"]],
    ["insert into t values (3, 'c')", ["ERROR 25P03", "ready E"], ["done ROLLBACK", "ready I"]],
    ["commit", ["ERROR 25P03", "ready I"], ["WARNING 25P01", "done COMMIT", "ready I"]],
  ])("loses its lease, and hears of it at %s", async (text, answer, afterwards) => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    expect(say(two.second, "insert into t values (1, 'b')")).toEqual([]);
    two.clock.advance(LEASE_IDLE_MS + 1);
    expect(short(await two.second.until())).toEqual(INSERTED);
    expect(say(two.first, text)).toEqual(answer);
    expect(say(two.first, "commit")).toEqual(afterwards);
    expect(say(two.first, "select v from t")).toEqual([
      "row v:25",
      "data b",
      "done SELECT 1",
      "ready I",
    ]);
  });

  test("ROLLBACK is what it was going to be", async () => {
    await using two = new Two();
    say(two.first, "begin; insert into t values (1, 'a')");
    say(two.second, "insert into t values (1, 'b')");
    two.clock.advance(LEASE_IDLE_MS + 1);
    await two.second.until();
    expect(say(two.first, "rollback").at(-1)).toBe("ready I");
  });
});
