import type { Lsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { ENTRY, logNames } from "../log/layout.ts";
import type { LogNames } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";
import { Relations } from "../log/relation.ts";
import { logRows } from "./bulk-entries.ts";
import type { CaptureSetting } from "./capture-setting.ts";
import { compactRowids, losesRowids } from "./compact-rowids.ts";
import { isCaptured } from "./capture-setting.ts";
import { renamedTo } from "./ddl-telling.ts";
import { relationOf, renamingOf } from "./relation-change.ts";
import type { Renaming } from "./relation-change.ts";
import type { ChangeTraits } from "./replace-mode.ts";
import type { SettlingNeed } from "./replace-watch.ts";
import { armedTables, ReplaceWatch } from "./replace-watch.ts";
import { PROBE } from "./probe-table.ts";
import type { SchemaRow, SchemaRows } from "./schema-rows.ts";
import { readSchemaRows } from "./schema-rows.ts";
import { Settlement } from "./settlement.ts";
import { readTableShape } from "./table-shape.ts";
import type { TableShape } from "./table-shape.ts";
import {
  dropTriggers,
  ensureTriggers,
  sameName,
  hasTriggers,
  triggersStand,
} from "./table-triggers.ts";
import { TriggerText } from "./trigger-text.ts";
import { readVirtualShape } from "./virtual-shape.ts";
import type { VirtualTable } from "./virtual-tables.ts";
import { virtualTables } from "./virtual-tables.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Where new entries of a schema change begin, and the version that holds from there. */
export interface SchemaPoint {
  readonly lsn: Lsn;
  readonly version: number;
}

/** A virtual table whose rows the log has. */
interface VirtualRow {
  readonly table: VirtualTable;
  readonly row: SchemaRow;
  readonly shape: TableShape;
}

/** The same with its relation. */
export interface CapturedVirtual extends VirtualRow {
  readonly relation: Relation;
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
  readonly #settlement: Settlement;
  readonly #watch: ReplaceWatch;
  #virtual: CapturedVirtual[] | null = null;

  constructor(driver: SqlDriver, setting: () => CaptureSetting) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.#relations = new Relations(driver);
    this.#setting = setting;
    this.#watch = new ReplaceWatch(driver, (table) => this.#arm(table));
    this.#settlement = new Settlement(driver, (table) => this.#watch.reenters(table));
  }

  /** After DDL, or when it was rolled back: what is known of the file is read again. */
  forget(): void {
    this.#relations.forget();
    this.#settlement.forget();
    this.#watch.forget();
    this.#virtual = null;
  }

  /** After a rollback that took no DDL back, but maybe triggers of ours. */
  rolledBack(): void {
    if (this.#watch.rolledBack()) this.forget();
  }

  /** After another connection's writes: the flag is another's, and the triggers may be. */
  resume(): void {
    if (this.#watch.resume()) this.forget();
  }

  /** While the connection's REPLACE fires delete triggers, nothing else is needed to see it. */
  set replaceFiresTriggers(fires: boolean) {
    this.#watch.replaceFiresTriggers = fires;
  }

  /** Before a statement that changes rows: what it replaces will be seen. */
  prepare(traits: ChangeTraits): SettlingNeed {
    return this.#watch.prepare(traits);
  }

  /** See `ReplaceWatch`. */
  get unknownNeed(): SettlingNeed {
    return this.#watch.unknownNeed;
  }

  /** See `ReplaceWatch`. */
  failsMidway(traits: ChangeTraits): boolean {
    return this.#watch.failsMidway(traits);
  }

  /** Before the file is closed. */
  rest(): void {
    this.#watch.rest();
  }

  /** Settles the entries behind `after`; `whole`, where not only candidates must be. */
  settle(after: Lsn, whole: boolean): void {
    this.#settlement.settle(after, whole);
  }

  /**
   * Before DDL: takes the engine's triggers off the table that it alters, and logs what rows it
   * takes away.
   */
  release(statement: Statement | null): void {
    const rows = readSchemaRows(this.#driver);
    for (const table of alteredTables(statement)) {
      const relation = this.#relations.current().find(({ name }) => sameName(name, table));
      const to = renamedTo(statement);
      // To those who follow the log, a table that is renamed to one that is left out is empty.
      const leaves = to !== null && !isCaptured(this.#setting(), to);
      if (relation !== undefined && (leaves || losesRows(statement))) {
        const shape = this.#shape(rows, table);
        const code = leaves ? ENTRY.delete : ENTRY.shadow;
        if (shape !== null) logRows(this.#driver, shape, relation.id, code);
      }
      dropTriggers(this.#driver, rows, table);
    }
  }

  /**
   * After DDL, and when capture begins: every captured table gets its relation and its triggers.
   *
   * @param rows what the tables held that are new to capture is logged as inserts, or they were
   * empty; `adopt` takes a table of which the DDL is not known for a new one
   */
  reconcile(
    point: SchemaPoint,
    statement: Statement | null,
    rows: "log-rows" | "empty" | "adopt",
  ): void {
    const schema = readSchemaRows(this.#driver);
    this.#watch.forget();
    const renaming = renamingOf(statement);
    const current = this.#relations.current();
    const virtual = this.#capturedVirtual(schema);
    const wanted = [
      ...schema.tables.filter(({ name }) => isCaptured(this.#setting(), name)),
      ...virtual.map(({ row }) => row),
    ];
    const isKept = (relation: Relation, table: SchemaRow): boolean =>
      isSame(relation, table) && (rows !== "adopt" || this.#isLogged(schema, relation));
    for (const relation of current) {
      if (wanted.some((table) => isKept(relation, table))) continue;
      this.#relations.end(relation.id, point.lsn);
    }
    const armed = armedTables(schema, this.#names.prefix);
    for (const table of wanted) {
      const kept = current.find((relation) => isKept(relation, table));
      const own = virtual.find(({ row }) => row === table);
      const shape = own?.shape ?? readTableShape(this.#driver, table.name, table.sql ?? "");
      const before = rows === "adopt" ? [] : current;
      const relation = kept ?? this.#newRelation(shape, before, renaming, point);
      const was = renaming.table?.to === table.name ? renaming.table.from : table.name;
      const isArmed = armed.has(foldName(was)) || shape.uniqueKeys.some(({ replaces }) => replaces);
      if (own === undefined) this.#ensure(schema, shape, relation, isArmed);
      const isNew =
        kept === undefined && relation.fromLsn === point.lsn && !hadRows(before, relation);
      if (isNew && rows !== "empty") logRows(this.#driver, shape, relation.id, ENTRY.insert);
    }
    for (const table of new Set(schema.engine.filter(isTrigger).map((row) => row.table))) {
      const gone = !wanted.some(({ name }) => sameName(name, table));
      if (gone && !table.startsWith(this.#names.prefix)) dropTriggers(this.#driver, schema, table);
    }
    this.#dropProbes();
    this.forget();
    this.#watch.armForTriggers();
  }

  /** Whether all captured tables have their relation and their triggers, in the right order. */
  stands(): boolean {
    const rows = readSchemaRows(this.#driver);
    const current = this.#relations.current();
    const wanted = rows.tables.filter(({ name }) => isCaptured(this.#setting(), name));
    const virtual = this.#capturedVirtual(rows);
    return (
      current.length === wanted.length + virtual.length &&
      virtual.every(({ row }) => current.some((candidate) => isSame(candidate, row))) &&
      wanted.every((table) => {
        const relation = current.find((candidate) => isSame(candidate, table));
        return (
          relation !== undefined &&
          triggersStand(rows, this.#names.prefix, relation) &&
          this.#seesMidway(rows, relation)
        );
      })
    );
  }

  /** Whether it has the triggers that look at its rows midway, if it may change then. */
  #seesMidway(rows: SchemaRows, relation: Relation): boolean {
    const reentry = this.#watch.reentry(foldName(relation.name));
    const shape = reentry === "nothing" ? null : this.#shape(rows, relation.name);
    if (shape === null) return true;
    const wanted = new TriggerText(this.#names.prefix, shape, relation.id).midway(reentry);
    return wanted.every(({ name, sql }) =>
      rows.engine.some((row) => row.name === name && row.sql === sql),
    );
  }

  /**
   * Captured tables whose rows are not in the log yet. One without its triggers may have been
   * made again by another program, in the same words.
   */
  unknownTables(rows: SchemaRows): ReadonlySet<string> {
    const current = this.#relations.current();
    const unknown = [...rows.tables, ...this.#capturedVirtual(rows).map(({ row }) => row)].filter(
      (table) =>
        isCaptured(this.#setting(), table.name) &&
        !current.some((known) => isSame(known, table) && this.#isLogged(rows, known)),
    );
    return new Set(unknown.map(({ name }) => name));
  }

  /** A relation's rows are logged by its triggers, or by the engine. */
  #isLogged(rows: SchemaRows, relation: Relation): boolean {
    const isVirtual = rows.virtual.some((row) => isSame(relation, row));
    return isVirtual || hasTriggers(rows, this.#names.prefix, relation);
  }

  /** Virtual tables whose changes the engine must log itself: that of a name, or all. */
  virtual(table: string | null): CapturedVirtual[] {
    if (this.#virtual === null) {
      const current = this.#relations.current();
      this.#virtual = this.#capturedVirtual(readSchemaRows(this.#driver)).flatMap((own) => {
        const relation = current.find((candidate) => isSame(candidate, own.row));
        return relation === undefined ? [] : [{ ...own, relation }];
      });
    }
    return this.#virtual.filter(({ row }) => table === null || sameName(row.name, table));
  }

  #capturedVirtual(rows: SchemaRows): VirtualRow[] {
    return virtualTables(rows).flatMap((table) => {
      const row = rows.virtual.find(({ name }) => name === table.name);
      if (row === undefined || table.state !== "captured") return [];
      if (!isCaptured(this.#setting(), table.name)) return [];
      return [{ table, row, shape: readVirtualShape(this.#driver, table, row) }];
    });
  }

  /** Moves rows to where VACUUM would move them unseen; whether there were any. */
  compact(point: SchemaPoint): boolean {
    const rows = readSchemaRows(this.#driver);
    const tables = this.#relations.current().flatMap((relation) => {
      const shape = relation.rowid ? this.#shape(rows, relation.name) : null;
      const rowidName = shape?.rowidName ?? null;
      return rowidName === null ? [] : [{ name: relation.name, rowidName }];
    });
    const loose = tables.filter((table) => losesRowids(this.#driver, table));
    for (const table of loose) {
      const triggers = rows.user.filter((row) => isTrigger(row) && sameName(row.table, table.name));
      for (const { name } of triggers) this.#driver.exec(`DROP TRIGGER ${quoteIdentifier(name)}`);
      compactRowids(this.#driver, table);
      for (const { sql } of triggers) this.#driver.exec(sql ?? "");
    }
    if (loose.length > 0) this.reconcile(point, null, "empty");
    return loose.length > 0;
  }

  /** Runs `body` while the user's triggers on some tables, in lower case, are away. */
  withoutTriggers(tables: ReadonlySet<string>, point: () => SchemaPoint, body: () => void): void {
    const triggers = readSchemaRows(this.#driver).user.filter(
      (row) => isTrigger(row) && tables.has(foldName(row.table)),
    );
    for (const { name } of triggers) this.#driver.exec(`DROP TRIGGER ${quoteIdentifier(name)}`);
    body();
    for (const { sql } of triggers) this.#driver.exec(sql ?? "");
    // They are newer than the engine's now, and would fire before.
    if (triggers.length > 0) this.reconcile(point(), null, "empty");
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
    const columns = before === null ? [] : this.#relations.ofTable(before.tableId);
    const highestColumnId = Math.max(0, ...columns.flatMap(columnIds));
    const place = {
      id,
      newTableId: tableId,
      highestColumnId,
      fromLsn: lsn,
      schemaVersion: version,
    };
    const relation = relationOf(shape, before, renaming, place);
    this.#relations.add(relation);
    return relation;
  }

  #ensure(rows: SchemaRows, shape: TableShape, relation: Relation, isArmed: boolean): void {
    const text = new TriggerText(this.#names.prefix, shape, relation.id);
    if (isArmed) for (const sql of text.beforeTables()) this.#driver.exec(sql);
    const midway = text.midway(this.#watch.reentry(foldName(shape.name)));
    const wanted = [...(isArmed ? text.before() : []), ...midway, ...text.after()];
    ensureTriggers(this.#driver, rows, shape.name, wanted);
  }

  /** A table meets its first REPLACE: it gets the triggers that see it. Virtual ones take none. */
  #arm(table: string): boolean {
    const rows = readSchemaRows(this.#driver);
    const shape = this.#shape(rows, table);
    const relation = this.#relations.current().find(({ name }) => sameName(name, table));
    const isVirtual = rows.virtual.some(({ name }) => sameName(name, table));
    if (shape === null || relation === undefined || isVirtual) return false;
    this.#ensure(rows, shape, relation, true);
    return true;
  }

  #shape(rows: SchemaRows, table: string): TableShape | null {
    const row = rows.tables.find(({ name }) => sameName(name, table));
    if (row !== undefined) return readTableShape(this.#driver, row.name, row.sql ?? "");
    const virtual = this.#capturedVirtual(rows).find((own) => sameName(own.row.name, table));
    return virtual?.shape ?? null;
  }

  /** Those of relations that are no more. */
  #dropProbes(): void {
    const current = new Set(
      this.#relations.current().map(({ id }) => `${this.#names.prefix}${PROBE}${id}`),
    );
    for (const { type, name } of readSchemaRows(this.#driver).engine) {
      const isProbe = type === "table" && name.startsWith(this.#names.prefix + PROBE);
      if (isProbe && !current.has(name)) this.#driver.exec(`DROP TABLE ${quoteIdentifier(name)}`);
    }
  }
}

function isTrigger({ type }: SchemaRow): boolean {
  return type === "trigger";
}

function isSame(relation: Relation, table: SchemaRow): boolean {
  return relation.name === table.name && relation.sql === table.sql;
}

function columnIds({ columns }: Relation): number[] {
  return columns.map(({ id }) => id);
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
