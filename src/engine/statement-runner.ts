import type { Row } from "../base/value.ts";
import type { ColumnInfo, IntegerMode } from "../ports/sql-driver.ts";
import type { StatementClass } from "../sql/classify.ts";
import type { Handle } from "./handle.ts";
import type { KnownText } from "./known-text.ts";
import type { ResultSet } from "./result-set.ts";
import { RowidState } from "./rowid-state.ts";
import type { Shard } from "./shard.ts";

/** Runs single statements of one session on a connection it may use, and shapes their results. */
export class StatementRunner {
  readonly #shard: Shard;
  readonly #integers: IntegerMode;
  readonly #rowids: RowidState;

  constructor(shard: Shard, integers: IntegerMode) {
    this.#shard = shard;
    this.#integers = integers;
    this.#rowids = new RowidState(shard);
  }

  read(text: KnownText, values: Row, handle: Handle): ResultSet {
    if (text.class.mentions.rowidState) this.#rowids.restore(this);
    const plan = handle.plan(text.sql);
    const rows = plan.statement.all(values, this.#integers);
    const result = this.result(text, plan.columns, rows);
    const { counts } = plan.statement;
    return counts === undefined ? result : { ...result, ...counts };
  }

  /** On the writer; the caller holds the lease. */
  write(text: KnownText, values: Row): ResultSet {
    const { writer } = this.#shard;
    if (text.class.mentions.rowidState) this.#rowids.restore(this);
    const plan = writer.plan(text.sql);
    const returnsRows = plan.columns.length > 0;
    const rows = returnsRows ? plan.statement.all(values, this.#integers) : [];
    const done = returnsRows ? writer.driver.lastRun() : plan.statement.run(values);
    const writes = text.class.kind === "write";
    if (writes) this.#rowids.wrote(this, done);
    if (changesSchema(text.class)) writer.forget();
    const result = this.result(text, plan.columns, rows, writes ? done.changes : 0);
    const { counts } = plan.statement;
    return counts === undefined ? result : { ...result, ...counts };
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
