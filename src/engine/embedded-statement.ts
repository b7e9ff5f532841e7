import type { Row, SqlValue } from "../base/value.ts";
import type { EmbeddedColumn, EmbeddedStatement } from "../ports/embedded-driver.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import type { StatementFacts } from "./embedded-text.ts";
import type { SyncRunResult, SyncStatement } from "./sync-database.ts";

/** What a statement needs of its connection besides itself. */
export interface StatementHost {
  /** Functions of the user, or of an extension, were ever defined. */
  readonly hasUserFunctions: boolean;
  /** Runs it and counts its changes by what `total_changes()` says. */
  runCounted(statement: EmbeddedStatement, params: Row, integers: IntegerMode): SyncRunResult;
  /** After SQL that may have set the journal mode. */
  noticePragmas(sql: string): void;
}

/** What was found out when a statement was compiled. */
export interface StatementTraits {
  readonly facts: StatementFacts;
  readonly reader: boolean;
  readonly readonly: boolean;
  /** It may set the journal mode or `synchronous`. */
  readonly durability: boolean;
}

/** `SyncStatement` over a driver's statement. */
export class EmbeddedSyncStatement implements SyncStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly parameters: readonly (string | null)[];
  readonly unsettledColumns: boolean;
  readonly #statement: EmbeddedStatement;
  readonly #host: StatementHost;
  /** Whether `sqlite3_changes()` after it is its own: it is no other statement's leftover. */
  readonly #counts: boolean;
  readonly #pure: boolean;
  readonly #durability: boolean;

  constructor(statement: EmbeddedStatement, traits: StatementTraits, host: StatementHost) {
    this.reader = traits.reader;
    this.readonly = traits.readonly;
    this.parameters = traits.facts.parameters;
    this.unsettledColumns = traits.facts.star;
    this.#statement = statement;
    this.#host = host;
    this.#counts = traits.facts.kind === "change";
    this.#pure = traits.facts.kind === "query";
    this.#durability = traits.durability;
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#statement.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    const rows = this.#statement.all(params, this.#mayRepeat() ? integers : "bigint");
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return rows;
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    const row = this.#statement.first(params, this.#mayRepeat() ? integers : "bigint");
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return row;
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const record = this.#statement.firstRecord(params);
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return record;
  }

  iterate(params: Row): IterableIterator<Row> {
    return this.#durability ? this.all(params, "bigint").values() : this.#statement.iterate(params);
  }

  run(params: Row, integers: IntegerMode): SyncRunResult {
    if (this.#counts) return this.#statement.run(params, integers);
    const result = this.#host.runCounted(this.#statement, params, integers);
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return result;
  }

  expanded(params: Row): string {
    return this.#statement.expanded(params);
  }

  /** Whether nobody would notice it run twice: user functions would. */
  #mayRepeat(): boolean {
    return this.#pure && !this.#host.hasUserFunctions;
  }
}
