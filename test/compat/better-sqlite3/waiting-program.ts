/*
 * A program that waits for changes: `argv[2]` is its file, `argv[3]` the binding, `argv[4]` what it
 * does. What keeps it alive is what it says itself; nothing else may.
 */
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { FeedEvent, Subscription } from "../../../src/engine/feed/change-feed.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";

/** Longer than anything is waited for that keeps the program alive. */
const LONG_MS = 250;

const [, , file = "", binding = "", what = ""] = process.argv;
let started: ChildProcess | null = null;
subscribe("child_process", (message) => {
  started = (message as { readonly process: ChildProcess }).process;
});

const db = new Database(file, { binding: binding as "worker" });
const { feed } = dosql(db);
const insert = db.prepare("INSERT INTO t (v) VALUES (?)");

const say = (text: string): void => console.log(text);
const tell = (name: string, event: FeedEvent | undefined): void => {
  const told = event?.kind === "transaction" ? event.transaction.records : [];
  const rows = told.flatMap(({ table, after }) => [table, after?.[1]]);
  say([name, event?.kind ?? "end", ...rows].join(" "));
};
/** Its first event of that kind, or its end. */
const waitFor = async (
  name: string,
  subscription: Subscription,
  kind = "transaction",
): Promise<void> => {
  for (;;) {
    const { value } = await subscription.next();
    if (value !== undefined && value.kind !== kind) continue;
    tell(name, value);
    return;
  }
};
const quiet = { heartbeatMs: 0 } as const;

async function kill(): Promise<void> {
  if (started === null) return;
  const ended = once(started, "exit");
  started.kill("SIGKILL");
  await ended;
}

const programs: Readonly<Record<string, () => Promise<void>>> = {
  /** The last thing it does is a commit. */
  async last() {
    void waitFor("a", feed.subscribe(quiet));
    await pause(LONG_MS);
    insert.run(1);
  },
  /** The same, where what comes last takes a while to be found. */
  async sought() {
    const tables = ["u"];
    void waitFor("a", feed.subscribe({ ...quiet, tables }));
    await pause(LONG_MS);
    db.transaction(() => {
      for (let i = 0; i < 60_000; i++) insert.run(i);
      db.exec("INSERT INTO u VALUES (1, 7)");
    })();
  },
  /** Another statement's end than that of a call. */
  async iterated() {
    void waitFor("a", feed.subscribe(quiet));
    await pause(LONG_MS);
    for (const _ of db.prepare("INSERT INTO t (v) VALUES (1), (2) RETURNING id").iterate());
  },
  /** Nothing comes. */
  async idle() {
    void feed.subscribe(quiet).next();
    void feed.subscribe().next();
    await pause(LONG_MS);
    say("idle");
  },
  async two() {
    void waitFor("a", feed.subscribe({ ...quiet, tables: ["t"] }));
    void waitFor("b", feed.subscribe({ ...quiet, tables: ["u"] }));
    await pause(LONG_MS);
    insert.run(1);
    await pause(LONG_MS);
    db.exec("INSERT INTO u VALUES (1, 2)");
  },
  /** Reads in between, which the process is asked for as well. */
  async reading() {
    const rest = async (subscription: Subscription): Promise<void> => {
      for await (const event of subscription) {
        tell("a", event);
        if (event.kind === "transaction" && event.transaction.records[0]?.after?.[1] === 20) break;
      }
      say("broke");
    };
    void rest(feed.subscribe(quiet));
    for (let i = 1; i <= 20; i++) {
      await pause(i);
      insert.run(i);
      for (const _ of db.prepare("SELECT * FROM t x, t y, t z LIMIT 300").iterate());
    }
  },
  async returned() {
    const subscription = feed.subscribe(quiet);
    void waitFor("a", subscription);
    await pause(LONG_MS);
    await subscription.return?.();
  },
  async aborted() {
    const ending = new AbortController();
    void waitFor("a", feed.subscribe({ ...quiet, signal: ending.signal }));
    await pause(LONG_MS);
    ending.abort();
  },
  async closed() {
    void waitFor("a", feed.subscribe(quiet));
    await pause(LONG_MS);
    db.close();
  },
  async changes() {
    const follow = async (): Promise<void> => {
      for await (const { records } of dosql(db).changes({
        tables: ["t"],
        operations: ["insert"],
      })) {
        say(records.map(({ after }) => after?.[1]).join());
        if (records[0]?.after?.[1] === 2) return;
      }
    };
    const following = follow();
    await pause(LONG_MS);
    insert.run(1);
    await pause(LONG_MS);
    insert.run(2);
    await following;
    say("done");
  },
  /** Somebody else commits, when this program says so, and beats come by themselves. */
  async foreign() {
    const alive = setInterval(() => undefined, 60_000);
    const beats = waitFor(
      "beat",
      feed.subscribe({ heartbeatMs: LONG_MS, tables: ["u"] }),
      "heartbeat",
    );
    const other = waitFor("a", feed.subscribe(quiet));
    await pause(LONG_MS);
    say("waiting");
    await Promise.all([beats, other]);
    clearInterval(alive);
  },
  /** The process ends; the subscription goes on in the next one. */
  async killed() {
    const alive = setInterval(() => undefined, 60_000);
    const other = waitFor("a", feed.subscribe(quiet));
    await pause(LONG_MS);
    await kill();
    await pause(LONG_MS);
    insert.run(1);
    await other;
    clearInterval(alive);
  },
  /** It ends within a transaction, and the subscription finds out first. */
  async torn() {
    const alive = setInterval(() => undefined, 60_000);
    const other = waitFor("a", feed.subscribe(quiet));
    db.exec("BEGIN");
    insert.run(1);
    await pause(LONG_MS);
    await kill();
    await pause(LONG_MS);
    say(String(db.inTransaction));
    try {
      insert.run(2);
    } catch (error) {
      say((error as Error).message);
    }
    insert.run(3);
    await other;
    clearInterval(alive);
  },
  /** A snapshot does not go on. */
  async snapshot() {
    const alive = setInterval(() => undefined, 60_000);
    for (let i = 0; i < 4; i++) insert.run("x".repeat(1_000_000));
    const subscription = feed.subscribe({ ...quiet, from: "snapshot" });
    await subscription.next();
    await kill();
    try {
      for (let i = 0; i < 3; i++) say(String((await subscription.next()).done));
    } finally {
      clearInterval(alive);
    }
  },
};

await programs[what]?.().catch((error: Error) => say(error.message));
