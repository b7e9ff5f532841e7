import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { logNames } from "../log/layout.ts";

/** A row of the table of slots. */
export interface StoredSlot {
  readonly name: string;
  readonly confirmedLsn: Lsn;
  readonly createdMs: number;
  readonly confirmedMs: number;
  readonly maxLag: number | null;
  /** Why the slot was given up, or null. */
  readonly lost: string | null;
  /** Where it began: from there on, tables are followed through renames. */
  readonly sinceLsn: Lsn;
}

const COLUMNS = "name, confirmed_lsn, created_ms, confirmed_ms, max_lag, lost, filter";

/**
 * The slots of one file on one connection. The column `filter` holds JSON: `{"since": lsn}`.
 */
export class SlotTable {
  readonly #driver: SqlDriver;
  readonly #table: string;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#table = logNames(driver.caps.hiddenPrefix).slots;
  }

  /** By name. */
  all(): StoredSlot[] {
    return this.#driver
      .prepare(`SELECT ${COLUMNS} FROM ${this.#table} ORDER BY name`)
      .all([], "number")
      .map(toSlot);
  }

  get(name: string): StoredSlot | null {
    const [row] = this.#driver
      .prepare(`SELECT ${COLUMNS} FROM ${this.#table} WHERE name = ?1`)
      .all([name], "number");
    return row === undefined ? null : toSlot(row);
  }

  add(slot: StoredSlot): void {
    this.#driver
      .prepare(`INSERT INTO ${this.#table} (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`)
      .run([
        slot.name,
        BigInt(slot.confirmedLsn),
        BigInt(slot.createdMs),
        BigInt(slot.confirmedMs),
        slot.maxLag === null ? null : BigInt(slot.maxLag),
        slot.lost,
        JSON.stringify({ since: slot.sinceLsn }),
      ]);
  }

  confirm(name: string, lsn: Lsn, nowMs: number): void {
    this.#driver
      .prepare(`UPDATE ${this.#table} SET confirmed_lsn = ?2, confirmed_ms = ?3 WHERE name = ?1`)
      .run([name, BigInt(lsn), BigInt(nowMs)]);
  }

  markLost(name: string, reason: string): void {
    this.#driver
      .prepare(`UPDATE ${this.#table} SET lost = coalesce(lost, ?2) WHERE name = ?1`)
      .run([name, reason]);
  }

  remove(name: string): void {
    this.#driver.prepare(`DELETE FROM ${this.#table} WHERE name = ?1`).run([name]);
  }
}

function toSlot(row: Row): StoredSlot {
  const [name, confirmed, createdMs, confirmedMs, maxLag, lost, filter] = row;
  const { since } = JSON.parse(String(filter)) as { readonly since: number };
  return {
    name: String(name),
    confirmedLsn: toLsn(Number(confirmed)),
    createdMs: Number(createdMs),
    confirmedMs: Number(confirmedMs),
    maxLag: typeof maxLag === "number" ? maxLag : null,
    lost: typeof lost === "string" ? lost : null,
    sinceLsn: toLsn(since),
  };
}
