import { MAX_RESULT_BYTES, resultTooLarge, rowSizeBytes } from "../base/row-size.ts";
import type { Row } from "../base/value.ts";
import type { ColumnInfo, IntegerMode, RunResult } from "../ports/sql-driver.ts";
import type { StatementClass } from "../sql/read/statement-class.ts";
import type { Handle, Plan } from "./handle.ts";
import type { KnownText } from "./known-text.ts";
import type { ResultSet } from "./result-set.ts";
import { RowidState } from "./rowid-state.ts";
import type { Shard } from "./shard.ts";

/** How a session wants its statements run. */
interface RunnerOptions {
  readonly integers: IntegerMode;
  /** This thread serves others too, so results are limited here as in a reader process. */
  readonly bounded: boolean;
  readonly reportSize: boolean;
}

/** Runs single statements of one session on a connection it may use, and shapes their results. */
export class StatementRunner {
  readonly #shard: Shard;
  readonly #integers: IntegerMode;
  readonly #rowids: RowidState;
  readonly #bounded: boolean;
  readonly #reportSize: boolean;

  constructor(shard: Shard, options: RunnerOptions) {
    this.#shard = shard;
    this.#integers = options.integers;
    this.#bounded = options.bounded;
    this.#reportSize = options.reportSize;
    this.#rowids = new RowidState(shard);
  }

  read(text: KnownText, values: Row, handle: Handle): ResultSet {
    if (text.class.mentions.rowidState) this.#rowids.restore(this);
    const plan = handle.plan(text.sql);
    const rows =
      this.#bounded && !isShortRead(text, plan)
        ? this.#boundedRows(plan, values)
        : plan.statement.all(values, this.#integers);
    const result = this.result(text, plan.columns, rows);
    const { counts } = plan.statement;
    return counts === undefined ? result : { ...result, ...counts };
  }

  /** On the writer; the caller holds the lease. */
  write(text: KnownText, values: Row): ResultSet {
    const { changes } = this.#shard;
    if (text.class.kind === "ddl") return changes.runDdl(text.sql, () => this.#write(text, values));
    changes.prepare(text.change);
    return this.#write(text, values);
  }

  #write(text: KnownText, values: Row): ResultSet {
    const { writer } = this.#shard;
    if (text.class.mentions.rowidState) this.#rowids.restore(this);
    const plan = writer.plan(text.sql);
    const writes = text.class.kind === "write";
    let rows: Row[] = [];
    let done: RunResult | null = null;
    try {
      if (plan.columns.length > 0) rows = plan.statement.all(values, this.#integers);
      else done = plan.statement.run(values);
    } finally {
      // Also a statement that failed in the middle moved the connection's last rowid.
      done ??= writer.driver.lastRun();
      if (writes) this.#rowids.wrote(this, done);
    }
    if (changesSchema(text.class)) writer.forget();
    const result = this.result(text, plan.columns, rows, writes ? done.changes : 0);
    const { counts } = plan.statement;
    return counts === undefined ? result : { ...result, ...counts };
  }

  /** Rows of a read that may be long, on a thread that must not run out of memory. */
  #boundedRows(plan: Plan, values: Row): Row[] {
    const rows: Row[] = [];
    let sizeBytes = 0;
    for (const row of plan.statement.iterate(values, this.#integers)) {
      sizeBytes += rowSizeBytes(row);
      if (sizeBytes > MAX_RESULT_BYTES) throw resultTooLarge();
      rows.push(row);
    }
    return rows;
  }

  result(
    text: KnownText,
    columns: readonly ColumnInfo[] = [],
    rows: Row[] = [],
    changes = 0,
  ): ResultSet {
    return {
      columns,
      rows,
      changes,
      lastRowid: this.#rowids.lastRowid,
      command: text.class.command,
      ...(this.#reportSize ? { sizeBytes: this.#shard.writer.driver.sizeBytes() } : {}),
    };
  }

  /** The answer of a PRAGMA that we keep ourselves. */
  flag(text: KnownText, name: string, value: boolean): ResultSet {
    const column = { name, table: null, column: null, declaredType: null };
    const number = value ? 1 : 0;
    return this.result(text, [column], [[this.#integers === "bigint" ? BigInt(number) : number]]);
  }
}

/** Whether plans and the catalog must be read afresh after such a statement. */
export function changesSchema(statement: StatementClass): boolean {
  return statement.kind === "ddl" || statement.kind === "maintenance";
}

/** Reads of the whole database that are spelled as a PRAGMA. */
const LONG_PRAGMAS: ReadonlySet<string> = new Set([
  "foreign_key_check",
  "integrity_check",
  "quick_check",
]);

/** Whether a read ends at once; see `isShort`, which knows SELECT only. */
export function isShortRead(text: KnownText, plan: Plan): boolean {
  const { explain, pragma } = text.class;
  if (explain) return true;
  return pragma === undefined ? plan.short : !LONG_PRAGMAS.has(pragma.name);
}
