import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
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
import type { Tail } from "./log-tail.ts";
import { LogTail } from "./log-tail.ts";
import type { LogOrigin } from "./record.ts";

/** What a commit entry says besides its time. */
export interface CommitNote {
  readonly schemaVersion: number;
  readonly origin: LogOrigin;
  /** What is captured from here on, as JSON, where that changes. */
  readonly capture?: string;
}

/** Writes what no trigger writes: commits and DDL. On the writer, in the user's transaction. */
export class LogWriter {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  readonly #tail: LogTail;
  #commit: DriverStatement | null = null;

  constructor(driver: SqlDriver, tail: LogTail = new LogTail(driver)) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.#tail = tail;
  }

  /** Where the log ends. */
  tail(): Tail {
    return this.#tail.read();
  }

  /** Ends a transaction in the log. */
  commit(time: Hlc, { schemaVersion, origin, capture }: CommitNote): void {
    // As doubles, which a Durable Object binds as they are; they are exact.
    this.#commit ??= this.#driver.prepare(
      `INSERT INTO ${this.#names.entry} (kind, v0, v1, v2, v3) VALUES (${ENTRY.commit}, ` +
        "CAST(?1 AS INTEGER), CAST(?2 AS INTEGER), CAST(?3 AS INTEGER), ?4)",
    );
    const before = this.#tail.recalled;
    const values = [time.wallMs, time.counter, schemaVersion, origin];
    if (capture !== undefined) this.#commitWith([...values, capture]);
    else if (this.#commit.runQuietly === undefined) this.#commit.run(values);
    else this.#commit.runQuietly(values);
    if (before !== null) {
      this.#tail.note({ head: toLsn(before.head + 1), open: false, time });
    }
  }

  #commitWith(values: Row): void {
    this.#driver
      .prepare(
        `INSERT INTO ${this.#names.entry} (kind, v0, v1, v2, v3, v5) VALUES (${ENTRY.commit}, ` +
          "CAST(?1 AS INTEGER), CAST(?2 AS INTEGER), CAST(?3 AS INTEGER), ?4, ?5)",
      )
      .run(values);
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
    this.#tail.forget();
    this.#commit = null;
  }
}
