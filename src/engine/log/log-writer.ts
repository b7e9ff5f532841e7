import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import type { Row } from "../../base/value.ts";
import {
  ENTRY,
  KIND_STEP,
  LOG_SLOTS,
  logNames,
  MORE_SLOTS,
  MORE_STEP,
  slotNames,
} from "./layout.ts";
import type { EntryCode, LogNames } from "./layout.ts";
import type { LogOrigin } from "./record.ts";

/** What a commit entry says besides its time. */
export interface CommitNote {
  readonly schemaVersion: number;
  readonly origin: LogOrigin;
}

/** Writes what no trigger writes: commits and DDL. On the writer, in the user's transaction. */
export class LogWriter {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  #head: DriverStatement | null = null;
  #commit: DriverStatement | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
  }

  /** The newest entry, and whether entries wait for their commit; else when that was. */
  tail(): { readonly head: Lsn; readonly open: boolean; readonly time: Hlc | null } {
    this.#head ??= this.#driver.prepare(
      `SELECT lsn, kind, v0, v1 FROM ${this.#names.log} ORDER BY lsn DESC LIMIT 1`,
    );
    const [row] = this.#head.all([], "number");
    if (row === undefined) return { head: LSN_ZERO, open: false, time: null };
    const head = toLsn(Number(row[0]));
    if (row[1] !== ENTRY.commit) return { head, open: true, time: null };
    return { head, open: false, time: { wallMs: Number(row[2]), counter: Number(row[3]) } };
  }

  /** Ends a transaction in the log. */
  commit({ wallMs, counter }: Hlc, { schemaVersion, origin }: CommitNote): void {
    this.#commit ??= this.#driver.prepare(
      `INSERT INTO ${this.#names.entry} (kind, v0, v1, v2, v3) ` +
        `VALUES (${ENTRY.commit}, ?1, ?2, ?3, ?4)`,
    );
    const values = [BigInt(wallMs), BigInt(counter), BigInt(schemaVersion), origin];
    if (this.#commit.runQuietly === undefined) this.#commit.run(values);
    else this.#commit.runQuietly(values);
  }

  /**
   * Takes back a commit entry that the open transaction ends with. Nobody has seen its number,
   * so that the next entry may have it again.
   */
  withdrawCommit(): void {
    const { head, open } = this.tail();
    if (open) return;
    this.#driver.prepare(`DELETE FROM ${this.#names.log} WHERE lsn = ?1`).run([BigInt(head)]);
  }

  /** Notes a DDL statement that ran; `table` is what it created, altered or dropped. */
  ddl(table: string, sql: string, schemaVersion: number): Lsn {
    this.#driver
      .prepare(
        `INSERT INTO ${this.#names.entry} (kind, v0, v1, v2) VALUES (${ENTRY.ddl}, ?1, ?2, ?3)`,
      )
      .run([table, sql, BigInt(schemaVersion)]);
    return this.tail().head;
  }

  /** Logs what happened to a row that no trigger sees; for the values see layout.ts. */
  row(relation: number, code: EntryCode, values: Row): void {
    const kind = BigInt(relation * KIND_STEP + code);
    this.#put(this.#names.entry, "kind", kind, slotNames("v", LOG_SLOTS), values);
    if (values.length <= LOG_SLOTS) return;
    const first = BigInt(this.tail().head) * BigInt(MORE_STEP);
    const slots = slotNames("m", MORE_SLOTS);
    for (let at = LOG_SLOTS, part = 0n; at < values.length; at += MORE_SLOTS, part++) {
      this.#put(this.#names.part, "id", first + part, slots, values.slice(at, at + MORE_SLOTS));
    }
  }

  #put(view: string, column: string, value: bigint, slots: readonly string[], values: Row): void {
    const used = slots.slice(0, values.length);
    const places = [column, ...used].map((_, at) => `?${at + 1}`).join();
    this.#driver
      .prepare(`INSERT INTO ${view} (${column}, ${used.join()}) VALUES (${places})`)
      .run([value, ...values.slice(0, used.length)]);
  }

  /** After DDL: statements are compiled afresh. */
  forget(): void {
    this.#head = null;
    this.#commit = null;
  }
}
