import type { StatementInfo } from "../../../engine/session/session.ts";
import type { Command } from "../commands/command.ts";
import type { QueryText } from "../error-report.ts";
import { pgError } from "../errors.ts";
import type { ResultLayout } from "../result-layout.ts";

/** What Parse made of a text. */
export interface PreparedStatement {
  readonly name: string;
  readonly query: QueryText;
  readonly action: StatementAction;
  /** Types of its parameters, as ParameterDescription tells them. */
  readonly parameterOids: readonly number[];
  /** How its rows look; null when it returns none. */
  readonly layout: ResultLayout | null;
}

export type StatementAction =
  /** Nothing but space and comments. */
  | { readonly kind: "empty" }
  | { readonly kind: "command"; readonly command: Command }
  | {
      readonly kind: "sql";
      /** With `$n` written as `?n`. */
      readonly sql: string;
      readonly info: StatementInfo;
    };

/** The prepared statements of one session. */
export class PreparedStatements {
  readonly #statements = new Map<string, PreparedStatement>();

  refuseTaken(name: string): void {
    if (name !== "" && this.#statements.has(name)) {
      throw pgError("42P05", `prepared statement "${name}" already exists`);
    }
  }

  add(statement: PreparedStatement): void {
    this.#statements.set(statement.name, statement);
  }

  get(name: string): PreparedStatement {
    const statement = this.#statements.get(name);
    if (statement !== undefined) return statement;
    throw pgError(
      "26000",
      name === ""
        ? "unnamed prepared statement does not exist"
        : `prepared statement "${name}" does not exist`,
    );
  }

  /** Close: nobody minds when there is none. */
  close(name: string): void {
    this.#statements.delete(name);
  }

  /** DEALLOCATE: somebody does. */
  deallocate(name: string): void {
    this.get(name);
    this.#statements.delete(name);
  }

  closeAll(): void {
    this.#statements.clear();
  }
}
