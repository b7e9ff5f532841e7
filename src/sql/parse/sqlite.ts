import type { Parsed } from "../ast/statement.ts";
import { hintsBetween } from "./hints.ts";
import { SqliteCommands } from "./sqlite/commands.ts";

/** SQLite's grammar, from the statement down. */
class SqliteParser extends SqliteCommands {
  parse(at: number): Parsed {
    const empty = this.atEnd() || this.word === ";";
    const statement = empty ? null : this.statement();
    if (!this.atEnd() && this.word !== ";") this.fail("the end of the statement");
    const { sql, dialect, parameters, end } = this;
    const hints = hintsBetween(sql, dialect, at, end);
    return { statement, hints, parameters, end, more: this.next() };
  }
}

/**
 * Parses one statement of SQLite's grammar, from an offset on.
 *
 * @throws DosqlError `syntax` in SQLite's wording, with the offset; `limit` for a text that is
 *   too long or nested too deeply.
 * @example
 * parseSqlite("SELECT 1").statement; // { kind: "query", … }
 */
export function parseSqlite(sql: string, at: number = 0): Parsed {
  return new SqliteParser(sql, at).parse(at);
}
