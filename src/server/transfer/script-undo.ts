/*
 * Takes back what a script did that was committed bit by bit. In three stages, each in steps that
 * are transactions: what is new goes, and tables that are gone come back, empty (`drop`); the log
 * is followed backwards (`rows`); what follows from the rows comes back (`rest`). Whoever follows
 * the log hears of it as of any other change.
 */
import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlValue } from "../../base/value.ts";
import { RowApplier } from "../../engine/archive/row-applier.ts";
import { isDerived } from "../../engine/archive/virtual-tables.ts";
import type { SchemaRow, SchemaRows } from "../../engine/capture/schema-rows.ts";
import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import { ENTRY } from "../../engine/log/layout.ts";
import type { LogEntry } from "../../engine/log/log-entry.ts";
import { LogReader } from "../../engine/log/log-reader.ts";
import type { Relation } from "../../engine/log/relation.ts";
import { Relations } from "../../engine/log/relation.ts";
import { opposite } from "../../engine/time/rewind.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { SavedObject, SavedSchema } from "./saved-schema.ts";
import { readSavedSchema, restoreSequence } from "./saved-schema.ts";
import { TableEnd } from "./table-end.ts";
import { indexText } from "./text-index.ts";
import type { UndoHost, UndoStart } from "./undo-obstacle.ts";
import { relationsAt, undoObstacle } from "./undo-obstacle.ts";
import type { RunStatement } from "./virtual-undo.ts";
import { takeBackVirtual } from "./virtual-undo.ts";
import { foldName } from "../../sql/fold-name.ts";

/** How far it has come. */
export interface UndoPlace {
  readonly stage: "drop" | "rows" | "rest";
  /**
   * Of `drop` and `rows`: what the log has up to there is still to be taken back. Of `rest`: how
   * many indexes of text were made again.
   */
  readonly at: number;
  /** Of `rest`: the last row that the next of them has already, as text. */
  readonly row?: string;
}

/** What one step does at most. */
export interface UndoStep {
  /** Entries of the log. */
  readonly entries: number;
  /** Of their values; the row that passes it is the last one. */
  readonly bytes: number;
  /** Rows of a table that goes. */
  readonly rows: number;
}

/** A second or so. */
const STEP: UndoStep = { entries: 20_000, bytes: 8 * 1024 * 1024, rows: 50_000 };
/** Read at once: a value may have 2 MB, and an update has a row twice. */
const PAGE_ENTRIES = 16;
/** Dropped in one step, as long as they are small. */
const STEP_TABLES = 50;

/** Takes back a script. The caller holds the write lease; keys and CHECKs are not enforced. */
export class ScriptUndo {
  readonly #host: UndoHost;
  readonly #driver: SqlDriver;
  readonly #saved: SavedSchema;
  readonly #from: Lsn;
  readonly #run: RunStatement;
  readonly #step: UndoStep;
  /** Shapes of tables that were there before, with what became of them. */
  readonly #before: readonly Relation[];

  constructor(
    host: UndoHost,
    { saved, from }: UndoStart,
    { run, step = STEP }: { readonly run: RunStatement; readonly step?: UndoStep },
  ) {
    this.#host = host;
    this.#driver = host.writer.driver;
    this.#saved = saved;
    this.#from = from;
    this.#run = run;
    this.#step = step;
    // Without a table there may be no log either.
    const isEmpty = saved.objects.length === 0;
    this.#before = isEmpty ? [] : relationsAt(new Relations(this.#driver).all(), from);
  }

  /** @returns where the next step begins; null when all is as it was */
  step({ stage, at, row }: UndoPlace): UndoPlace | null {
    if (stage === "drop") return this.#drop(at);
    if (stage === "rows") return this.#rows(at);
    return this.#rest(at, row);
  }

  #drop(at: number): UndoPlace {
    // It was looked at before. But what would go here must be sure to come back.
    const obstacle = undoObstacle(this.#host, { saved: this.#saved, from: this.#from });
    if (obstacle !== null) throw new DosqlError("bad-file", obstacle);
    const rows = readSchemaRows(this.#driver);
    const standing = this.#standing(rows);
    this.#dropNew(rows, standing);
    const gone = [...rows.virtual, ...rows.tables].filter(({ name }) => !standing.has(lower(name)));
    for (const table of gone.slice(0, STEP_TABLES)) {
      const { shortening } = new TableEnd(this.#driver, table, rows, this.#step.rows);
      if (shortening !== null) {
        this.#run(shortening);
        return { stage: "drop", at };
      }
      this.#run(`DROP TABLE ${quoteIdentifier(table.name)}`);
    }
    if (gone.length > STEP_TABLES) return { stage: "drop", at };
    for (const { type, name, sql } of this.#saved.objects) {
      if (type === "table" && !standing.has(lower(name))) this.#run(sql);
    }
    return { stage: "rows", at };
  }

  /** Tables from before, in lower case, that were neither dropped nor made anew. */
  #standing(rows: SchemaRows): ReadonlySet<string> {
    const known = new Set(this.#before.map(({ name }) => lower(name)));
    const standing = this.#before.filter(({ toLsn: end }) => end === null).map(({ name }) => name);
    // Of these the log knows nothing.
    const others = rows.virtual.filter((row) => !known.has(lower(row.name)) && this.#knows(row));
    return new Set([...standing, ...others.map(({ name }) => name)].map(lower));
  }

  /** Whether just this was there before. */
  #knows(row: SchemaRow): boolean {
    return this.#saved.objects.some((one) => isSame(one, row));
  }

  /** Triggers first: nothing may happen by itself. */
  #dropNew({ user }: SchemaRows, standing: ReadonlySet<string>): void {
    const views = new Set(user.filter((row) => row.type === "view" && this.#knows(row)).map(named));
    const isKept = (row: SchemaRow): boolean =>
      this.#knows(row) &&
      (row.type === "view" || standing.has(lower(row.table)) || views.has(lower(row.table)));
    for (const kind of ["trigger", "view", "index"]) {
      for (const row of user) {
        if (row.type !== kind || row.sql === null || isKept(row)) continue;
        this.#run(`DROP ${kind} IF EXISTS ${quoteIdentifier(row.name)}`);
      }
    }
  }

  #rows(at: number): UndoPlace {
    const known = new Set(this.#before.map(({ id }) => id));
    const log = new LogReader(this.#driver);
    const changes: LogEntry[] = [];
    let end = at;
    for (let left = this.#step.entries, bytes = this.#step.bytes; left > 0 && bytes > 0;) {
      if (end <= this.#from) break;
      const after = toLsn(Math.max(this.#from, end - PAGE_ENTRIES));
      for (const entry of log.entries(after, PAGE_ENTRIES, toLsn(end)).reverse()) {
        if (entry.relation === null || !known.has(entry.relation.id) || !isChange(entry)) continue;
        changes.push(toldChange(log.rawEntry(entry)));
        bytes -= sizeOf(entry.values);
      }
      left -= end - after;
      end = after;
    }
    this.#takeBack(changes);
    return end > this.#from ? { stage: "rows", at: end } : { stage: "rest", at: 0 };
  }

  /** @param changes the newest first */
  #takeBack(changes: readonly LogEntry[]): void {
    const ordinary = changes.filter((entry) => !isVirtual(entry));
    if (ordinary.length > 0) {
      const tables = new Set(ordinary.map(({ relation }) => lower(relation?.name ?? "")));
      this.#host.changes.commitQuietly(tables, () => {
        const rows = new RowApplier(this.#driver);
        for (const entry of ordinary) rows.apply(opposite(entry));
      });
    }
    // No row of a table has a say in another's now.
    for (const entry of changes) {
      if (isVirtual(entry)) takeBackVirtual(opposite(entry), this.#run);
    }
  }

  #rest(at: number, row?: string): UndoPlace | null {
    const { objects } = this.#saved;
    const derived = objects.filter(({ type, sql }) => type === "table" && isDerived(sql));
    const next = derived[at];
    if (next !== undefined) {
      const last = indexText(this.#driver, next, row ?? null, this.#step.rows);
      return last === null ? { stage: "rest", at: at + 1 } : { stage: "rest", at, row: last };
    }
    const now = readSavedSchema(this.#driver).objects;
    const missing = objects.filter((one) => !now.some((other) => isSame(one, other)));
    const index = missing.find(({ type }) => type === "index");
    if (index !== undefined) {
      this.#run(index.sql);
      return { stage: "rest", at };
    }
    for (const { type, sql } of missing) if (type === "view") this.#run(sql);
    this.#restoreTriggers(now);
    restoreSequence(this.#driver, this.#saved);
    this.#requireSame();
    return null;
  }

  /** The newest fires first, so all of them are made anew where one is missing. */
  #restoreTriggers(now: readonly SavedObject[]): void {
    const [wanted, found] = [this.#saved.objects, now].map((objects) =>
      objects.filter(({ type }) => type === "trigger"),
    );
    const names = (triggers: readonly SavedObject[] = []): string =>
      JSON.stringify(triggers.map(({ name }) => name));
    if (names(wanted) === names(found)) return;
    for (const { name } of found ?? []) this.#run(`DROP TRIGGER ${quoteIdentifier(name)}`);
    for (const { sql } of wanted ?? []) this.#run(sql);
  }

  /** @throws DosqlError `bad-file` for what should not happen, and nobody may miss */
  #requireSame(): void {
    const now = readSavedSchema(this.#driver).objects;
    const { objects } = this.#saved;
    const other =
      objects.find((one) => !now.some((found) => isSame(one, found))) ??
      now.find((one) => !objects.some((found) => isSame(one, found)));
    if (other === undefined) return;
    throw new DosqlError("bad-file", `the ${other.type} ${other.name} is not what it was`);
  }
}

function isSame(one: Pick<SchemaRow, "type" | "name" | "sql">, other: typeof one): boolean {
  return one.type === other.type && one.name === other.name && one.sql === other.sql;
}

/** A row that DDL took away was deleted. */
function toldChange(entry: LogEntry): LogEntry {
  return entry.code === ENTRY.shadow ? { ...entry, code: ENTRY.delete } : entry;
}

function isChange({ code }: LogEntry): boolean {
  return (
    code === ENTRY.insert || code === ENTRY.update || code === ENTRY.delete || code === ENTRY.shadow
  );
}

function isVirtual({ relation }: LogEntry): boolean {
  return /^create\s+virtual\b/i.test(relation?.sql ?? "");
}

function named({ name }: SchemaRow): string {
  return lower(name);
}

function lower(name: string): string {
  return foldName(name);
}

function sizeOf(values: readonly SqlValue[]): number {
  let bytes = 0;
  for (const value of values) {
    if (typeof value === "string" || value instanceof Uint8Array) bytes += value.length;
  }
  return bytes;
}
