import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { EmbeddedColumn } from "../../ports/embedded-driver.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { printValue } from "../../sql/quote.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import { splitScript } from "../../sql/script/split.ts";
import type { ResultSet } from "../session/result-set.ts";
import type { StatementInfo } from "../session/session.ts";
import type { Shard } from "../shard.ts";
import type { SyncDatabase, SyncRunResult, SyncStatement } from "../session/sync-database.ts";
import { SyncSession } from "../session/sync-session.ts";
import type { PointInTime } from "./point-in-time.ts";

/**
 * A shard as it was, for a face that cannot wait. It reads on the engine's own connection: what
 * the program defined or began on its own is not there. Closing it closes nothing.
 */
export class PastSyncDatabase implements SyncDatabase {
  readonly #session: SyncSession;

  /** @throws DosqlError `invalid-argument` for what is no point in time */
  constructor(shard: Shard, asOf: PointInTime) {
    // With that level BEGIN takes no lease, and nothing here ever writes.
    this.#session = new SyncSession(shard, { asOf, isolation: "read committed" });
  }

  get inTransaction(): boolean {
    return this.#session.transaction !== "none";
  }

  prepare(sql: string): SyncStatement {
    return new PastSyncStatement(this.#session, sql, this.#session.describe(sql));
  }

  exec(sql: string, trace: ((statement: string) => void) | null): void {
    for (const { text } of splitScript(sql)) {
      trace?.(text);
      this.#session.execute(text, []);
    }
  }

  readonly defineFunction = (): never => refuse("a user function");
  readonly defineAggregate = (): never => refuse("a user function");
  readonly loadExtension = (): never => refuse("an extension");
  readonly setDefensive = (): never => refuse("unsafeMode");
  readonly backup = (): never => refuse("a backup");
  readonly serialize = (): never => refuse("serialize");

  close(): void {
    this.#session.end();
  }
}

class PastSyncStatement implements SyncStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly parameters: readonly (string | null)[];
  /** The columns are those of then. */
  readonly unsettledColumns: boolean = false;
  readonly #session: SyncSession;
  readonly #sql: string;
  readonly #columns: readonly EmbeddedColumn[];

  constructor(session: SyncSession, sql: string, info: StatementInfo) {
    this.#session = session;
    this.#sql = sql;
    this.#columns = info.columns.map((column) => ({
      ...column,
      database: column.table === null ? null : "main",
    }));
    this.reader = info.columns.length > 0;
    this.readonly = info.readonly;
    this.parameters = info.parameters.map(({ name }) => name);
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#columns;
  }

  all(params: Row): Row[] {
    return this.#execute(params).rows;
  }

  first(params: Row): Row | undefined {
    return this.all(params)[0];
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const row = this.first(params);
    if (row === undefined) return undefined;
    return Object.fromEntries(this.#columns.map(({ name }, i) => [name, row[i] ?? null]));
  }

  iterate(params: Row): IterableIterator<Row> {
    return this.all(params).values();
  }

  run(params: Row): SyncRunResult {
    const { changes, lastRowid } = this.#execute(params);
    return { changes, lastRowid };
  }

  expanded(params: Row): string {
    const edits = listParameters(this.#sql).map(({ number, start, end }) => {
      return { start, end, text: printValue(params[number - 1] ?? null) };
    });
    return applyEdits(this.#sql, edits);
  }

  #execute(params: Row): ResultSet {
    return this.#session.execute(this.#sql, params);
  }
}

function refuse(what: string): never {
  throw new DosqlError("unsupported", `${what} as of a time is not supported`);
}
