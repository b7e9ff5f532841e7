/*
 * Foreign keys while a script runs in slices. SQLite looks at them when a transaction ends, and a
 * slice ends in the middle: so they are off, and looked at when all has been run.
 */
import { DosqlError } from "../../base/errors.ts";
import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import { attempt } from "../../engine/capture/statement-outcome.ts";
import type { Shard } from "../../engine/shard.ts";
import type { ForeignKeyScript } from "../../engine/text/foreign-key-script.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { isLongTable } from "./table-end.ts";

/** Looked at in one slice: a table with more rows is the last one. */
const LONG_ROWS = 50_000;

/** INSERTs that can neither replace a row nor change one. */
export function isPlain(sql: string): boolean {
  if (!/^insert\s+into\b/i.test(sql)) return false;
  return !UPSERT.test(sql) || !UPSERT.test(sql.replace(/'[^']*'/g, ""));
}

const UPSERT = /\bon\s+conflict\b/i;

/**
 * Deletes and updates may have to reach other tables, which they do not without keys.
 *
 * @throws DosqlError `limit`
 */
export function meetSliced(keys: ForeignKeyScript, shard: Shard, sql: string): void {
  const text = attempt(() => shard.texts.read(sql, false).text);
  // What cannot be read says so when it runs.
  if ("error" in text) return;
  const met = attempt(() => keys.meet(text.value));
  if (!("error" in met)) return;
  throw new DosqlError("limit", `${text.value.class.command} in a script of more than 16 MiB`, {
    hint:
      "such a script may only insert into tables with foreign keys: put the statement into a " +
      "script of its own, or turn foreign keys off in this one",
  });
}

/** Rows whose keys are broken, by table; null where SQLite cannot tell. None says nothing. */
export type BrokenKeys = Readonly<Record<string, number | null>>;

/**
 * Looks at the keys of some tables.
 *
 * @param looked how many tables were looked at before
 * @returns how many are now; null when it was all
 */
export function countBroken(
  driver: SqlDriver,
  looked: number,
): { readonly looked: number | null; readonly broken: BrokenKeys } {
  const broken: Record<string, number | null> = {};
  const { tables } = readSchemaRows(driver);
  for (let at = looked; at < tables.length;) {
    const name = tables[at]?.name ?? "";
    at += 1;
    const table = quoteIdentifier(name);
    if (driver.prepare(`PRAGMA foreign_key_list(${table})`).all([], "number").length === 0)
      continue;
    const check = `SELECT count(*) FROM pragma_foreign_key_check(${quoteText(name)})`;
    const found = attempt(() => driver.prepare(check).all([], "number"));
    const count = "error" in found ? null : Number(found.value[0]?.[0]);
    if (count !== 0) broken[name] = count;
    if (isLongTable(driver, table, LONG_ROWS)) return { looked: at, broken };
  }
  return { looked: null, broken };
}

/** @throws DosqlError as a commit would */
export function requireKeys(now: BrokenKeys, before: BrokenKeys): void {
  for (const [table, count] of Object.entries(now)) {
    const known = before[table] === undefined ? 0 : before[table];
    if (known === null || (count !== null && count <= known)) continue;
    throw new DosqlError("sqlite", "FOREIGN KEY constraint failed", {
      sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
      hint: `of ${table}`,
    });
  }
}
