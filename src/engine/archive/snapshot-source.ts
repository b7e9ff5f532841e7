import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { CAPTURE_OFF, isCaptured } from "../capture/capture-setting.ts";
import { readCaptureSetting } from "../capture/file-setting.ts";
import type { SchemaRows } from "../capture/schema-rows.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { readTableShape } from "../capture/table-shape.ts";
import { CanonicalWriter } from "../log/canonical-writer.ts";
import { LogReader } from "../log/log-reader.ts";
import { mayHideBytes } from "../log/raw-text.ts";
import type { LogIdentity } from "../log/segment-format.ts";
import { commitValues } from "../log/to-transaction.ts";
import { MetaTable } from "../meta-table.ts";
import { RawRows } from "./raw-rows.ts";
import { RowHash } from "./row-hash.ts";
import type { SnapshotHeader, SnapshotObject, SnapshotTable } from "./snapshot-format.ts";
import { isDerived } from "./virtual-tables.ts";

/** A table whose rows can be read. */
export interface SourceTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rowid: string | null;
}

/** Everything of a snapshot but the rows and the files. */
export type SnapshotFacts = Omit<SnapshotHeader, "parts" | "tables">;

/**
 * What a snapshot needs to know of a database, on a connection that sees one committed state.
 *
 * @param nowMs stands in for the time of the last commit where there is none
 */
export function readSnapshotFacts(
  driver: SqlDriver,
  identity: LogIdentity,
  nowMs: number,
): SnapshotFacts {
  const commit = new LogReader(driver).lastCommit();
  const values = commit === null ? null : commitValues(commit);
  const capture = readCaptureSetting(driver) ?? CAPTURE_OFF;
  const rows = readSchemaRows(driver);
  const lsn: Lsn = commit?.lsn ?? LSN_ZERO;
  return {
    ...identity,
    lsn,
    time: { wallMs: values?.wallMs ?? nowMs, counter: values?.counter ?? 0 },
    schemaVersion: Number(new MetaTable(driver).read("schema_version") ?? 0),
    capture,
    userVersion: readPragma(driver, "user_version"),
    applicationId: readPragma(driver, "application_id"),
    objects: readObjects(rows),
    uncaptured: uncapturedTables(driver, rows, capture),
    sequences: readSequences(driver),
  };
}

/** The tables whose rows belong into a snapshot. */
export function readSourceTables(driver: SqlDriver): SourceTable[] {
  const capture = readCaptureSetting(driver) ?? CAPTURE_OFF;
  const rows = readSchemaRows(driver);
  const ordinary = rows.tables
    .filter(({ name }) => isCaptured(capture, name))
    .map(({ name, sql }) => readSourceTable(driver, name, sql ?? ""));
  return [...ordinary, ...capturedVirtual(driver, rows)];
}

/** Virtual tables whose rows the log has. */
function capturedVirtual(driver: SqlDriver, { virtual }: SchemaRows): SourceTable[] {
  if (virtual.length === 0) return [];
  return new LogReader(driver).relations
    .current()
    .filter((relation) => virtual.some(({ name }) => name === relation.name))
    .map(({ name, columns, rowid }) => ({
      name,
      columns: columns.map((column) => column.name),
      rowid: rowid ? "rowid" : null,
    }));
}

/** Tables of which neither the log nor another table tells the rows. */
function uncapturedTables(driver: SqlDriver, rows: SchemaRows, capture: CaptureSetting): string[] {
  const known = new Set(capturedVirtual(driver, rows).map(({ name }) => name));
  const virtual = rows.virtual.filter(({ name, sql }) => !known.has(name) && !isDerived(sql ?? ""));
  const ordinary = rows.tables.filter(({ name }) => !isCaptured(capture, name));
  return [...ordinary, ...virtual].map(({ name }) => name);
}

/** How the rows of a table are read and written, the hidden rowid among them. */
function readSourceTable(driver: SqlDriver, name: string, sql: string): SourceTable {
  const { columns, withoutRowid, rowidAlias, rowidName } = readTableShape(driver, name, sql);
  const stored = columns.filter(({ generated }) => !generated);
  return {
    name,
    columns: stored.map((column) => column.name),
    rowid: withoutRowid || rowidAlias !== null ? null : rowidName,
  };
}

/** All rows of a table, the hidden rowid first; texts that are not UTF-8 as in raw-text.ts. */
export function* readRows(driver: SqlDriver, table: SourceTable): Generator<Row, undefined> {
  const columns = table.columns.map(quoteIdentifier);
  const names = table.rowid === null ? columns : [table.rowid, ...columns];
  const from = `FROM ${quoteIdentifier(table.name)}`;
  let place = 0;
  let raw: RawRows | null = null;
  try {
    for (const row of driver.prepare(`SELECT ${names.join()} ${from}`).iterate([], "bigint")) {
      if (mayHideBytes(row)) {
        raw ??= new RawRows(driver, names, from);
        yield raw.at(place, row);
      } else yield row;
      place += 1;
    }
  } finally {
    raw?.end();
  }
}

/** Counts and hashes the rows of a table as they stand in a database. */
export function hashTable(driver: SqlDriver, table: SourceTable): SnapshotTable {
  const writer = new CanonicalWriter();
  const hash = new RowHash();
  for (const row of readRows(driver, table)) {
    writer.reset();
    writer.row(row);
    hash.add(writer.view());
  }
  return { ...table, rows: hash.rows, hash: hash.toString() };
}

/** The user's part of the schema; what SQLite makes by itself is not. */
function readObjects({ user }: SchemaRows): SnapshotObject[] {
  return user.flatMap(({ type, name, table, sql }) => {
    if (sql === null || /^(?:sqlite_|_cf_)/i.test(name)) return [];
    if (type === "table" || type === "index" || type === "view" || type === "trigger") {
      return [{ type, name, table, sql }];
    }
    throw new DosqlError("unsupported", `a snapshot of ${type} ${name} is not supported`);
  });
}

function readSequences(driver: SqlDriver): [string, string][] {
  const found = driver
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'")
    .all([], "number");
  if (found.length === 0) return [];
  return driver
    .prepare("SELECT name, CAST(seq AS TEXT) FROM sqlite_sequence WHERE name IS NOT NULL")
    .all([], "number")
    .map(([name, seq]) => [String(name), String(seq ?? 0)]);
}

function readPragma(driver: SqlDriver, name: string): number {
  // A Durable Object has neither.
  if (!driver.caps.transactionStatements) return 0;
  const [row] = driver.prepare(`PRAGMA ${name}`).all([], "number");
  return Number(row?.[0] ?? 0);
}
