import type { DurableStorage } from "../../src/platform/workers/durable-storage.ts";

/** Drops everything: a case that opens a second database wants an empty one. */
export function emptied(storage: DurableStorage): DurableStorage {
  const list = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'";
  for (const kind of ["trigger", "view", "table"]) {
    for (const [type, name] of Array.from(storage.sql.exec(list).raw())) {
      if (type !== kind || String(name).startsWith("sqlite_")) continue;
      storage.sql.exec(`DROP ${kind} "${String(name).replaceAll('"', '""')}"`);
    }
  }
  return storage;
}
