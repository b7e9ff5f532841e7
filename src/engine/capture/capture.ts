import type { Lsn } from "../../base/lsn.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
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
import { relationOf, renamingOf } from "./relation-change.ts";
import type { Renaming } from "./relation-change.ts";
import type { ChangeTraits, ReplaceMode } from "./replace-mode.ts";
import { REPLACE_MODE, replaceMode } from "./replace-mode.ts";
import { PROBE } from "./probe-table.ts";
import type { Reach } from "./schema-graph.ts";
import { SchemaGraph } from "./schema-graph.ts";
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
  /** Tables with BEFORE triggers, lower case; null until asked for. */
  #armed: Set<string> | null = null;
  #virtual: CapturedVirtual[] | null = null;
  #graph: SchemaGraph | null = null;
  #lastGraph: SchemaGraph | null = null;
  /** Some table got its BEFORE triggers since `forget`. */
  #hasArmed = false;
  #mode: ReplaceMode | null = null;
  #setMode: DriverStatement | null = null;
  /** The schema's cookie when `#armed` was read. */
  #cookie: number | null = null;
  /** The connection has `recursive_triggers` on. */
  replaceFiresTriggers = false;

  constructor(driver: SqlDriver, setting: () => CaptureSetting) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.#relations = new Relations(driver);
    this.#setting = setting;
    this.#settlement = new Settlement(driver, (table) => this.#schemaGraph().reenters(table));
  }

  /** After DDL, or when it was rolled back: what is known of the file is read again. */
  forget(): void {
    this.#relations.forget();
    this.#settlement.forget();
    this.#armed = null;
    this.#virtual = null;
    this.#graph = null;
    this.#hasArmed = false;
    this.#mode = null;
    this.#setMode = null;
  }

  /** After a rollback that took no DDL back, but maybe triggers of ours. */
  rolledBack(): void {
    this.#mode = null;
    if (this.#hasArmed) this.forget();
  }

  /** After another connection's writes: the flag is another's, and the triggers may be. */
  resume(): void {
    this.#mode = null;
    if (this.#cookie !== null && this.#readCookie() !== this.#cookie) this.forget();
  }

  /**
   * Before a statement that changes rows: REPLACE will be seen.
   *
   * @returns what of its entries must be settled: nothing, candidates, or all
   */
  prepare(traits: ChangeTraits): "nothing" | "candidates" | "all" {
    const armed = this.#load();
    if (traits.unread !== null) {
      if (armed.size > 0) this.#enterMode(REPLACE_MODE.unsure);
      return "all";
    }
    const table = traits.table.toLowerCase();
    const reach = this.#schemaGraph().reach(table);
    const logs = this.#enter(traits, table, reach, armed);
    return reach.reenters ? "all" : logs ? "candidates" : "nothing";
  }

  /**
   * Whether a statement may fail in the middle, keep what it did, and leave out entries: those of
   * rows whose foreign keys it was acting on.
   */
  failsMidway({ table, unread }: ChangeTraits): boolean {
    return unread !== null || this.#schemaGraph().reach(table.toLowerCase()).failsMidway;
  }

  /** Sets the mode; whether the statement may log candidates. */
  #enter(traits: ChangeTraits, table: string, reach: Reach, armed: Set<string>): boolean {
    if (this.replaceFiresTriggers) {
      if (armed.size > 0) this.#enterMode(REPLACE_MODE.never);
      return false;
    }
    // OR REPLACE holds in triggers too.
    const targets = traits.action === "REPLACE" ? [table, ...reach.written] : [];
    for (const target of targets) if (!armed.has(target)) this.#arm(target, armed);
    if (armed.size === 0) return false;
    const mode = replaceMode(traits, reach);
    this.#enterMode(mode);
    return mode === REPLACE_MODE.declared ? reach.declared : mode !== REPLACE_MODE.never;
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
   * @param rows what the tables held that are new to capture is logged as inserts, or they were
   * empty; `adopt` takes a table of which the DDL is not known for a new one
   */
  reconcile(
    point: SchemaPoint,
    statement: Statement | null,
    rows: "log-rows" | "empty" | "adopt",
  ): void {
    const schema = readSchemaRows(this.#driver);
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
    const armed = this.#armedTables(schema);
    for (const table of wanted) {
      const kept = current.find((relation) => isKept(relation, table));
      const own = virtual.find(({ row }) => row === table);
      const shape =
        own?.shape ?? readTableShape(this.#driver, table.name, table.sql ?? "");
      const before = rows === "adopt" ? [] : current;
      const relation = kept ?? this.#newRelation(shape, before, renaming, point);
      const was = renaming.table?.to === table.name ? renaming.table.from : table.name;
      const isArmed =
        armed.has(was.toLowerCase()) || shape.uniqueKeys.some(({ replaces }) => replaces);
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
    this.#armForTriggers();
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
        return relation !== undefined && triggersStand(rows, this.#names.prefix, relation);
      })
    );
  }

  /**
   * Captured tables whose rows are not in the log yet. One without its triggers may have been
   * made again by another program, in the same words.
   */
  unknownTables(rows: SchemaRows): ReadonlySet<string> {
    const current = this.#relations.current();
    const unknown = [...rows.tables, ...this.#capturedVirtual(rows).map(({ row }) => row)].filter(
      (table) => !current.some((known) => isSame(known, table) && this.#isLogged(rows, known)),
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

  /** While the file is closed, what REPLACE does in other programs is noted, and decided later. */
  rest(): void {
    if (this.#load().size > 0) this.#enterMode(REPLACE_MODE.unsure);
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
    const wanted = isArmed ? [...text.before(), ...text.after()] : text.after();
    ensureTriggers(this.#driver, rows, shape.name, wanted);
  }

  /** A table meets its first REPLACE: it gets the triggers that see it. */
  #arm(table: string, armed: Set<string>): void {
    const rows = readSchemaRows(this.#driver);
    const shape = this.#shape(rows, table);
    const relation = this.#relations.current().find(({ name }) => sameName(name, table));
    const isVirtual = rows.virtual.some(({ name }) => sameName(name, table));
    if (shape === null || relation === undefined || isVirtual) return;
    this.#ensure(rows, shape, relation, true);
    this.#hasArmed = true;
    armed.add(table);
  }

  #shape(rows: SchemaRows, table: string): TableShape | null {
    const row = rows.tables.find(({ name }) => sameName(name, table));
    if (row !== undefined) return readTableShape(this.#driver, row.name, row.sql ?? "");
    const virtual = this.#capturedVirtual(rows).find((own) => sameName(own.row.name, table));
    return virtual?.shape ?? null;
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
    this.#cookie = this.#readCookie();
    return this.#armed;
  }

  #schemaGraph(): SchemaGraph {
    if (this.#graph !== null) return this.#graph;
    this.#graph = new SchemaGraph(this.#driver, readSchemaRows(this.#driver), this.#lastGraph);
    this.#lastGraph = this.#graph;
    return this.#graph;
  }

  /** SQLite counts it up with each change of the schema. A Durable Object does not tell it. */
  #readCookie(): number {
    if (!this.#driver.caps.transactionStatements) return 0;
    const [row] = this.#driver.prepare("PRAGMA schema_version").all([], "number");
    return Number(row?.[0]);
  }

  #armedTables(rows: SchemaRows): Set<string> {
    const prefix = `${this.#names.prefix}before_`;
    return new Set(
      rows.engine
        .filter((row) => isTrigger(row) && row.name.startsWith(prefix))
        .map(({ table }) => table.toLowerCase()),
    );
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

  /** Tables that triggers of the user's may REPLACE into. */
  #armForTriggers(): void {
    const armed = this.#load();
    for (const table of this.#schemaGraph().replacedByTriggers) {
      if (!armed.has(table)) this.#arm(table, armed);
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
