import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { walk } from "../../sql/tree/walk.ts";
import { ENTRY, logNames } from "../log/layout.ts";
import type { LogNames } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";
import { Relations } from "../log/relation.ts";
import { logRows } from "./bulk-entries.ts";
import type { CaptureSetting } from "./capture-setting.ts";
import { isCaptured } from "./capture-setting.ts";
import { relationOf, renamingOf } from "./relation-change.ts";
import type { Renaming } from "./relation-change.ts";
import type { ChangeTraits, ReplaceMode } from "./replace-mode.ts";
import { replaceMode } from "./replace-mode.ts";
import type { SchemaRow, SchemaRows } from "./schema-rows.ts";
import { readSchemaRows } from "./schema-rows.ts";
import { readTableShape } from "./table-shape.ts";
import type { TableShape } from "./table-shape.ts";
import { dropTriggers, ensureTriggers, sameName, triggersStand } from "./table-triggers.ts";
import { TriggerText } from "./trigger-text.ts";

/** Where new entries of a schema change begin, and the version that holds from there. */
export interface SchemaPoint {
  readonly lsn: Lsn;
  readonly version: number;
}

/**
 * The triggers of one file: which tables have them, what they log, and that they stay right
 * whatever DDL does. All of it on the writer, inside the transaction of whoever calls.
 */
export class Capture {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  readonly #relations: Relations;
  readonly #setting: () => CaptureSetting;
  /** Tables with BEFORE triggers, lower case; null until asked for. */
  #armed: Set<string> | null = null;
  #replaces = { inTriggers: false, declared: false };
  #mode: ReplaceMode | null = null;
  #setMode: DriverStatement | null = null;

  constructor(driver: SqlDriver, setting: () => CaptureSetting) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.#relations = new Relations(driver);
    this.#setting = setting;
  }

  /** After a rollback or DDL: what is known of the file is read again. */
  forget(): void {
    this.#relations.forget();
    this.#armed = null;
    this.#mode = null;
    this.#setMode = null;
  }

  /** Before a statement that changes rows: REPLACE will be seen. */
  prepare(traits: ChangeTraits): void {
    const armed = this.#load();
    const table = traits.table.toLowerCase();
    if (traits.action === "REPLACE" && !armed.has(table)) this.#arm(table, armed);
    if (armed.size === 0) return;
    this.#enterMode(replaceMode(traits, this.#replaces));
  }

  /**
   * Before DDL: takes the engine's triggers off the table that it alters, and logs what rows it
   * takes away.
   */
  release(statement: Statement | null): void {
    const rows = readSchemaRows(this.#driver);
    for (const table of alteredTables(statement)) {
      const relation = this.#relations.current().find(({ name }) => sameName(name, table));
      if (relation !== undefined && losesRows(statement)) {
        const shape = this.#shape(rows, table);
        if (shape !== null) logRows(this.#driver, shape, relation.id, ENTRY.shadow);
      }
      dropTriggers(this.#driver, rows, table);
    }
  }

  /**
   * After DDL, and when capture begins: every captured table gets its relation and its triggers.
   *
   * @param rows what the tables held that are new to capture is logged as inserts
   */
  reconcile(point: SchemaPoint, statement: Statement | null, rows: "log-rows" | "empty"): void {
    const schema = readSchemaRows(this.#driver);
    const renaming = renamingOf(statement);
    const current = this.#relations.current();
    const wanted = schema.tables.filter(({ name }) => isCaptured(this.#setting(), name));
    for (const relation of current) {
      if (wanted.some((table) => isSame(relation, table))) continue;
      this.#relations.end(relation.id, point.lsn);
    }
    const armed = this.#armedTables(schema);
    for (const table of wanted) {
      const kept = current.find((relation) => isSame(relation, table));
      const shape = readTableShape(this.#driver, table.name, table.sql ?? "");
      const relation = kept ?? this.#newRelation(shape, current, renaming, point);
      const was = renaming.table?.to === table.name ? renaming.table.from : table.name;
      const isArmed =
        armed.has(was.toLowerCase()) || shape.uniqueKeys.some(({ replaces }) => replaces);
      this.#ensure(schema, shape, relation, isArmed);
      const isNew =
        kept === undefined && relation.fromLsn === point.lsn && !hadRows(current, relation);
      if (isNew && rows === "log-rows") logRows(this.#driver, shape, relation.id, ENTRY.insert);
    }
    for (const table of new Set(schema.engine.filter(isTrigger).map((row) => row.table))) {
      const gone = !wanted.some(({ name }) => sameName(name, table));
      if (gone && !table.startsWith(this.#names.prefix)) dropTriggers(this.#driver, schema, table);
    }
    this.forget();
    this.#armForTriggers();
  }

  /** Whether all captured tables have their relation and their triggers, in the right order. */
  stands(): boolean {
    const rows = readSchemaRows(this.#driver);
    const current = this.#relations.current();
    const wanted = rows.tables.filter(({ name }) => isCaptured(this.#setting(), name));
    return (
      current.length === wanted.length &&
      wanted.every((table) => {
        const relation = current.find((candidate) => isSame(candidate, table));
        return relation !== undefined && triggersStand(rows, this.#names.prefix, relation);
      })
    );
  }

  /** What makes the tables that are wanted and have no relation yet, tables first. */
  unknownObjects(): { readonly name: string; readonly sql: string }[] {
    const rows = readSchemaRows(this.#driver);
    const current = this.#relations.current();
    const isUnknown = (name: string): boolean =>
      isCaptured(this.#setting(), name) && !current.some((known) => sameName(known.name, name));
    const tables = rows.tables.filter(({ name }) => isUnknown(name));
    const others = rows.user.filter(
      (row) => row.type !== "table" && tables.some(({ name }) => sameName(name, row.table)),
    );
    return [...tables, ...others].flatMap(({ name, sql }) => (sql === null ? [] : [{ name, sql }]));
  }

  #newRelation(
    shape: TableShape,
    current: readonly Relation[],
    renaming: Renaming,
    { lsn, version }: SchemaPoint,
  ): Relation {
    const was = renaming.table?.to === shape.name ? renaming.table.from : shape.name;
    const before = current.find(({ name }) => sameName(name, was)) ?? null;
    const { id, tableId } = this.#relations.nextIds();
    const place = { id, newTableId: tableId, fromLsn: lsn, schemaVersion: version };
    const relation = relationOf(shape, before, renaming, place);
    this.#relations.add(relation);
    return relation;
  }

  #ensure(rows: SchemaRows, shape: TableShape, relation: Relation, isArmed: boolean): void {
    const text = new TriggerText(this.#names.prefix, shape, relation.id);
    const wanted = isArmed ? [...text.before(), ...text.after()] : text.after();
    ensureTriggers(this.#driver, rows, shape.name, wanted);
  }

  /** A table meets its first REPLACE: it gets the triggers that see it. */
  #arm(table: string, armed: Set<string>): void {
    const rows = readSchemaRows(this.#driver);
    const shape = this.#shape(rows, table);
    const relation = this.#relations.current().find(({ name }) => sameName(name, table));
    if (shape === null || relation === undefined) return;
    this.#ensure(rows, shape, relation, true);
    armed.add(table);
  }

  #shape(rows: SchemaRows, table: string): TableShape | null {
    const row = rows.tables.find(({ name }) => sameName(name, table));
    return row === undefined ? null : readTableShape(this.#driver, row.name, row.sql ?? "");
  }

  #enterMode(mode: ReplaceMode): void {
    this.#mode ??= this.#readMode();
    if (this.#mode === mode) return;
    this.#setMode ??= this.#driver.prepare(`UPDATE ${this.#names.flag} SET mode = ?1`);
    this.#setMode.run([BigInt(mode)]);
    this.#mode = mode;
  }

  #readMode(): ReplaceMode {
    const [row] = this.#driver.prepare(`SELECT mode FROM ${this.#names.flag}`).all([], "number");
    return Number(row?.[0]) as ReplaceMode;
  }

  #load(): Set<string> {
    if (this.#armed !== null) return this.#armed;
    const rows = readSchemaRows(this.#driver);
    this.#armed = this.#armedTables(rows);
    this.#replaces = {
      inTriggers: rows.user.some((row) => isTrigger(row) && replacedTables(row).length > 0),
      declared: rows.engine.some(({ name }) => name.startsWith(`${this.#names.prefix}declared_`)),
    };
    return this.#armed;
  }

  #armedTables(rows: SchemaRows): Set<string> {
    const prefix = `${this.#names.prefix}before_`;
    return new Set(
      rows.engine
        .filter((row) => isTrigger(row) && row.name.startsWith(prefix))
        .map(({ table }) => table.toLowerCase()),
    );
  }

  /** Tables that triggers of the user's may REPLACE into. */
  #armForTriggers(): void {
    const armed = this.#load();
    const targets = readSchemaRows(this.#driver).user.filter(isTrigger).flatMap(replacedTables);
    for (const table of targets) if (!armed.has(table)) this.#arm(table, armed);
  }
}

function isTrigger({ type }: SchemaRow): boolean {
  return type === "trigger";
}

function isSame(relation: Relation, table: SchemaRow): boolean {
  return relation.name === table.name && relation.sql === table.sql;
}

/** Whether the table of a new relation was captured before, under another shape. */
function hadRows(current: readonly Relation[], relation: Relation): boolean {
  return current.some(({ tableId }) => tableId === relation.tableId);
}

/** Tables whose triggers must be gone while a statement runs. */
function alteredTables(statement: Statement | null): string[] {
  if (statement?.kind === "alter-table") return [statement.name.name.text];
  if (statement?.kind !== "drop" || statement.object !== "TABLE") return [];
  return statement.names.map(({ name }) => name.text);
}

/** DROP TABLE and DROP COLUMN lose what the log could not tell otherwise. */
function losesRows(statement: Statement | null): boolean {
  if (statement?.kind === "drop") return true;
  return statement?.kind === "alter-table" && statement.actions[0]?.kind === "drop-column";
}

/** The tables, lower case, that a trigger's body inserts or updates with OR REPLACE. */
function replacedTables({ sql }: SchemaRow): string[] {
  if (sql === null || !/replace/i.test(sql)) return [];
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement === null) return [];
  const tables: string[] = [];
  walk(parsed.statement, (node) => {
    const replaces =
      (node.kind === "insert" && (node.replace || node.or === "REPLACE")) ||
      (node.kind === "update" && node.or === "REPLACE");
    if (replaces) tables.push(node.table.name.name.text.toLowerCase());
  });
  return tables;
}
