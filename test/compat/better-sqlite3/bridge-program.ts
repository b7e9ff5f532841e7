/*
 * A program with a database in another process: `argv[2]` is its URL at a server or a file,
 * `argv[3]` what the program does. Run by the tests of the bridge on this Node, and by
 * scripts/bridge-on-nodes.ts on others.
 */
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { readdirSync } from "node:fs";
import { Worker, isMainThread } from "node:worker_threads";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const [, , url = "", what = ""] = process.argv;
const OPTIONS: Database.Options = url.startsWith("dosql:") ? {} : { binding: "worker" };
const THREADS = 8;
const ROUNDS = 300;

const programs: Readonly<Record<string, () => void | Promise<void>>> = {
  /** Many short answers: one wake-up that is lost, and it sleeps for ever. */
  rounds() {
    const db = new Database(url, OPTIONS);
    const add = db.prepare("SELECT ? + 1").pluck();
    let n = 0;
    for (let i = 0; i < 20_000; i++) n = add.get(n) as number;
    console.log(n);
  },
  /** Ends in the middle of a transaction, inside of a callback. */
  exit() {
    const db = new Database(url, {
      ...OPTIONS,
      verbose: (text) => String(text).includes("leave") && process.exit(7),
    });
    db.exec("CREATE TABLE IF NOT EXISTS left (a)");
    db.transaction(() => {
      db.prepare("INSERT INTO left VALUES (1)").run();
      db.prepare("SELECT 'leave'").get();
    })();
  },
  /** Ends inside of a function, while SQLite waits for it. */
  leave() {
    const db = new Database(url, OPTIONS);
    db.function("leave", () => process.exit(7));
    db.exec("CREATE TABLE IF NOT EXISTS left (a); BEGIN; INSERT INTO left VALUES (1)");
    db.prepare("SELECT leave()").get();
  },
  /** Functions that are called, throw, and ask for more themselves. */
  calls() {
    const db = new Database(url, OPTIONS);
    const inner = db.prepare("SELECT 1");
    let refused = 0;
    db.function("next", (n: number) => {
      if (n % 100 === 0) throw new RangeError(String(n));
      try {
        inner.get();
      } catch {
        refused += 1;
      }
      return n + 1;
    });
    const add = db.prepare("SELECT next(?)").pluck();
    let n = 1;
    let thrown = 0;
    for (let i = 0; i < 3_000; i++) {
      try {
        n = add.get(n) as number;
      } catch (error) {
        thrown += (error as Error).message === String(n) ? 1 : 0;
        n += 1;
      }
    }
    console.log(n, thrown, refused);
  },
  /** Statements that take too long, between some that do not. */
  timeouts() {
    const db = new Database(url, { ...OPTIONS, statementTimeoutMs: 200 });
    const endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    db.exec("CREATE TABLE IF NOT EXISTS kept (a)");
    const insert = db.prepare("INSERT INTO kept VALUES (?)");
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) {
      insert.run(i);
      try {
        db.prepare(`${endless} SELECT count(*) FROM n`).get();
      } catch (error) {
        codes.push((error as { code: string }).code);
      }
    }
    console.log(codes.join(), db.prepare("SELECT count(*) FROM kept").pluck().get());
  },
  /** Ends while rows are fetched ahead that will never be there. */
  ahead() {
    const db = new Database(url, OPTIONS);
    const n = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    console.log(db.prepare(`${n} SELECT i FROM n WHERE i < 40`).pluck().iterate().next().value);
  },
  /** Hears of its last commit, and ends although it waits for more. */
  async waits() {
    await open(`${url}.log`, { capture: "on" }).close();
    const db = new Database(`${url}.log`, OPTIONS);
    const follow = async (): Promise<void> => {
      for await (const { records } of dosql(db).changes()) console.log(records[0]?.op);
    };
    void follow();
    await pause(200);
    db.exec("CREATE TABLE t (a)");
  },
  /** Leaves its database open: that must not keep the process alive. */
  open() {
    console.log(new Database(url, OPTIONS).prepare("SELECT 'open'").pluck().get());
  },
  /** Statements, iterators and connections that nobody keeps. */
  garbage() {
    const collect = (globalThis as { gc?: () => void }).gc;
    if (collect === undefined) throw new Error("start it with --expose-gc");
    const db = new Database(url, OPTIONS);
    let sum = 0;
    for (let i = 0; i < 400; i++) {
      const rows = db.prepare(`SELECT value + ${i} AS v FROM json_each(?)`).pluck();
      for (const v of rows.iterate(JSON.stringify(Array.from({ length: 100 }, (_, n) => n)))) {
        sum += v as number;
        if (v === i + 80) break;
      }
      collect();
      if (i % 40 === 0) new Database(url, OPTIONS).prepare("SELECT zeroblob(100000)").get();
    }
    console.log(sum);
  },
  /** More databases than a server has room for, of which nobody keeps one. */
  left() {
    const collect = (globalThis as { gc?: () => void }).gc;
    if (collect === undefined) throw new Error("start it with --expose-gc");
    let count = 0;
    const more = (): void => {
      for (let i = 0; i < 10; i++) {
        count += new Database(url, OPTIONS).prepare("SELECT 1").pluck().get() as number;
      }
      collect();
      // What is collected is told to the event loop, and the server hears of it.
      if (count < 60) setTimeout(more, 50);
      else console.log(count);
    };
    more();
  },
  /** Tries to open it where nobody is, over and over. How many threads are left of that. */
  async nobody() {
    const threads = (): number => readdirSync("/proc/self/task").length;
    const before = threads();
    for (let i = 0; i < 12; i++) {
      try {
        new Database(url, OPTIONS).close();
        throw new Error("somebody is there");
      } catch (error) {
        if ((error as { code?: string }).code !== "DOSQL_CONNECTION") throw error;
      }
    }
    for (let i = 0; i < 100 && threads() > before; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log(threads() - before);
  },
  /** Each thread has a connection of its own. */
  threads() {
    if (isMainThread) {
      new Database(url, OPTIONS).exec("CREATE TABLE IF NOT EXISTS said (thread, n)");
      const ends = Array.from({ length: THREADS }, () =>
        once(new Worker(new URL(import.meta.url), { argv: [url, "threads"] }), "exit"),
      );
      void Promise.all(ends).then((codes) => {
        const count = new Database(url, OPTIONS).prepare("SELECT count(*) FROM said").pluck().get();
        console.log(codes.flat().every((code) => code === 0) ? count : codes);
      });
      return;
    }
    const db = new Database(url, { ...OPTIONS, timeout: 30_000 });
    const insert = db.prepare("INSERT INTO said VALUES (?, ?)");
    const read = db.prepare("SELECT count(*) FROM said").pluck();
    const both = db.transaction((n: number) => {
      insert.run(process.pid, n);
      return read.get();
    });
    for (let n = 0; n < ROUNDS; n++) both(n);
    db.close();
  },
};

await programs[what]?.();
