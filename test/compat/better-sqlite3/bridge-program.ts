/*
 * A program with a database at a server, `argv[2]` its URL, `argv[3]` what it does. Run by the
 * tests of the bridge on this Node, and by scripts/bridge-on-nodes.ts on others.
 */
import { once } from "node:events";
import { Worker, isMainThread } from "node:worker_threads";
import Database from "../../../src/entry/better-sqlite3.ts";

const [, , url = "", what = ""] = process.argv;
const THREADS = 8;
const ROUNDS = 300;

const programs: Readonly<Record<string, () => void>> = {
  /** Many short answers: one wake-up that is lost, and it sleeps for ever. */
  rounds() {
    const db = new Database(url);
    const add = db.prepare("SELECT ? + 1").pluck();
    let n = 0;
    for (let i = 0; i < 20_000; i++) n = add.get(n) as number;
    console.log(n);
  },
  /** Ends in the middle of a transaction, inside of a callback. */
  exit() {
    const db = new Database(url, {
      verbose: (text) => String(text).includes("leave") && process.exit(7),
    });
    db.exec("CREATE TABLE IF NOT EXISTS left (a)");
    db.transaction(() => {
      db.prepare("INSERT INTO left VALUES (1)").run();
      db.prepare("SELECT 'leave'").get();
    })();
  },
  /** Leaves its database open: that must not keep the process alive. */
  open() {
    console.log(new Database(url).prepare("SELECT 'open'").pluck().get());
  },
  /** Statements, iterators and connections that nobody keeps. */
  garbage() {
    const collect = (globalThis as { gc?: () => void }).gc;
    if (collect === undefined) throw new Error("start it with --expose-gc");
    const db = new Database(url);
    let sum = 0;
    for (let i = 0; i < 400; i++) {
      const rows = db.prepare(`SELECT value + ${i} AS v FROM json_each(?)`).pluck();
      for (const v of rows.iterate(JSON.stringify(Array.from({ length: 100 }, (_, n) => n)))) {
        sum += v as number;
        if (v === i + 80) break;
      }
      collect();
      if (i % 40 === 0) new Database(url).prepare("SELECT zeroblob(100000)").get();
    }
    console.log(sum);
  },
  /** Each thread has a connection of its own. */
  threads() {
    if (isMainThread) {
      new Database(url).exec("CREATE TABLE IF NOT EXISTS said (thread, n)");
      const ends = Array.from({ length: THREADS }, () =>
        once(new Worker(new URL(import.meta.url), { argv: [url, "threads"] }), "exit"),
      );
      void Promise.all(ends).then((codes) => {
        const count = new Database(url).prepare("SELECT count(*) FROM said").pluck().get();
        console.log(codes.flat().every((code) => code === 0) ? count : codes);
      });
      return;
    }
    const db = new Database(url, { timeout: 30_000 });
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

programs[what]?.();
