import { DosqlError } from "../../base/errors.ts";
import { LAST_COUNTER } from "../../base/hlc.ts";
import type { Moment } from "../../base/moment.ts";
import type { Row } from "../../base/value.ts";
import type { ColumnInfo, SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { applyEdits, byStart, offsetBefore } from "../../sql/change/edit.ts";
import type { Edit } from "../../sql/change/edit.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { CheckedLog } from "./checked-log.ts";
import { Ground } from "./ground.ts";
import { boundParts, withoutTakenParameters } from "./parameter-numbers.ts";
import type { BoundText } from "./parameter-numbers.ts";
import { PastNames } from "./past-names.ts";
import type { KnownPast } from "./past-names.ts";
import { PastText } from "./past-text.ts";
import type { PastSource } from "./past-text.ts";
import { momentOfValue } from "./point-in-time.ts";

/** A statement that reads tables as they were. */
export interface PastRequest {
  /** One statement, its parameters by number. */
  readonly sql: string;
  readonly values: Row;
  /** The time of tables that say none; null where only those are meant that say one. */
  readonly everywhere: Moment | null;
  /** What of the file's log was checked. */
  readonly checked: CheckedLog;
  /** What was found out about it before. */
  readonly known?: KnownPast | null;
  /** The values are not known yet: times that depend on them are that of the newest commit. */
  readonly isUnbound?: boolean;
}

/** After all commits. */
const NEWEST: Moment = {
  kind: "time",
  time: { wallMs: Number.MAX_SAFE_INTEGER, counter: LAST_COUNTER },
};

/**
 * A statement with the tables of the past standing on its connection. Between `open` and `close`
 * the connection sees one state of the database.
 */
export class PastStatement {
  /** The statement to run, over those tables. */
  readonly sql: string;
  readonly values: Row;
  readonly #ground: Ground;
  readonly #names: PastNames;
  readonly #edits: readonly Edit[];
  readonly #began: boolean;

  private constructor(ground: Ground, request: PastRequest, text: PastText, began: boolean) {
    const { sql, values } = request;
    this.#ground = ground;
    this.#began = began;
    this.#names = new PastNames(ground, request.known?.copies ?? new Map(), request.checked);
    const moments = readMoments(ground.driver, request, text.sources);
    const edits = text.edits(({ name }, i) => {
      const moment = moments[i];
      if (moment === undefined) throw new DosqlError("bug", "a table of no time");
      return this.#names.find(name, moment, text.asksRowid);
    });
    const bound = withoutTakenParameters(sql, edits, values);
    this.#edits = [...bound.edits, ...text.nameEdits(bound.edits)].sort(byStart);
    this.sql = applyEdits(sql, this.#edits);
    this.values = bound.values;
  }

  /**
   * Makes the tables.
   *
   * @param use for `read` a connection on which no transaction is open gets one until `close`
   * @param keepsRowid whether `last_insert_rowid()` of the connection means something
   * @throws DosqlError `history-gone`, `unsupported`, `invalid-argument`, or as SQLite
   */
  static open(
    driver: SqlDriver,
    request: PastRequest,
    use: "read" | "write",
    keepsRowid: boolean,
  ): PastStatement {
    const text = textOf(request);
    const begins =
      use === "read" &&
      text.sources.length > 0 &&
      driver.caps.transactionStatements &&
      !driver.inTransaction;
    if (begins) driver.exec("BEGIN");
    const ground = new Ground(driver);
    let opened: PastStatement | null = null;
    try {
      const { lastRowid } = driver.lastRun();
      opened = new PastStatement(ground, request, text, begins);
      if (keepsRowid && !ground.isBare) ground.setLastRowid(lastRowid);
      return opened;
    } finally {
      if (opened === null) end(ground, begins);
    }
  }

  /** Takes the tables away again. */
  close(): void {
    end(this.#ground, this.#began);
  }

  /** Columns of a result under the names of the tables that they were read from. */
  columns(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
    if (columns.every(({ table }) => table === null)) return columns;
    return columns.map((column) => {
      const was = column.table === null ? undefined : this.#names.called(column.table);
      return was === undefined ? column : { ...column, table: was };
    });
  }

  /** An error about the statement that ran, with its place in the one that was given. */
  located(error: unknown): unknown {
    if (!(error instanceof DosqlError) || error.at === undefined) return error;
    const { code, message, sqlite, hint, cause } = error;
    return new DosqlError(code, message, {
      at: offsetBefore(this.#edits, error.at),
      ...(sqlite === undefined ? {} : { sqlite }),
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  }
}

/** A rollback would do it all, but then SQLite reads the whole schema again (measured). */
function end(ground: Ground, began: boolean): void {
  const { driver } = ground;
  let cleared = false;
  try {
    ground.clear();
    if (began) driver.exec("COMMIT");
    cleared = true;
  } finally {
    if (!cleared && began && driver.inTransaction) driver.exec("ROLLBACK");
  }
}

function textOf({ sql, everywhere }: PastRequest): PastText {
  return new PastText(sql, statementOf(sql), everywhere !== null);
}

/** The moments that a statement names, in the order of its tables. */
export function momentsOf(driver: SqlDriver, request: PastRequest): readonly Moment[] {
  return readMoments(driver, request, textOf(request).sources);
}

/**
 * What stands behind AS OF is computed by one statement, so that `now` is one time wherever it is
 * said.
 */
function readMoments(
  driver: SqlDriver,
  { sql, values, everywhere, known, isUnbound = false }: PastRequest,
  sources: readonly PastSource[],
): readonly Moment[] {
  if (known !== undefined && known !== null) return known.moments;
  const said = sources
    .flatMap(({ value }) => (value === null ? [] : [value]))
    .filter((value) => !isUnbound || boundParts(sql, [value], []).values.length === 0);
  const computed = computeValues(driver, boundParts(sql, said, values), said.length);
  return sources.map(({ value }) => {
    if (value === null) return everywhere ?? NEWEST;
    const place = said.indexOf(value);
    return place < 0 ? NEWEST : momentOfValue(computed[place] ?? null, value.isLsn);
  });
}

function computeValues(driver: SqlDriver, { sql, values }: BoundText, count: number): Row {
  if (count === 0) return [];
  const text = `SELECT ${sql}\n`;
  const statement = driver.prepareUser?.(text) ?? driver.prepare(text);
  return statement.all(values, "bigint")[0] ?? [];
}

function statementOf(sql: string): Statement {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError) throw parsed;
  if (parsed.statement === null) throw new DosqlError("bug", "there is no statement");
  return parsed.statement;
}
