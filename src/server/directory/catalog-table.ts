import type { Row } from "../../base/value.ts";
import type { DatabaseId } from "../../base/database-id.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { CatalogEntry, CatalogPartition, CatalogQuery, SeenEntry } from "./catalog.ts";

const COLUMNS = "name, id, owner, created_ms, size_bytes, changing_since_ms";

/** A part of the catalog in a SQLite of its own. */
export class CatalogTable implements CatalogPartition {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    driver.exec(
      "CREATE TABLE IF NOT EXISTS databases (owner TEXT, name TEXT, id TEXT NOT NULL, " +
        "created_ms INTEGER NOT NULL, size_bytes INTEGER NOT NULL, changing_since_ms INTEGER, " +
        "PRIMARY KEY (owner, name)) STRICT, WITHOUT ROWID",
    );
  }

  put(entries: readonly CatalogEntry[]): void {
    const driver = this.#driver;
    const insert = driver.prepare(
      `INSERT OR REPLACE INTO databases (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
    );
    driver.atomically(() => {
      for (const entry of entries) insert.run(toRow(entry));
    });
  }

  remove(owner: string, names: readonly string[]): void {
    const driver = this.#driver;
    const drop = driver.prepare("DELETE FROM databases WHERE owner = ?1 AND name = ?2");
    driver.atomically(() => {
      for (const name of names) drop.run([owner, name]);
    });
  }

  change(seen: SeenEntry, to: CatalogEntry | null): void {
    const driver = this.#driver;
    const { owner, name, createdMs, changingSinceMs } = seen;
    const mark = changingSinceMs === null ? null : BigInt(changingSinceMs);
    const drop = driver.prepare(
      "DELETE FROM databases WHERE owner = ?1 AND name = ?2 AND created_ms = ?3 " +
        "AND changing_since_ms IS ?4",
    );
    driver.atomically(() => {
      const { changes } = drop.run([owner, name, BigInt(createdMs), mark]);
      if (changes > 0 && to !== null) this.put([to]);
    });
  }

  find(owner: string, names: readonly string[]): CatalogEntry[] {
    return this.#driver
      .prepare(
        `SELECT ${COLUMNS} FROM databases WHERE owner = ?1 ` +
          "AND name IN (SELECT value FROM json_each(?2))",
      )
      .all([owner, JSON.stringify(names)], "number")
      .map(toEntry);
  }

  list({ owner, prefix, after, limit }: CatalogQuery): CatalogEntry[] {
    return this.#driver
      .prepare(
        `SELECT ${COLUMNS} FROM databases WHERE owner = ?1 AND name > ?2 ` +
          // U+FFFD follows every character that a name can have.
          "AND name >= ?3 AND name < ?3 || char(65533) ORDER BY name LIMIT ?4",
      )
      .all([owner, after, prefix, BigInt(limit)], "number")
      .map(toEntry);
  }
}

function toRow(entry: CatalogEntry): Row {
  const { name, id, owner, createdMs, sizeBytes, changingSinceMs } = entry;
  return [
    name,
    id,
    owner,
    BigInt(createdMs),
    BigInt(sizeBytes),
    changingSinceMs === null ? null : BigInt(changingSinceMs),
  ];
}

function toEntry(row: Row): CatalogEntry {
  return {
    name: String(row[0]),
    id: String(row[1]) as DatabaseId,
    owner: String(row[2]),
    createdMs: Number(row[3]),
    sizeBytes: Number(row[4]),
    changingSinceMs: row[5] === null ? null : Number(row[5]),
  };
}
