import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Relation } from "../log/relation.ts";
import type { SchemaRow, SchemaRows } from "./schema-rows.ts";
import { readTrigger } from "./trigger-steps.ts";
import type { TriggerFacts } from "./trigger-steps.ts";
import type { CaptureTrigger } from "./trigger-text.ts";
import { foldName } from "../../sql/fold-name.ts";

/**
 * Brings the engine's triggers of one table to what is wanted, in the order that SQLite fires
 * them, newest first: the engine's BEFORE triggers are older than all of the user's, so that
 * nothing is logged for a row that the user's trigger ignores, and its AFTER triggers are newer,
 * so that a row is logged before what the user's triggers do in answer.
 */
export function ensureTriggers(
  driver: SqlDriver,
  rows: SchemaRows,
  table: string,
  wanted: readonly CaptureTrigger[],
): void {
  const own = rows.engine.filter((row) => row.type === "trigger" && sameName(row.table, table));
  const users = rows.user.filter((row) => row.type === "trigger" && sameName(row.table, table));
  for (const row of own) {
    if (!wanted.some(({ name }) => name === row.name)) drop(driver, row.name);
  }
  const before = users.filter((row) => timingOf(row) === "BEFORE");
  const oldest = Math.min(...before.map(({ place }) => place));
  const wantedBefore = wanted.filter(({ timing }) => timing === "BEFORE");
  if (!stands(own, wantedBefore, (place) => place < oldest)) {
    for (const { name } of before) drop(driver, name);
    renew(driver, own, wantedBefore);
    for (const { sql } of before) driver.exec(sql ?? "");
  }
  const after = users.filter((row) => timingOf(row) === "AFTER");
  const newest = Math.max(0, ...after.map(({ place }) => place));
  const wantedAfter = wanted.filter(({ timing }) => timing === "AFTER");
  if (!stands(own, wantedAfter, (place) => place > newest)) renew(driver, own, wantedAfter);
}

/** Whether the triggers that log the rows of a relation are there. */
export function hasTriggers(rows: SchemaRows, prefix: string, relation: Relation): boolean {
  const own = rows.engine.filter(
    ({ type, name }) =>
      type === "trigger" && name.startsWith(`${prefix}after_`) && name.endsWith(`_${relation.id}`),
  );
  return own.length === AFTER_TRIGGERS;
}

/** Whether the triggers of a relation are where `ensureTriggers` would put them. */
export function triggersStand(rows: SchemaRows, prefix: string, relation: Relation): boolean {
  const places = rows.engine
    .filter((row) => row.type === "trigger" && row.name.endsWith(`_${relation.id}`))
    .map(({ name, place }) => ({ place, after: name.startsWith(`${prefix}after_`) }));
  const users = rows.user
    .filter((row) => row.type === "trigger" && sameName(row.table, relation.name))
    .map((row) => ({ place: row.place, timing: timingOf(row) }));
  if (places.filter(({ after }) => after).length !== AFTER_TRIGGERS) return false;
  return users.every(({ place, timing }) =>
    timing === "AFTER"
      ? places.every((own) => !own.after || own.place > place)
      : places.every((own) => own.after || own.place < place),
  );
}

/** Insert, update, delete. */
const AFTER_TRIGGERS = 3;

/** Drops the engine's triggers of a table. */
export function dropTriggers(driver: SqlDriver, rows: SchemaRows, table: string): void {
  for (const row of rows.engine) {
    if (row.type === "trigger" && sameName(row.table, table)) drop(driver, row.name);
  }
}

/** When a trigger of the user's fires. */
function timingOf(row: SchemaRow): TriggerFacts["timing"] {
  return readTrigger(row).timing;
}

function stands(
  own: readonly SchemaRow[],
  wanted: readonly CaptureTrigger[],
  inPlace: (place: number) => boolean,
): boolean {
  return wanted.every(({ name, sql }) =>
    own.some((row) => row.name === name && row.sql === sql && inPlace(row.place)),
  );
}

function renew(
  driver: SqlDriver,
  own: readonly SchemaRow[],
  wanted: readonly CaptureTrigger[],
): void {
  for (const { name, sql } of wanted) {
    if (own.some((row) => row.name === name)) drop(driver, name);
    driver.exec(sql);
  }
}

function drop(driver: SqlDriver, name: string): void {
  driver.exec(`DROP TRIGGER ${quoteIdentifier(name)}`);
}

/** Names of SQLite ignore case. */
export function sameName(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}
