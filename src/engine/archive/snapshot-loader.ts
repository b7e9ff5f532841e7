import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { cannotMake } from "./left-out.ts";
import type { LeftOut } from "./left-out.ts";
import { rowInserter } from "./row-applier.ts";
import type { SnapshotHeader, SnapshotObject, SnapshotTable } from "./snapshot-format.ts";
import type { Snapshots } from "./snapshot-reader.ts";
import { hashTable } from "./snapshot-source.ts";
import { foldName } from "../../sql/fold-name.ts";

/**
 * Makes what a snapshot holds, in an empty database. Triggers are there, and have not fired.
 *
 * @param leftOut hears of indexes that cannot be made
 * @param loaded is told how many rows there are, and may throw to end it
 * @returns the number of rows
 * @throws DosqlError `bad-file` when the archive is damaged, or the rows are not the snapshot's
 */
export async function loadSnapshot(
  driver: SqlDriver,
  snapshots: Snapshots,
  header: SnapshotHeader,
  leftOut: LeftOut,
  loaded: (rows: number) => Promise<void>,
): Promise<number> {
  // What held when the rows were written need not hold now, in another order.
  driver.exec("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
  let rows = 0;
  driver.exec("BEGIN");
  for (const object of header.objects) if (isTable(object)) create(driver, object);
  const inserters = header.tables.map((table) => rowInserter(driver, table));
  for await (const part of snapshots.rows(header)) {
    for (const { table, row } of part) insert(inserters[table], row, header.tables[table]);
    rows += part.length;
    driver.exec("COMMIT; BEGIN");
    await loaded(rows);
  }
  loadSequences(driver, header);
  for (const object of header.objects) {
    const make = (): void => create(driver, object);
    if (object.type === "index") leftOut.makeIndex(object.name, object.table, make);
    else if (!isTable(object)) make();
  }
  driver.exec("COMMIT");
  verifyTables(driver, header, []);
  driver.exec(
    `PRAGMA user_version = ${header.userVersion}; PRAGMA application_id = ${header.applicationId}`,
  );
  return rows;
}

/**
 * Compares the rows of all tables with what a snapshot says of them.
 *
 * @param without tables whose rows are another matter
 * @throws DosqlError `bad-file` that names the table
 */
export function verifyTables(
  driver: SqlDriver,
  header: SnapshotHeader,
  without: readonly string[],
): void {
  for (const table of header.tables) {
    if (without.some((name) => foldName(name) === foldName(table.name))) continue;
    const found = hashTable(driver, table);
    if (found.rows === table.rows && found.hash === table.hash) continue;
    throw new DosqlError(
      "bad-file",
      `the rows of ${table.name} are not those of the snapshot at LSN ${header.lsn}: ` +
        `${found.rows} rows with hash ${found.hash}, not ${table.rows} with ${table.hash}`,
      { hint: "the archive is damaged; restore to another time" },
    );
  }
}

function isTable({ type }: SnapshotObject): boolean {
  return type === "table";
}

function create(driver: SqlDriver, { type, name, sql }: SnapshotObject): void {
  try {
    driver.exec(sql);
  } catch (error) {
    if (!(error instanceof DosqlError)) throw error;
    throw cannotMake(`${type} ${name}`, error, sql);
  }
}

function insert(
  inserter: ((row: Row) => void) | undefined,
  row: Row,
  table: SnapshotTable | undefined,
): void {
  try {
    inserter?.(row);
  } catch (error) {
    if (!(error instanceof DosqlError) || error.sqlite === undefined) throw error;
    const message = `a row of ${table?.name ?? "?"} cannot be inserted: ${error.message}`;
    throw new DosqlError("bad-file", message, { cause: error });
  }
}

/** AUTOINCREMENT goes on where it was; SQLite counted the rows that were loaded. */
function loadSequences(driver: SqlDriver, header: SnapshotHeader): void {
  if (header.sequences.length === 0) return;
  const remove = driver.prepare("DELETE FROM sqlite_sequence WHERE name = ?1");
  const add = driver.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)");
  for (const [name, seq] of header.sequences) {
    remove.run([name]);
    add.run([name, BigInt(seq)]);
  }
}
