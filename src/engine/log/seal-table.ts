import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { MetaTable } from "../meta-table.ts";
import { logNames } from "./layout.ts";
import type { LogOrigin } from "./record.ts";

/** The checksum of one transaction, and what its commit entry says. */
export interface Seal {
  readonly firstLsn: Lsn;
  /** The commit entry's. */
  readonly lastLsn: Lsn;
  readonly wallMs: number;
  readonly counter: number;
  readonly schemaVersion: number;
  readonly origin: LogOrigin;
  readonly gtid: string | null;
  /** See canonical-entry.ts. */
  readonly crc32: number;
}

/** The sealed transactions of one file: its table `txn`, without gaps from the oldest kept on. */
export class SealTable {
  readonly #driver: SqlDriver;
  readonly #table: string;
  readonly #meta: MetaTable;
  #insert: DriverStatement | null = null;
  #range: DriverStatement | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#table = logNames(driver.caps.hiddenPrefix).txn;
    this.#meta = new MetaTable(driver);
  }

  /** Entries up to here are sealed, or gone after they were. */
  sealedLsn(): Lsn {
    const [row] = this.#driver
      .prepare(`SELECT last_lsn FROM ${this.#table} ORDER BY last_lsn DESC LIMIT 1`)
      .all([], "number");
    return row === undefined ? this.trimmedLsn() : toLsn(Number(row[0]));
  }

  /**
   * Entries up to here are gone for whoever reads, although some may still wait to be deleted.
   * The end of a transaction.
   */
  trimmedLsn(): Lsn {
    return toLsn(Number(this.#meta.read(TRIMMED) ?? 0));
  }

  setTrimmedLsn(lsn: Lsn): void {
    this.#meta.write(TRIMMED, BigInt(lsn));
  }

  /** Seals that end after `after` and not after `upTo`, in order. */
  between(after: Lsn, upTo: Lsn): Seal[] {
    this.#range ??= this.#driver.prepare(
      `SELECT ${COLUMNS} FROM ${this.#table} WHERE last_lsn > ?1 AND last_lsn <= ?2 ` +
        "ORDER BY last_lsn",
    );
    return this.#range.all([BigInt(after), BigInt(upTo)], "number").map(toSeal);
  }

  /** The oldest transaction that ends after `lsn`. */
  after(lsn: Lsn): Seal | null {
    const [row] = this.#driver
      .prepare(
        `SELECT ${COLUMNS} FROM ${this.#table} WHERE last_lsn > ?1 ORDER BY last_lsn LIMIT 1`,
      )
      .all([BigInt(lsn)], "number");
    return row === undefined ? null : toSeal(row);
  }

  /** Whether a transaction of those that no session of ours made ends in that range. */
  hasStranger(after: Lsn, upTo: Lsn): boolean {
    const found = this.#driver
      .prepare(
        `SELECT 1 FROM ${this.#table} WHERE last_lsn > ?1 AND last_lsn <= ?2 ` +
          "AND origin <> 'local' LIMIT 1",
      )
      .all([BigInt(after), BigInt(upTo)], "number");
    return found.length > 0;
  }

  /** The newest transaction that ends at or before `lsn`. */
  at(lsn: Lsn): Seal | null {
    const [row] = this.#driver
      .prepare(
        `SELECT ${COLUMNS} FROM ${this.#table} WHERE last_lsn <= ?1 ORDER BY last_lsn DESC LIMIT 1`,
      )
      .all([BigInt(lsn)], "number");
    return row === undefined ? null : toSeal(row);
  }

  /** Stores seals; those that stand already are left alone. */
  add(seals: readonly Seal[]): void {
    this.#insert ??= this.#driver.prepare(
      `INSERT OR IGNORE INTO ${this.#table} (${COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)`,
    );
    for (const seal of seals) {
      this.#insert.run([
        BigInt(seal.firstLsn),
        BigInt(seal.lastLsn),
        BigInt(seal.wallMs),
        BigInt(seal.counter),
        BigInt(seal.schemaVersion),
        seal.origin,
        seal.gtid,
        BigInt(seal.crc32),
      ]);
    }
  }
}

const TRIMMED = "trimmed_lsn";
const COLUMNS = "first_lsn, last_lsn, wall_ms, counter, schema_version, origin, gtid, crc32";

function toSeal(row: Row): Seal {
  const [firstLsn, lastLsn, wallMs, counter, schemaVersion, origin, gtid, crc32] = row;
  return {
    firstLsn: toLsn(Number(firstLsn)),
    lastLsn: toLsn(Number(lastLsn)),
    wallMs: Number(wallMs),
    counter: Number(counter),
    schemaVersion: Number(schemaVersion),
    origin: origin as LogOrigin,
    gtid: typeof gtid === "string" ? gtid : null,
    crc32: Number(crc32),
  };
}
