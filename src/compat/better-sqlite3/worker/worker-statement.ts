import type { Row, SqlValue } from "../../../base/value.ts";
import { readStatement } from "../../../engine/embedded/embedded-text.ts";
import type { SyncRunResult, SyncStatement } from "../../../engine/session/sync-database.ts";
import type { EmbeddedColumn } from "../../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";
import { splitScript } from "../../../sql/script/split.ts";
import { beforeNul, endsTransaction } from "../statement-text.ts";
import type {
  WorkerDescription,
  WorkerExecution,
  WorkerRecord,
  WorkerRequest,
  WorkerRows,
} from "./worker-message.ts";
import type { Lasting } from "./worker-connection.ts";
import { WorkerCursor } from "./worker-cursor.ts";
import type { WorkerHost } from "./worker-host.ts";

/** `SyncStatement` in another process. */
export class WorkerStatement implements SyncStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly lasting: Lasting;
  readonly parameters: readonly (string | null)[];
  readonly unsettledColumns: boolean;
  readonly #host: WorkerHost;
  readonly #id: number;
  readonly #sql: string;
  /** Of the process that knows the statement; 0: none does. */
  #generation = 0;
  /** As an execution just now, or the compilation, has told them. */
  #columns: readonly EmbeddedColumn[] | null;

  constructor(host: WorkerHost, sql: string) {
    this.#host = host;
    this.#id = host.nextId();
    this.#sql = sql;
    const { reader, readonly, columns } = this.#compile();
    this.reader = reader;
    this.readonly = readonly;
    this.lasting = endsTransaction(sql) ? "always" : readonly ? "no" : "alone";
    this.#columns = columns;
    const facts = readStatement(splitScript(beforeNul(sql))[0]?.text ?? "");
    this.parameters = facts.parameters;
    this.unsettledColumns = facts.star;
  }

  columns(): readonly EmbeddedColumn[] {
    const known = this.#columns;
    this.#columns = null;
    return known ?? (this.ask({ op: "columns", id: this.#id }) as EmbeddedColumn[]);
  }

  all(params: Row, integers: IntegerMode): Row[] {
    const request = { op: "all", ...this.#execution(params, integers) } as const;
    return this.heard(this.ask(request) as WorkerRows).rows;
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    const request = { op: "first", ...this.#execution(params, integers) } as const;
    const row = this.ask(request) as Row | undefined;
    this.#unsettle();
    return row;
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const request = { op: "record", ...this.#execution(params, "bigint") } as const;
    const record = this.ask(request) as WorkerRecord;
    this.#unsettle();
    return record;
  }

  iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    return new WorkerCursor(this.#host, this, this.#execution(params, integers));
  }

  run(params: Row, integers: IntegerMode): SyncRunResult {
    const request = { op: "run", ...this.#execution(params, integers) } as const;
    const done = this.ask(request) as SyncRunResult;
    this.#host.ran(this.#sql, params);
    return done;
  }

  expanded(params: Row): string {
    return this.ask({ op: "expanded", id: this.#id, params }) as string;
  }

  /** The process knows the statement no longer. */
  forget(): void {
    this.#generation = 0;
  }

  /** Has the process know the statement. */
  require(): void {
    const { connection } = this.#host;
    // What was foreseen may tell that the process is gone.
    connection.settle();
    connection.connect();
    if (this.#generation !== connection.generation) this.#compile();
  }

  ask(request: WorkerRequest): unknown {
    this.require();
    return this.#host.connection.ask(request, this.lasting);
  }

  /** Takes from an answer what it tells of the statement. */
  heard<Told extends WorkerRows>(told: Told): Told {
    if (told.columns !== null) this.#columns = told.columns;
    return told;
  }

  /** An execution may have made others of the columns, and has told nothing of them. */
  #unsettle(): void {
    if (this.unsettledColumns) this.#columns = null;
  }

  #execution(params: Row, integers: IntegerMode): WorkerExecution {
    return { id: this.#id, params, bigints: integers === "bigint" };
  }

  #compile(): WorkerDescription {
    const { connection } = this.#host;
    const { number: database } = this.#host;
    const request = { op: "prepare", id: this.#id, sql: this.#sql, database } as const;
    this.#host.enter();
    const description = connection.ask(request) as WorkerDescription;
    this.#generation = connection.generation;
    connection.compiling(this.#id, this);
    return description;
  }
}
