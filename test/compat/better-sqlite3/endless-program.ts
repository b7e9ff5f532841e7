/*
 * A program whose database, `argv[2]`, is in a process: it begins to write, asks for what has no
 * end, and says which process that is when it is under way.
 */
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import Database from "../../../src/entry/better-sqlite3.ts";

let started: ChildProcess | null = null;
subscribe("child_process", (message) => {
  started = (message as { readonly process: ChildProcess }).process;
});
const db = new Database(process.argv[2] ?? "", { binding: "worker" });
db.exec("CREATE TABLE t (a); BEGIN IMMEDIATE");
db.function("begun", () => {
  process.stdout.write(`${started?.pid}\n`);
  return 1;
});
db.prepare(
  "WITH RECURSIVE n (i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
).get();
