import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SqlValue } from "../../src/base/value.ts";
import { D1Database } from "../../src/compat/d1/database.ts";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import { ensureFormat } from "../../src/engine/meta-table.ts";
import { Shard } from "../../src/engine/shard.ts";
import Database from "../../src/entry/better-sqlite3.ts";
import { open } from "../../src/entry/main.ts";
import { splitScript } from "../../src/sql/script/split.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { Names, type Step } from "./attempt.ts";
import type { Answer, Target } from "./contract.ts";
import { inspections, plantedSchema } from "./fixture.ts";

/** Names in SQLite files. */
export const FILE_NAMES: Names = new Names("_cf_dosql_");

/** A SQLite file in a folder of its own, or that of a data folder. */
class PlantedFile {
  readonly folder: string = mkdtempSync(join(tmpdir(), "dosql-safety-"));
  readonly path: string;

  constructor(path: string) {
    this.path = join(this.folder, path);
  }

  plant(): void {
    const driver = new NodeSqlDriver(this.path);
    ensureFormat(driver);
    for (const sql of plantedSchema(FILE_NAMES)) driver.exec(sql);
    driver.close();
  }

  inspect(): unknown[][][] {
    const inner = new DatabaseSync(this.path);
    try {
      return inspections(FILE_NAMES).map((sql) => readAll(inner, sql));
    } finally {
      inner.close();
      rmSync(this.folder, { recursive: true });
    }
  }
}

/** No rows where what is read is gone, or cannot be read any more. */
function readAll(inner: DatabaseSync, sql: string): unknown[][] {
  try {
    const statement = inner.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all() as unknown as unknown[][];
  } catch {
    return [];
  }
}

function parts(step: Step): readonly [sql: string, values: SqlValue[]] {
  if (typeof step === "string") return [step, []];
  const [sql, ...values] = step;
  return [sql, values];
}

/** A session on a shard file, with or without the second wall, its changes logged or not. */
export function shardTarget(authorizer: boolean, capture: "on" | "off" = "off"): Target {
  const file = new PlantedFile("shard.sqlite");
  file.plant();
  const writer = new NodeSqlDriver(file.path, { authorizer });
  const reader = new NodeSqlDriver(file.path, { readonly: true, authorizer });
  const database = new LocalDatabase(
    new Shard({ writer, reader, clock: systemClock, capture: { mode: capture, except: [] } }),
  );
  const session = database.session({ integers: "number" });
  return {
    face: "shard",
    async run(step): Promise<Answer> {
      const { columns, rows } = await session.execute(...parts(step));
      return { columns: columns.map(({ name }) => name), rows };
    },
    async script(text) {
      await new D1Database(database).exec(text.replaceAll("\n", " "));
    },
    async inspect() {
      await database.close();
      return file.inspect();
    },
  };
}

/** better-sqlite3's API on a data folder. */
export async function embeddedTarget(): Promise<Target> {
  const file = new PlantedFile(join("databases", "main", "shard-0.sqlite"));
  await open(file.folder).close();
  file.plant();
  const database = new Database(file.folder);
  return {
    face: "embedded",
    async run(step): Promise<Answer> {
      const [sql, values] = parts(step);
      const statement = database.prepare(sql);
      // Parameters with a name or number bind by it here.
      const name = /[:?](name|1)/.exec(sql)?.[1];
      const bound = name === undefined ? values : [{ [name]: values[0] }];
      if (!statement.reader) {
        statement.run(...bound);
        return { columns: [], rows: [] };
      }
      const columns = statement.columns().map(({ name }) => name);
      return { columns, rows: statement.raw().all(...bound) as unknown[][] };
    },
    async script(text) {
      database.exec(text);
    },
    async inspect() {
      database.close();
      return file.inspect();
    },
  };
}

/** Node's own driver with the second wall alone, or none: no parser looks at what it is given. */
export function bareTarget(walls: "authorizer" | "none"): Target {
  const file = new PlantedFile("shard.sqlite");
  file.plant();
  const driver = new NodeSqlDriver(file.path);
  const run = (step: Step): Answer => {
    const [sql, values] = parts(step);
    const statement = walls === "none" ? driver.prepare(sql) : driver.prepareUser(sql);
    const rows = statement.all(values, "number");
    return { columns: statement.columns().map(({ name }) => name), rows };
  };
  return {
    face: "shard",
    run: async (step) => run(step),
    async script(text) {
      for (const statement of splitScript(text)) run(statement.text);
    },
    async inspect() {
      driver.close();
      return file.inspect();
    },
  };
}
