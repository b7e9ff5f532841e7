import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { logNames } from "../log/layout.ts";
import type { LogNames } from "../log/layout.ts";

/** The text that a view had for a while. */
export interface ViewVersion {
  readonly name: string;
  /** The first entry with it, and the first one without it (null: current). */
  readonly fromLsn: Lsn;
  readonly toLsn: Lsn | null;
  /** CREATE VIEW as it stood in the schema. */
  readonly sql: string;
}

/** A view as the schema has it. */
export type SchemaView = Pick<ViewVersion, "name" | "sql">;

const COLUMNS = "name, from_lsn, to_lsn, sql";

/**
 * The texts of all views since capture began. DDL in the log does not tell them: ALTER TABLE
 * rewrites the views that name what it renames, and DROP VIEW says a name only.
 */
export class ViewTable {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
  }

  /** Notes what the views are from `lsn` on. On the writer, inside a transaction. */
  reconcile(lsn: Lsn, views: readonly SchemaView[]): void {
    const current = this.#read("WHERE to_lsn IS NULL", []);
    const end = this.#driver.prepare(
      `UPDATE ${this.#names.views} SET to_lsn = ?2 WHERE name = ?1 AND to_lsn IS NULL`,
    );
    for (const known of current) {
      if (!views.some((view) => isSame(view, known))) end.run([known.name, BigInt(lsn)]);
    }
    const add = this.#driver.prepare(
      `INSERT OR REPLACE INTO ${this.#names.views} (${COLUMNS}) VALUES (?1, ?2, NULL, ?3)`,
    );
    for (const view of views) {
      if (current.some((known) => isSame(view, known))) continue;
      add.run([view.name, BigInt(lsn), view.sql]);
    }
  }

  /** All that views of a name were, oldest first. Names ignore case. */
  named(name: string): ViewVersion[] {
    return this.#read("WHERE lower(name) = lower(?1) ORDER BY from_lsn", [name]);
  }

  #read(condition: string, params: Row): ViewVersion[] {
    return this.#driver
      .prepare(`SELECT ${COLUMNS} FROM ${this.#names.views} ${condition}`)
      .all(params, "number")
      .map(([name, fromLsn, endLsn, sql]) => ({
        name: String(name),
        fromLsn: toLsn(Number(fromLsn)),
        toLsn: typeof endLsn === "number" ? toLsn(endLsn) : null,
        sql: String(sql),
      }));
  }
}

function isSame(one: SchemaView, other: SchemaView): boolean {
  return one.name === other.name && one.sql === other.sql;
}
