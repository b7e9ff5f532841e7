// A program that opens a data folder, and does what it is told on its input, line by line.
import { createInterface } from "node:readline";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const [, , folder = "", how = "builtin", timeout = "5000"] = process.argv;
const said = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const attempt = (body: () => unknown): void => {
  try {
    said(body() ?? null);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    said({ code, message });
  }
};

if (how === "open") {
  const database = open(folder);
  const [row] = (await database.session().execute("SELECT count(*) FROM t", [])).rows;
  said(Number(row?.[0]));
  process.stdin.resume();
  process.stdin.once("end", () => void database.close());
} else {
  const binding = how as "builtin";
  let db: Database.Database | null = null;
  attempt(() => {
    db = new Database(folder, { binding, timeout: Number(timeout) });
    return db.prepare("SELECT count(*) FROM t").pluck().get();
  });
  const commands: Record<string, (text: string) => unknown> = {
    exec: (sql) => db?.exec(sql).name,
    all: (sql) => db?.prepare(sql).raw().all(),
    // Keeps the thread to itself, as a long computation does.
    block: (ms) => {
      said("blocked");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms));
      return "done";
    },
    close: () => db?.close().name,
    many(count) {
      const insert = db?.prepare("INSERT INTO t VALUES (?)");
      for (let i = 0; i < Number(count); i++) {
        db?.transaction(() => insert?.run(i)).immediate();
      }
      return Number(count);
    },
    // Leaves the folder open, and nothing else to do.
    leave: () => void process.stdin.destroy(),
  };
  createInterface({ input: process.stdin }).on("line", (line) => {
    const [word = "", ...rest] = line.split(" ");
    attempt(() => commands[word]?.(rest.join(" ")));
  });
}
