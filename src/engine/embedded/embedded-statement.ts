import type { Row, SqlValue } from "../../base/value.ts";
import type { EmbeddedColumn, EmbeddedStatement } from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { StatementFacts } from "./embedded-text.ts";
import type { EmbeddedWork } from "./embedded-work.ts";
import type { EmbeddedWriter } from "./embedded-writer.ts";
import type { SyncRunResult, SyncStatement } from "../session/sync-database.ts";

/** What a statement needs of its connection besides itself. */
export interface StatementHost {
  /** Where its writes go; null for a connection that the engine has no part in. */
  readonly writer: EmbeddedWriter | null;
  /** What the change log must know of a text. */
  readWork(sql: string): EmbeddedWork;
  /** Functions of the user, or of an extension, were ever defined. */
  readonly hasUserFunctions: boolean;
  /** Runs it and counts its changes by what `total_changes()` says. */
  runCounted(statement: EmbeddedStatement, params: Row, integers: IntegerMode): SyncRunResult;
  /** What `last_insert_rowid()` says. */
  lastRowid(integers: IntegerMode): number | bigint;
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
  /** It can neither write nor begin nor end a transaction. */
  readonly #harmless: boolean;
  #work: EmbeddedWork | null = null;

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
    this.#harmless = this.#pure || (traits.readonly && traits.facts.kind !== "control");
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#statement.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    const mode = this.#mayRepeat() ? integers : "bigint";
    if (this.#pure) return this.#statement.all(params, mode);
    const rows = this.#perform(() => this.#statement.all(params, mode));
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return rows;
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    const mode = this.#mayRepeat() ? integers : "bigint";
    if (this.#pure) return this.#statement.first(params, mode);
    const row = this.#perform(() => this.#statement.first(params, mode));
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return row;
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const record = this.#perform(() => this.#statement.firstRecord(params));
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    return record;
  }

  iterate(params: Row): IterableIterator<Row> {
    if (this.#durability) return this.all(params, "bigint").values();
    return this.#harmless || this.#host.writer?.joined !== true
      ? this.#statement.iterate(params)
      : this.#written(params);
  }

  run(params: Row, integers: IntegerMode): SyncRunResult {
    if (this.#counts) {
      return this.#perform(() => this.#statement.run(params, integers), changesOf);
    }
    const result = this.#perform(() => this.#host.runCounted(this.#statement, params, integers));
    if (this.#durability) this.#host.noticePragmas(this.#statement.text);
    // The rowid may have been put right behind it.
    if (this.#harmless || this.#host.writer?.joined !== true) return result;
    return { changes: result.changes, lastRowid: this.#host.lastRowid(integers) };
  }

  expanded(params: Row): string {
    return this.#statement.expanded(params);
  }

  #perform<T>(body: () => T, changesOf: (result: T) => number | null = () => null): T {
    const { writer } = this.#host;
    if (this.#harmless || writer?.joined !== true) return body();
    this.#work ??= this.#host.readWork(this.#statement.text);
    return writer.perform(this.#work, body, changesOf);
  }

  /**
   * Rows of a statement that writes, which SQLite does before it gives the first one: so the
   * statement is over by then, and its transaction need not stay open for a slow reader.
   */
  *#written(params: Row): IterableIterator<Row> {
    yield* this.all(params, "bigint");
  }

  /** Whether nobody would notice it run twice: user functions would. */
  #mayRepeat(): boolean {
    return this.#pure && !this.#host.hasUserFunctions;
  }
}

function changesOf({ changes }: SyncRunResult): number {
  return changes;
}
