import type { Statement } from "../../ast/statement.ts";
import { PostgresUpkeep } from "./upkeep.ts";

/** Any statement. */
export abstract class PostgresCommands extends PostgresUpkeep {
  protected statement(): Statement {
    switch (this.word) {
      case "SELECT":
      case "INSERT":
      case "UPDATE":
      case "DELETE":
      case "WITH":
      case "VALUES":
      case "MERGE":
      case "TABLE":
      case "(":
        return this.queryOrChange();
      case "EXPLAIN":
        return this.explain(this.verb());
      default:
        return this.command();
    }
  }

  private explain(start: number): Statement {
    const words = ["ANALYZE", "ANALYSE", "VERBOSE"];
    const options = this.isExplainedQuery() ? [] : this.upkeepOptions(words);
    const statement = this.explained();
    return { kind: "explain", start, end: this.last, queryPlan: false, options, statement };
  }

  /** Whether the parenthesis at hand holds a query, not options. */
  private isExplainedQuery(): boolean {
    if (!this.is("(")) return false;
    return this.behind(() => {
      if (this.is("VALUES")) return this.peek() === "(";
      return this.is("(") || this.isQuery();
    });
  }

  /** What EXPLAIN can explain. */
  private explained(): Statement {
    switch (this.word) {
      case "EXECUTE":
        return this.execute();
      case "DECLARE":
        return this.declareCursor();
      case "CREATE":
      case "REFRESH":
        return this.explainedDefinition();
      default:
        return this.queryOrChange();
    }
  }

  /** A definition that runs a query. */
  private explainedDefinition(): Statement {
    const { start } = this;
    const word = this.sql.slice(start, this.end);
    const statement = this.command();
    const runs =
      statement.kind === "refresh-view" ||
      (statement.kind === "create-table" && statement.query !== null) ||
      (statement.kind === "create-view" && statement.materialized);
    if (!runs) this.refuse(`syntax error at or near "${word}"`, start);
    return statement;
  }
}
