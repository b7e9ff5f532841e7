import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import { d1 } from "../../src/entry/d1.ts";
import { openNodeShard } from "../../src/entry/node/node-shard.ts";
import { openReference } from "./reference-rows.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const CHINOOK = path.join(ROOT, "../shared/data/chinook/Chinook_Sqlite.sql");

for (const file of [path.join(ROOT, "examples/store.sql"), CHINOOK]) {
  const skipped = existsSync(file) ? "" : " (skipped: ../shared is not on this machine)";
  it.skipIf(skipped !== "")(
    `imports ${path.basename(file)} through the D1 face on Node${skipped}`,
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), "dosql-d1-"));
      const database = new LocalDatabase(openNodeShard(path.join(folder, "shard.sqlite")));
      const reference = openReference();
      try {
        const script = readFileSync(file, "utf8");
        const db = d1(database);
        await db.prepare(script).run();
        reference.exec(script);
        const { results } = await db
          .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
          )
          .all<{ name: string }>();
        expect(results.map(({ name }) => name)).toEqual(reference.tables());
        for (const table of reference.tables()) {
          const wanted = reference.dump(table);
          const keys = await db
            .prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
            .bind(table)
            .raw<[string]>();
          const order = keys.length === 0 ? "rowid" : keys.map(([key]) => `"${key}"`).join(", ");
          const [columns, ...rows] = await db
            .prepare(`SELECT * FROM "${table}" ORDER BY ${order}`)
            .raw({ columnNames: true });
          expect({ columns, rows }, `${table}, compared with ${reference.name}`).toEqual(wanted);
        }
      } finally {
        reference.close();
        await database.close();
        rmSync(folder, { recursive: true });
      }
    },
  );
}
