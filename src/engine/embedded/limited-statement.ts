import type { Row, SqlValue } from "../../base/value.ts";
import type {
  EmbeddedColumn,
  EmbeddedRunResult,
  EmbeddedStatement,
} from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { listParameters } from "../../sql/read/parameters.ts";

const SELECT = "SELECT ";

/** A statement that runs another text than the one its program wrote. */
export class LimitedStatement implements EmbeddedStatement {
  /** The program's. */
  readonly text: string;
  readonly #inner: EmbeddedStatement;
  readonly #value: EmbeddedStatement;

  /**
   * @param inner knows the names of its parameters
   * @param value `SELECT ?`, by which SQLite shows a value
   */
  constructor(text: string, inner: EmbeddedStatement, value: EmbeddedStatement) {
    this.text = text;
    this.#inner = inner;
    this.#value = value;
  }

  bindNames(): void {}

  columns(): readonly EmbeddedColumn[] {
    return this.#inner.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    return this.#inner.all(params, integers);
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    return this.#inner.first(params, integers);
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    return this.#inner.firstRecord(params);
  }

  iterate(params: Row): IterableIterator<Row> {
    return this.#inner.iterate(params);
  }

  run(params: Row, integers: IntegerMode): EmbeddedRunResult {
    return this.#inner.run(params, integers);
  }

  expanded(params: Row): string {
    const edits = listParameters(this.text).map(({ number, start, end }) => {
      const shown = this.#value.expanded([params[number - 1] ?? null]);
      return { start, end, text: shown.slice(SELECT.length) };
    });
    return applyEdits(this.text, edits);
  }
}
