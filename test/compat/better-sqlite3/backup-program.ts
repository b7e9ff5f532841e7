/*
 * A program with a database at a server, `argv[2]`. With `write` it changes two tables by the same
 * number, for ever; else it makes a backup to `argv[3]`, a page at a time, and says so when it is
 * in the middle.
 */
import Database from "../../../src/entry/better-sqlite3.ts";

const [, , url = "", what = ""] = process.argv;
const db = new Database(url);
if (what === "write") {
  const both = db.transaction(() => {
    db.exec("UPDATE l SET n = n + 1");
    db.exec("UPDATE r SET n = n + 1");
  });
  both();
  process.stdout.write("\n");
  setInterval(both, 1);
} else {
  let calls = 0;
  await db.backup(what, {
    progress() {
      if (++calls === 20) process.stdout.write("\n");
      return calls < 20 ? 1 : 0;
    },
  });
}
