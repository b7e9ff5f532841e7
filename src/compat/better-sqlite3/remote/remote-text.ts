import type { Row } from "../../../base/value.ts";
import type { EmbeddedColumn } from "../../../ports/embedded-driver.ts";
import type { RemoteConnection } from "./remote-connection.ts";
import type { Reply } from "./remote-reply.ts";
import type { RequestWriter } from "./remote-request.ts";

/** Cells of one column, in the server's order: name, table, column, declared type. */
const CELLS = 4;

/** A text that the server has compiled, or will when it is next run. */
export class RemoteText {
  readonly sql: string;
  readonly #connection: RemoteConnection;
  readonly #name: string;
  /** Of the connection that knows the name; 0: none does. */
  #generation = 0;
  columns: readonly EmbeddedColumn[] = [];
  readonly = false;

  constructor(sql: string, name: string, connection: RemoteConnection) {
    this.sql = sql;
    this.#name = name;
    this.#connection = connection;
  }

  /** Has the server compile it now. */
  prepare(): void {
    const reply = this.#connection.ask({
      integers: "bigint",
      repeatable: true,
      write: (writer) => {
        this.#parse(writer);
        writer.sync();
      },
    });
    this.heard(reply);
  }

  /** The name by which the server knows it, after it was told where it does not. */
  name(writer: RequestWriter): string {
    if (this.#generation !== this.#connection.generation) this.#parse(writer);
    return this.#name;
  }

  /** Takes from an answer what it tells of the statement. */
  heard({ described, columns }: Reply): void {
    if (described !== null) {
      this.#generation = this.#connection.generation;
      this.readonly = described[0] === 1n || described[0] === 1;
      this.columns = columnsOf(described, 1);
    }
    if (columns !== null) this.columns = columnsOf(columns, 0);
  }

  /** The server forgets it; it is told again when it is run. */
  forget(): void {
    const { generation } = this.#connection;
    if (this.#generation !== generation) return;
    this.#generation = 0;
    this.#connection.later((writer) => writer.closeStatement(this.#name));
  }

  #parse(writer: RequestWriter): void {
    this.#connection.compiling(this);
    writer.parse(this.#name, this.sql);
    writer.describe(this.#name);
  }
}

function columnsOf(cells: Row, start: number): EmbeddedColumn[] {
  const columns: EmbeddedColumn[] = [];
  for (let at = start; at < cells.length; at += CELLS) {
    const [name, table, column, declaredType] = cells.slice(at, at + CELLS) as (string | null)[];
    columns.push({
      name: name ?? "",
      table: table ?? null,
      column: column ?? null,
      declaredType: declaredType ?? null,
      // There is no other: ATTACH and TEMP are refused.
      database: table === null ? null : "main",
    });
  }
  return columns;
}
