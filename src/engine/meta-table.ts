import { DosqlError } from "../base/errors.ts";
import type { SqlValue } from "../base/value.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { quoteIdentifier } from "../sql/quote.ts";
import { addRelationChecksums } from "./log/relation.ts";

/**
 * The on-disk format this version writes; 2 brought the change log, 3 checksums of its relations.
 * A file with a higher number is refused.
 */
export const FORMAT_VERSION = 3;

/** The engine's own key-value table in a file. */
export class MetaTable {
  readonly #driver: SqlDriver;
  readonly #table: string;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#table = quoteIdentifier(metaTableName(driver));
  }

  /** Null when nothing was written under the key. Integers come out as numbers. */
  read(key: string): SqlValue {
    const [row] = this.#driver
      .prepare(`SELECT value FROM ${this.#table} WHERE key = ?1`)
      .all([key], "number");
    return row?.[0] ?? null;
  }

  write(key: string, value: SqlValue): void {
    this.#driver
      .prepare(`INSERT OR REPLACE INTO ${this.#table} (key, value) VALUES (?1, ?2)`)
      .run([key, value]);
  }
}

/** Name of the engine's own key-value table on this driver. */
function metaTableName(driver: SqlDriver): string {
  return `${driver.caps.hiddenPrefix}meta`;
}

/**
 * Makes the file ours, or checks that it is: creates the meta table with the format version in
 * a new file, raises that of an older one, and throws `format-too-new` when a newer version wrote
 * it.
 */
export function ensureFormat(driver: SqlDriver): void {
  const table = quoteIdentifier(metaTableName(driver));
  const found = readFormat(driver);
  if (found === FORMAT_VERSION) return;
  if (found !== null && found > FORMAT_VERSION) {
    throw new DosqlError(
      "format-too-new",
      `this database has format ${found}, and this version writes format ${FORMAT_VERSION}`,
      { hint: "open it with the version of dosql that wrote it, or a newer one" },
    );
  }
  driver.atomically(() => {
    driver.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID`,
    );
    if (found === 2) addRelationChecksums(driver);
    new MetaTable(driver).write("format", BigInt(FORMAT_VERSION));
  });
}

/** The format version of a file, or null when it is not ours (yet). */
export function readFormat(driver: SqlDriver): number | null {
  const name = metaTableName(driver);
  const exists = driver
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")
    .all([name], "number");
  if (exists.length === 0) return null;
  const value = new MetaTable(driver).read("format");
  if (typeof value !== "number") {
    throw new DosqlError("bad-file", "the database's format version is unreadable");
  }
  return value;
}
