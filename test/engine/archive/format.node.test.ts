import * as path from "node:path";
import { expect, it } from "vitest";
import { toLsn } from "../../../src/base/lsn.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { FolderStore } from "../../../src/platform/node/files/folder-store.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { describeState, readState } from "../capture/database-state.ts";
import { SHARD } from "./archive-fixture.ts";

const archive = new ShardArchive(
  new FolderStore(path.join(import.meta.dirname, "../../fixtures/archive-1")),
  SHARD,
);

async function restored(lsn: number | null): Promise<{ state: string[]; time: string }> {
  const driver = new NodeSqlDriver(":memory:");
  const moment = lsn === null ? "newest" : ({ kind: "lsn", lsn: toLsn(lsn) } as const);
  const { time } = await restoreShard(driver, { archive, live: null, moment });
  const state = describeState(readState(driver));
  driver.close();
  return { state, time: new Date(time.wallMs).toISOString() };
}

const PEOPLE =
  "table people on people: CREATE TABLE people " +
  "(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, photo BLOB, height REAL)";
const TRIGGER =
  "trigger log on people: CREATE TRIGGER log AFTER DELETE ON people " +
  "BEGIN INSERT INTO notes VALUES ('gone: ' || OLD.name); END";

it("reads an archive of format 1", async () => {
  expect(await restored(14)).toEqual({
    time: "2026-11-18T11:06:45.000Z",
    state: [
      "table notes on notes: CREATE TABLE notes (text)",
      PEOPLE,
      TRIGGER,
      "notes(text) 1: 4611686018427387904",
      'notes(text) 2: "with\\u0000NUL"',
      "notes(text) 3: null",
      "people(id,name,photo,height) 1: 1,\"Ada\",x'00ff',r1.65",
      'people(id,name,photo,height) 2: 2,"Grace",null,r0',
      "people(id,name,photo,height) 3: 3,\"é日本😀\",x'',rInfinity",
    ],
  });
  expect(await restored(null)).toEqual({
    time: "2026-11-18T11:06:50.000Z",
    state: [
      "table notes on notes: CREATE TABLE notes (text, at DEFAULT 'then')",
      PEOPLE,
      TRIGGER,
      'notes(text,at) 1: 4611686018427387904,"then"',
      'notes(text,at) 2: "with\\u0000NUL","then"',
      'notes(text,at) 3: "changed","then"',
      'notes(text,at) 4: "gone: Grace","then"',
      'notes(text,at) 5: "last",1',
      "people(id,name,photo,height) 1: 1,\"Ada\",x'00ff',r1.7",
      "people(id,name,photo,height) 3: 3,\"é日本😀\",x'',rInfinity",
    ],
  });
});
