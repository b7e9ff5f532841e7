import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY, logNames } from "./layout.ts";

/** Where the log ends. */
export interface Tail {
  /** The newest entry. */
  readonly head: Lsn;
  /** Whether entries wait for their commit. */
  readonly open: boolean;
  /** Else when that was; null in an empty log. */
  readonly time: Hlc | null;
}

const EMPTY: Tail = { head: LSN_ZERO, open: false, time: null };

/** Where the log of one file ends, as its writer sees it. */
export class LogTail {
  readonly #driver: SqlDriver;
  #statement: DriverStatement | null = null;
  /** What was true at a mark of the driver's. */
  #known: { readonly mark: number; readonly tail: Tail } | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** As the file says. */
  read(): Tail {
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    this.#statement ??= this.#driver.prepare(
      `SELECT lsn, kind, v0, v1 FROM ${log} ORDER BY lsn DESC LIMIT 1`,
    );
    const [row] = this.#statement.all([], "number");
    const tail = row === undefined ? EMPTY : toTail(row as readonly number[]);
    this.note(tail);
    return tail;
  }

  /** As it was read or noted since the database changed last; else as the file says. */
  recall(): Tail {
    return this.recalled ?? this.read();
  }

  /** As it was read or noted since the database changed last. */
  get recalled(): Tail | null {
    const { changeMark } = this.#driver;
    return changeMark !== undefined && this.#known?.mark === changeMark ? this.#known.tail : null;
  }

  /** The log ends there now. Nothing is remembered where looking costs no more than that. */
  note(tail: Tail): void {
    const { changeMark } = this.#driver;
    if (changeMark !== undefined) this.#known = { mark: changeMark, tail };
  }

  /** After DDL: the statement is compiled afresh. */
  forget(): void {
    this.#statement = null;
    this.#known = null;
  }
}

function toTail([lsn = 0, kind, wallMs = 0, counter = 0]: readonly number[]): Tail {
  const head = toLsn(Number(lsn));
  return kind === ENTRY.commit
    ? { head, open: false, time: { wallMs: Number(wallMs), counter: Number(counter) } }
    : { head, open: true, time: null };
}
