/**
 * A process to be killed: writes through the better-sqlite3 face to a captured file with a
 * rollback journal, and says what was acknowledged, as `write-load.ts` does.
 *
 *     node face-load.ts <file> <seed>
 */
import { writeSync } from "node:fs";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";
import { SeededRandom } from "../../sql/seeded-random.ts";

const [file = "", seed = "1"] = process.argv.slice(2);
const random = new SeededRandom(Number(seed));

await open(file, { capture: "on", journal: "kept" }).close();
const db = new Database(file);
db.exec(
  "CREATE TABLE IF NOT EXISTS ack (session INTEGER, number INTEGER, " +
    "PRIMARY KEY (session, number));" +
    "CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, amount)",
);
writeSync(1, "ready\n");
const note = db.prepare("INSERT INTO ack VALUES (0, ?)");
const replace = db.prepare("INSERT OR REPLACE INTO item VALUES (?, ?, 1)");
const update = db.prepare("UPDATE item SET amount = amount + 1 WHERE id < ?");
const remove = db.prepare("DELETE FROM item WHERE id = ?");
const together = db.transaction((number: number) => {
  replace.run(random.below(50), `n${random.below(40)}`);
  update.run(random.below(50));
  remove.run(random.below(50));
  note.run(number);
});
let number = Number(db.prepare("SELECT max(number) FROM ack").pluck().get() ?? 0);
for (;;) {
  number += 1;
  if (random.below(2) === 0) together(number);
  else note.run(number);
  writeSync(1, `0 ${number}\n`);
}
