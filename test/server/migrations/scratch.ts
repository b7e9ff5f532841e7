import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach } from "vitest";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { openNodeShard } from "../../../src/entry/node/node-shard.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { nodeFiles } from "../../../src/platform/node/files/files.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlClient } from "../../../src/ports/sql-client.ts";
import type { FolderChoice } from "../../../src/server/migrations/folder.ts";
import { findFolder } from "../../../src/server/migrations/folder.ts";
import { readFolder } from "../../../src/server/migrations/folder-files.ts";
import type { MigrationSet } from "../../../src/server/migrations/migration.ts";
import { driverClient, sessionClient } from "../../../src/server/session-client.ts";

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

/** A folder with files, gone after the test. */
export class Scratch {
  readonly folder: string = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-migrations-"));

  constructor(files: Readonly<Record<string, string>> = {}) {
    cleanups.push(() => fs.rmSync(this.folder, { recursive: true, force: true }));
    this.write(files);
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(this.at(name)), { recursive: true });
      fs.writeFileSync(this.at(name), text);
    }
  }

  remove(name: string): void {
    fs.rmSync(this.at(name), { recursive: true });
  }

  text(name: string): string {
    return fs.readFileSync(this.at(name), "utf8");
  }

  set(choice: Partial<FolderChoice> = {}): MigrationSet {
    const folder = findFolder(nodeFiles, { base: this.folder, ...choice });
    return readFolder(nodeFiles, nodeCrypto, folder);
  }
}

/** The embedded engine, and a bare SQLite file without it. */
export const CLIENTS: readonly [string, (scratch: Scratch) => SqlClient][] = [
  ["the engine", openEngine],
  ["a bare file", openFile],
];

export function openEngine(scratch: Scratch): SqlClient {
  const database = new LocalDatabase(openNodeShard(scratch.at("engine.sqlite")));
  cleanups.push(() => database.close());
  return sessionClient(database.session(), "engine", systemClock, async () => undefined);
}

export function openFile(scratch: Scratch): SqlClient {
  const driver = new NodeSqlDriver(scratch.at("file.sqlite"), { wal: false });
  cleanups.push(() => driver.close());
  return driverClient(driver, "file");
}

/** Everything that a statement answers, as text. */
export async function answer(client: SqlClient, sql: string): Promise<string> {
  const { rows } = await client.run(sql);
  return rows.map((row) => row.map(String).join("|")).join(" ");
}

/** Names of tables and triggers, but for SQLite's own. */
export function schema(client: SqlClient): Promise<string> {
  return answer(
    client,
    "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
  );
}
