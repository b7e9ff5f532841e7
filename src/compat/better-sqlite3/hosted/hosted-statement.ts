import type { Row } from "../../../base/value.ts";
import { readStatement } from "../../../engine/embedded/embedded-text.ts";
import type { EmbeddedColumn } from "../../../ports/embedded-driver.ts";
import { splitScript } from "../../../sql/script/split.ts";
import { expandedSql } from "../expanded-sql.ts";
import { beforeNul, endsTransaction } from "../statement-text.ts";
import type { OpenDatabase, PreparedStatement } from "../surface.ts";
import type { WorkerDescription, WorkerRows } from "../worker/worker-message.ts";

interface ShowsValues {
  toString(): string;
}

/** A statement of the library's, run as `SyncStatement` is. */
export class HostedStatement {
  readonly #database: OpenDatabase;
  readonly #statement: PreparedStatement;
  readonly #parameters: readonly (string | null)[];
  readonly #unsettled: boolean;
  /** It is COMMIT, or as good as one. */
  readonly ends: boolean;
  #raw = false;
  #bigints = false;
  /** The columns that the program knows. */
  #known = "";

  constructor(database: OpenDatabase, sql: string) {
    this.#database = database;
    this.#statement = database.prepare(sql);
    const facts = readStatement(splitScript(beforeNul(sql))[0]?.text ?? "");
    this.#parameters = facts.parameters;
    this.#unsettled = facts.star;
    this.ends = endsTransaction(sql);
  }

  describe(): WorkerDescription {
    const { reader, readonly } = this.#statement;
    return { reader, readonly, columns: reader ? this.columns() : [] };
  }

  columns(): EmbeddedColumn[] {
    const columns = this.#statement.columns().map(({ type, ...column }) => ({
      ...column,
      declaredType: type,
    }));
    this.#known = JSON.stringify(columns);
    return columns;
  }

  /** The columns, where an execution may have made others of them. */
  changedColumns(): EmbeddedColumn[] | null {
    if (!this.#unsettled) return null;
    const before = this.#known;
    const columns = this.columns();
    return this.#known === before ? null : columns;
  }

  all(params: Row, bigints: boolean): WorkerRows {
    const rows = this.#moded(true, bigints).all(...this.#arranged(params)) as Row[];
    return { rows, columns: this.changedColumns() };
  }

  /** Also of what returns no rows, such as COMMIT: it is run then. */
  first(params: Row, bigints: boolean): unknown {
    if (!this.#statement.reader) {
      this.run(params, bigints);
      return undefined;
    }
    return this.#moded(true, bigints).get(...this.#arranged(params));
  }

  record(params: Row): unknown {
    return this.#moded(false, true).get(...this.#arranged(params));
  }

  run(params: Row, bigints: boolean): unknown {
    const { changes, lastInsertRowid } = this.#moded(this.#raw, bigints).run(
      ...this.#arranged(params),
    );
    return { changes, lastRowid: lastInsertRowid };
  }

  iterate(params: Row, bigints: boolean): Iterator<unknown> {
    return this.#moded(true, bigints).iterate(...this.#arranged(params));
  }

  expanded(params: Row): string {
    const { source } = this.#statement;
    let statement: PreparedStatement;
    try {
      statement = this.#database.prepare(source);
    } catch {
      // It compiled once, and no longer does: what it creates is there.
      return expandedSql(source, params);
    }
    // Only a statement that is bound shows its values.
    const bound: ShowsValues = statement.bind(...this.#arranged(params));
    return bound.toString();
  }

  #moded(raw: boolean, bigints: boolean): PreparedStatement {
    const statement = this.#statement;
    if (raw !== this.#raw) {
      if (statement.reader) statement.raw(raw);
      this.#raw = raw;
    }
    if (bigints !== this.#bigints) {
      statement.safeIntegers(bigints);
      this.#bigints = bigints;
    }
    return statement;
  }

  /** The values as the library takes them: those without names, and an object of the others. */
  #arranged(params: Row): unknown[] {
    const arranged: unknown[] = [];
    let named: Record<string, unknown> | null = null;
    this.#parameters.forEach((name, index) => {
      const value = params[index] ?? null;
      if (name === null) arranged.push(value);
      else (named ??= Object.create(null) as Record<string, unknown>)[name.slice(1)] = value;
    });
    if (named !== null) arranged.push(named);
    return arranged;
  }
}
