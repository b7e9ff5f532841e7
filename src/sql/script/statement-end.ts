import type { Dialect } from "../lex/dialect.ts";

/** Finds the `;` that ends a statement. Is told the word of each token, comments left out. */
export interface StatementEnd {
  /** Whether a token with this word ends the statement. */
  accept(word: string): boolean;
}

export function statementEnd(dialect: Dialect): StatementEnd {
  return dialect.name === "sqlite" ? new SqliteStatementEnd() : new PostgresStatementEnd();
}

/**
 * In SQLite only CREATE TRIGGER has a `;` inside: its body is `BEGIN stmt; … END`, where END
 * follows a `;` (or BEGIN, when there is no statement), so that the END of a CASE is never taken
 * for it.
 */
class SqliteStatementEnd implements StatementEnd {
  private state: "start" | "create" | "trigger" | "body" | "between" | "other" = "start";

  accept(word: string): boolean {
    if (word === ";") return this.acceptSemicolon();
    switch (this.state) {
      case "start":
        if (word === "CREATE") this.state = "create";
        else if (word !== "EXPLAIN" && word !== "QUERY" && word !== "PLAN") this.state = "other";
        break;
      case "create":
        if (word === "TRIGGER") this.state = "trigger";
        else if (word !== "TEMP" && word !== "TEMPORARY") this.state = "other";
        break;
      case "trigger":
        if (word === "BEGIN") this.state = "between";
        break;
      case "between":
        this.state = word === "END" ? "other" : "body";
        break;
      default:
        break;
    }
    return false;
  }

  private acceptSemicolon(): boolean {
    if (this.state === "body" || this.state === "between") {
      this.state = "between";
      return false;
    }
    this.state = "start";
    return true;
  }
}

/**
 * In Postgres a `;` inside of parentheses ends nothing (CREATE RULE has some), nor does one in a
 * function's body of `BEGIN ATOMIC stmt; … END`, where CASE has an END of its own. All other bodies
 * are strings.
 */
class PostgresStatementEnd implements StatementEnd {
  private parentheses = 0;
  /** BEGIN and CASE of a body that are open. */
  private blocks = 0;
  private before = "";

  accept(word: string): boolean {
    const { before } = this;
    this.before = word;
    switch (word) {
      case "(":
        this.parentheses++;
        break;
      case ")":
        this.parentheses = Math.max(0, this.parentheses - 1);
        break;
      case "ATOMIC":
        if (before === "BEGIN") this.blocks = 1;
        break;
      case "BEGIN":
      case "CASE":
        if (this.blocks > 0) this.blocks++;
        break;
      case "END":
        if (this.blocks > 0) this.blocks--;
        break;
      case ";":
        return this.acceptSemicolon();
      default:
    }
    return false;
  }

  private acceptSemicolon(): boolean {
    if (this.parentheses > 0 || this.blocks > 0) return false;
    this.before = "";
    return true;
  }
}
