import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RemoteDatabase } from "../../../src/compat/better-sqlite3/remote/remote-database.ts";
import { ValueTag } from "../../../src/engine/value-tag.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { nodeBackupFiles } from "../../../src/platform/node/copy/backup-files.ts";
import type { SyncPipe } from "../../../src/ports/sync-pipe.ts";
import { startRemote } from "./remote-process.ts";
import type { PortProcess } from "./remote-process.ts";

let root: string;
let server: PortProcess;
let count = 0;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-strange-copies-"));
  server = await startRemote("--folder", root);
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

const out = (): string => path.join(root, `out${++count}`);

describe("a database that another program made", () => {
  const MAKES: Readonly<Record<string, (made: DatabaseSync) => void>> = {
    "strings in double quotes": (made) =>
      made.exec(
        `CREATE TABLE t (a CHECK (a IN ("x", "y")), b DEFAULT "z");
         CREATE INDEX i ON t (b) WHERE a = "x"; INSERT INTO t (rowid, a) VALUES (8, 'x')`,
      ),
    "functions of that program": (made) => {
      made.function("twice", { deterministic: true }, (n) => Number(n) * 2);
      made.exec(
        `CREATE TABLE t (a CHECK (twice(a) > 0), b AS (twice(a)));
         CREATE INDEX i ON t (twice(a)); INSERT INTO t (rowid, a) VALUES (8, 3), (5, 4)`,
      );
    },
  };

  it.each(Object.keys(MAKES))("is copied with %s", async (what) => {
    const name = `made${++count}`;
    const file = path.join(root, `${name}.db`);
    const options = { enableDoubleQuotedStringLiterals: true };
    const made = new DatabaseSync(file, options);
    MAKES[what]?.(made);
    const right = [made.prepare("SELECT rowid, a FROM t").all()];
    right.push(made.prepare("SELECT name, sql FROM sqlite_schema").all());
    made.close();
    const db = new Database(`dosql://127.0.0.1:${server.port}/${name}`);
    const places = [out(), out()] as const;
    await db.backup(places[0]);
    writeFileSync(places[1], db.serialize());
    db.close();
    for (const place of places) {
      const bytes = readFileSync(place);
      expect(String(bytes)).not.toContain("dosql_");
      // No log of its own, or it could not be opened from bytes.
      expect([bytes[18], bytes[19]]).toEqual([1, 1]);
      const copy = new DatabaseSync(place, options);
      copy.function("twice", { deterministic: true }, (n) => Number(n) * 2);
      expect(copy.prepare("SELECT rowid, a FROM t").all()).toEqual(right[0]);
      expect(copy.prepare("SELECT name, sql FROM sqlite_schema").all()).toEqual(right[1]);
      expect(copy.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
      copy.close();
    }
  });
});

it.each([[0, 4096], [1, 0], []])(
  "a server that says nonsense of a copy is refused",
  async (...size) => {
    const answered = [
      dataRow(1),
      dataRow(...size),
      dataRow(),
      dataRow(1),
      dataRow(...size),
      dataRow(),
    ];
    const pipe: SyncPipe = {
      connect: () => undefined,
      begin: () => undefined,
      finish: () => answered.shift() ?? null,
      close: () => undefined,
    };
    const db = new RemoteDatabase(pipe, nodeBackupFiles, { readonly: false });
    const protocol = expect.objectContaining({ code: "protocol" });
    expect(() => db.serialize("main")).toThrow(protocol);
    await expect(db.backup("main", out(), () => 100)).rejects.toEqual(protocol);
  },
);

/** An answer that is a row of INTEGERs. */
function dataRow(...values: readonly number[]): Uint8Array {
  const row = Buffer.alloc(7 + 9 * values.length);
  row[0] = 0x44;
  row.writeInt32BE(row.length - 1, 1);
  row.writeInt16BE(values.length, 5);
  for (const [i, value] of values.entries()) {
    row.writeInt32BE(5, 7 + 9 * i);
    row[11 + 9 * i] = ValueTag.int32;
    row.writeInt32BE(value, 12 + 9 * i);
  }
  return Buffer.concat([row, Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);
}
