import type { Row, SqlValue } from "../../base/value.ts";
import type {
  EmbeddedColumn,
  EmbeddedRunResult,
  EmbeddedStatement,
} from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";

/** A statement that binds more than its program gives. */
export class AskingStatement implements EmbeddedStatement {
  readonly #shown: EmbeddedStatement;
  readonly #inner: EmbeddedStatement;
  readonly #bind: (params: Row) => Row;

  /**
   * @param shown the program's own text, compiled; never run
   * @param inner what is run instead; it knows the names of its parameters
   * @param bind adds values to those that were given
   */
  constructor(shown: EmbeddedStatement, inner: EmbeddedStatement, bind: (params: Row) => Row) {
    this.#shown = shown;
    this.#inner = inner;
    this.#bind = bind;
  }

  get text(): string {
    return this.#shown.text;
  }

  bindNames(names: readonly (string | null)[]): void {
    this.#shown.bindNames(names);
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#inner.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    return this.#inner.all(this.#bind(params), integers);
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    return this.#inner.first(this.#bind(params), integers);
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    return this.#inner.firstRecord(this.#bind(params));
  }

  iterate(params: Row): IterableIterator<Row> {
    return this.#inner.iterate(this.#bind(params));
  }

  run(params: Row, integers: IntegerMode): EmbeddedRunResult {
    return this.#inner.run(this.#bind(params), integers);
  }

  expanded(params: Row): string {
    return this.#shown.expanded(params);
  }
}
