import { crc32 } from "../../base/crc32.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { CanonicalWriter } from "./canonical-writer.ts";
import { logNames } from "./layout.ts";
import type { LogNames } from "./layout.ts";
import { damagedLog } from "./log-damage.ts";

/** A stored column of a relation. `id` stays when the column is renamed. */
export interface RelationColumn {
  readonly id: number;
  readonly name: string;
  /** As written; empty when there is none. */
  readonly declaredType: string;
}

/**
 * One shape that a table had: DDL that changes it makes a new relation, so old entries can always
 * be read. `tableId` stays for the life of the table, through all its relations.
 */
export interface Relation {
  readonly id: number;
  readonly tableId: number;
  /** The table's name then. */
  readonly name: string;
  /** The first entry under this shape, and the first one no longer under it (null: current). */
  readonly fromLsn: Lsn;
  readonly toLsn: Lsn | null;
  readonly schemaVersion: number;
  /** Stored columns, in the order of row images. */
  readonly columns: readonly RelationColumn[];
  /** Places in `columns` of the primary key; empty where the rowid is the only identity. */
  readonly key: readonly number[];
  /** Images begin with the hidden rowid. */
  readonly rowid: boolean;
  readonly withoutRowid: boolean;
  /** CREATE TABLE as it stood in the schema. */
  readonly sql: string;
}

/** The part of a relation that is stored as JSON. */
type Shape = Pick<Relation, "columns" | "key" | "rowid" | "withoutRowid">;

const COLUMNS = "id, table_id, name, from_lsn, to_lsn, schema_version, shape, sql";
/** Where `to_lsn` and the checksum stand. */
const TO_LSN = 4;
const CRC = 8;

/**
 * The relations of one file, read on one connection. Those read once are remembered. The column
 * `crc32` is the CRC-32 of the others as a canonical row; files of format 2 have none.
 */
export class Relations {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  readonly #byId = new Map<number, Relation>();

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
  }

  /** After a rollback, or another connection's DDL. */
  forget(): void {
    this.#byId.clear();
  }

  /** @throws DosqlError `bad-file` when the log names a relation that is not there */
  get(id: number): Relation {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const [found] = this.#read("WHERE id = ?1", [BigInt(id)]);
    if (found === undefined) {
      throw damagedLog(`the change log names relation ${id}, which is missing`);
    }
    this.#byId.set(id, found);
    return found;
  }

  /** The relations of all tables that are captured now. */
  current(): Relation[] {
    return this.#read("WHERE to_lsn IS NULL ORDER BY id", []);
  }

  /** All relations that a table of that name had, oldest first. Names ignore case. */
  named(name: string): Relation[] {
    return this.#read("WHERE lower(name) = lower(?1) ORDER BY id", [name]);
  }

  /** All relations of one table, oldest first. */
  ofTable(tableId: number): Relation[] {
    return this.#read("WHERE table_id = ?1 ORDER BY id", [BigInt(tableId)]);
  }

  /** The relations that begin or end with the entry at `lsn`. */
  changedAt(lsn: Lsn): Relation[] {
    return this.#read("WHERE from_lsn = ?1 OR to_lsn = ?1 ORDER BY id", [BigInt(lsn)]);
  }

  /** All relations, oldest first. */
  all(): Relation[] {
    return this.#read("ORDER BY id", []);
  }

  /**
   * Holds all of them against their checksums: what is damaged may not be found by what it is.
   *
   * @throws DosqlError `bad-file`
   */
  check(): void {
    for (const [place, { id }] of this.all().entries()) {
      // Numbers are given one after the other, and none is ever given back.
      if (id !== place + 1) throw damagedLog(`the change log has lost relation ${place + 1}`);
    }
  }

  /** Stores a relation; its number must be above all others. */
  add(relation: Relation): void {
    const { id, tableId, name, fromLsn, schemaVersion, sql, ...rest } = relation;
    const { columns, key, rowid, withoutRowid } = rest;
    const shape: Shape = { columns, key, rowid, withoutRowid };
    const row: Row = [
      BigInt(id),
      BigInt(tableId),
      name,
      BigInt(fromLsn),
      null,
      BigInt(schemaVersion),
      JSON.stringify(shape),
      sql,
    ];
    this.#driver
      .prepare(
        `INSERT INTO ${this.#names.rel} (${COLUMNS}, crc32) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)`,
      )
      .run([...row, checksum(row)]);
  }

  /** The relation holds no longer from `lsn` on. */
  end(id: number, lsn: Lsn): void {
    const { rel } = this.#names;
    const [row] = this.#driver
      .prepare(`SELECT * FROM ${rel} WHERE id = ?1`)
      .all([BigInt(id)], "bigint");
    if (row === undefined) return;
    requireWhole(row);
    row[TO_LSN] = BigInt(lsn);
    this.#driver
      .prepare(`UPDATE ${rel} SET to_lsn = ?2, crc32 = ?3 WHERE id = ?1`)
      .run([BigInt(id), BigInt(lsn), checksum(row)]);
    this.#byId.delete(id);
  }

  nextIds(): { readonly id: number; readonly tableId: number } {
    const [row] = this.#driver
      .prepare(
        `SELECT coalesce(max(id), 0) + 1, coalesce(max(table_id), 0) + 1 FROM ${this.#names.rel}`,
      )
      .all([], "number");
    return { id: Number(row?.[0]), tableId: Number(row?.[1]) };
  }

  #read(condition: string, params: Row): Relation[] {
    return this.#driver
      .prepare(`SELECT * FROM ${this.#names.rel} ${condition}`)
      .all(params, "bigint")
      .map(toRelation);
  }
}

/** Gives the relations of a file of format 2 their checksums. On the writer, in a transaction. */
export function addRelationChecksums(driver: SqlDriver): void {
  const { prefix, rel } = logNames(driver.caps.hiddenPrefix);
  const exists = driver
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")
    .all([`${prefix}rel`], "number");
  if (exists.length === 0) return;
  const rows = driver.prepare(`SELECT * FROM ${rel}`).all([], "bigint");
  driver.exec(`ALTER TABLE ${rel} ADD COLUMN crc32`);
  const set = driver.prepare(`UPDATE ${rel} SET crc32 = ?2 WHERE id = ?1`);
  for (const row of rows) set.run([row[0] ?? null, checksum(row)]);
}

function checksum(row: Row): SqlValue {
  const bytes = new CanonicalWriter();
  bytes.row(row.slice(0, CRC));
  return BigInt(crc32(bytes.view()));
}

function requireWhole(row: Row): void {
  if (row.length <= CRC || row[CRC] === checksum(row)) return;
  throw damagedLog(
    `the change log is damaged: relation ${String(row[0])}, of a table from LSN ` +
      `${String(row[3])} on, is not what was written`,
  );
}

function toRelation(row: Row): Relation {
  requireWhole(row);
  const [id, tableId, name, fromLsn, endLsn, schemaVersion, shape, sql] = row;
  return {
    id: Number(id),
    tableId: Number(tableId),
    name: String(name),
    fromLsn: toLsn(Number(fromLsn)),
    toLsn: endLsn === null || endLsn === undefined ? null : toLsn(Number(endLsn)),
    schemaVersion: Number(schemaVersion),
    ...(JSON.parse(String(shape)) as Shape),
    sql: String(sql),
  };
}
