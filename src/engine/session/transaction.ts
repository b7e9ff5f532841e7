import { DosqlError } from "../../base/errors.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { BeginOptions } from "./session.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Why a transaction is gone although its client did not end it. */
export type LostReason = "idle-in-transaction" | "idle-reading" | "rolled-back";

/** The open transaction of one session. SQLite hears of it only when it first writes. */
export class Transaction {
  implicit: boolean;
  readOnly: boolean;
  /** The write lease is held and BEGIN IMMEDIATE was sent. */
  writing = false;
  /** DDL ran: the end of the transaction changes the schema that others see. */
  ddl = false;
  /** The home begins and ends it, and sees to its limits: SQLite hears no statement of ours. */
  scoped = false;
  lost: LostReason | null = null;
  /** Savepoints asked for before the first write; sent right after BEGIN. */
  readonly #pendingSavepoints: string[] = [];

  constructor(options: BeginOptions) {
    this.implicit = options.implicit ?? false;
    this.readOnly = options.readOnly ?? false;
  }

  /** Statements that bring SQLite to where the client thinks it is. */
  openingSql(): string {
    return ["BEGIN IMMEDIATE", ...this.#pendingSavepoints.map(savepointSql)].join("; ");
  }

  addSavepoint(name: string): void {
    this.#pendingSavepoints.push(name);
  }

  /** RELEASE before the first write: drops the savepoint and those after it. */
  releaseSavepoint(name: string): void {
    this.#pendingSavepoints.splice(this.#placeOf(name));
  }

  /** ROLLBACK TO before the first write: there is nothing to undo but later savepoints. */
  rollbackToSavepoint(name: string): void {
    this.#pendingSavepoints.splice(this.#placeOf(name) + 1);
  }

  refuseIfLost(): void {
    if (this.lost !== null) throw lostError(this.lost);
  }

  #placeOf(name: string): number {
    const key = foldName(name);
    const place = this.#pendingSavepoints.findLastIndex((s) => foldName(s) === key);
    if (place < 0) {
      throw new DosqlError("sqlite", `no such savepoint: ${name}`, { sqlite: "SQLITE_ERROR" });
    }
    return place;
  }
}

export function savepointSql(name: string): string {
  return `SAVEPOINT ${quoteIdentifier(name)}`;
}

/** What a client hears whose transaction is gone. */
export function lostError(reason: LostReason): DosqlError {
  if (reason === "rolled-back") {
    return new DosqlError(
      "transaction-state",
      "the transaction was rolled back by an earlier error",
      { hint: "end it with ROLLBACK and start again" },
    );
  }
  const held = reason === "idle-reading" ? "" : "held the write lease and ";
  return new DosqlError(
    "idle-in-transaction",
    `the transaction was rolled back: it ${held}was idle for too long`,
    { hint: "run it again, without pauses between its statements" },
  );
}
