import { DosqlError } from "../../base/errors.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { foldName } from "../../sql/fold-name.ts";

/** An index that a restore could not make. */
export interface LeftIndex {
  readonly name: string;
  readonly table: string;
  readonly why: string;
}

/**
 * Indexes that need a function or a collation which is not here. They hold nothing that is not in
 * their tables, so that a restore goes on without them, and names them at the end.
 */
export class LeftOut {
  /** By name in lower case. */
  #indexes = new Map<string, LeftIndex>();

  /** Where a savepoint begins. */
  mark(): ReadonlyMap<string, LeftIndex> {
    return new Map(this.#indexes);
  }

  /** After a rollback to where the mark was made. */
  reset(mark: ReadonlyMap<string, LeftIndex>): void {
    this.#indexes = new Map(mark);
  }

  /** Makes an index, or notes why not. */
  makeIndex(name: string, table: string, make: () => void): void {
    this.#indexes.delete(foldName(name));
    try {
      make();
    } catch (error) {
      if (!isAbsence(error)) throw error;
      const { message: why } = error.cause instanceof DosqlError ? error.cause : error;
      this.#indexes.set(foldName(name), { name, table, why });
    }
  }

  /**
   * Before DDL.
   *
   * @returns whether the statement concerns such an index only, and must not run
   */
  follow(statement: Statement | null): boolean {
    if (statement?.kind === "drop") {
      const names = statement.names.map(({ name }) => foldName(name.text));
      if (statement.object === "INDEX") {
        return names.filter((name) => this.#indexes.delete(name)).length > 0;
      }
      for (const [key, { table }] of this.#indexes) {
        if (names.includes(foldName(table))) this.#indexes.delete(key);
      }
    } else if (statement?.kind === "alter-table") {
      const from = foldName(statement.name.name.text);
      for (const action of statement.actions) {
        if (action.kind !== "rename-table") continue;
        for (const [key, index] of this.#indexes) {
          if (foldName(index.table) !== from) continue;
          this.#indexes.set(key, { ...index, table: action.to.text });
        }
      }
    }
    return false;
  }

  /** `index i of table t: no such function: f` */
  describe(): string[] {
    return [...this.#indexes.values()].map(
      ({ name, table, why }) => `index ${name} of table ${table}: ${why}`,
    );
  }
}

/** Whether something is missing here that was there where the database comes from. */
function isAbsence(error: unknown): error is DosqlError {
  return (
    error instanceof DosqlError &&
    /\bno such (?:function|collation sequence|module|tokenizer)\b/i.test(error.message)
  );
}

/**
 * What one hears whose database has something that cannot be made here.
 *
 * @param what `table t`
 */
export function cannotMake(what: string, error: DosqlError, sql: string): DosqlError {
  const missing = isAbsence(error);
  const cut = sql.length > 200 ? `${sql.slice(0, 200)}…` : sql;
  return new DosqlError(
    missing ? "unsupported" : "bad-file",
    `${what} cannot be made again: ${error.message}`,
    {
      hint: missing
        ? "it needs what the program that wrote it had defined: copy the database file instead, " +
          `or change the table there before; its text is: ${cut}`
        : `the statement is: ${cut}`,
      cause: error,
    },
  );
}
