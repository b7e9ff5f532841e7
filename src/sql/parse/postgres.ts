import { DosqlError } from "../../base/errors.ts";
import type { Parsed } from "../ast/statement.ts";
import { illegalError } from "../lex/illegal-postgres.ts";
import { hintsBetween } from "./hints.ts";
import { PostgresDefinitions } from "./postgres/definitions.ts";

/** Postgres' grammar, from the statement down. */
class PostgresParser extends PostgresDefinitions {
  parse(at: number): Parsed {
    const empty = this.atEnd() || this.is(";");
    const statement = empty ? null : this.statement();
    if (!this.atEnd() && !this.is(";")) this.fail("the end of the statement");
    const { sql, dialect, parameters, end } = this;
    const hints = hintsBetween(sql, dialect, at, end);
    return { statement, hints, parameters, end, more: this.next() };
  }

  protected override fail(expected: string): never {
    const { sql, kind, start: at } = this;
    if (kind === "illegal") throw illegalError(sql, this);
    const place = kind === "end" ? "end of input" : `or near "${sql.slice(at, this.end)}"`;
    const hint = `expected ${expected}`;
    throw new DosqlError("syntax", `syntax error at ${place}`, { at, hint });
  }
}

/**
 * Parses one statement of the grammar of Postgres 18, from an offset on.
 *
 * @throws DosqlError `syntax` in Postgres' wording, with the offset; `unsupported` for a statement
 *   that is refused by its name; `limit` for a text that is too long or nested too deeply.
 * @example
 * parsePostgres("SELECT 1").statement; // { kind: "query", … }
 */
export function parsePostgres(sql: string, at: number = 0): Parsed {
  return new PostgresParser(sql, at).parse(at);
}
