import type { Transaction } from "../../ast/control.ts";
import type { Literal } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { Attach, Maintain, Pragma } from "../../ast/sqlite.ts";
import type { Statement } from "../../ast/statement.ts";
import { SqliteTriggers } from "./triggers.ts";

const LOCKS = ["DEFERRED", "IMMEDIATE", "EXCLUSIVE"] as const;

/** All of SQLite's statements, by their first word. */
export abstract class SqliteCommands extends SqliteTriggers {
  protected statement(): Statement {
    switch (this.word) {
      case "SELECT":
      case "VALUES":
        return this.query();
      case "WITH":
      case "INSERT":
      case "REPLACE":
      case "UPDATE":
      case "DELETE":
        return this.queryOrChange();
      default:
        return this.command();
    }
  }

  private command(): Statement {
    const { start, word } = this;
    this.advance();
    switch (word) {
      case "EXPLAIN":
        return this.explain(start);
      case "BEGIN":
      case "COMMIT":
      case "ROLLBACK":
      case "SAVEPOINT":
      case "RELEASE":
        return this.transaction(start, word);
      case "END":
        return this.transaction(start, "COMMIT");
      case "CREATE":
        return this.create(start);
      case "DROP":
        return this.drop(start);
      case "ALTER":
        return this.alterTable(start);
      case "PRAGMA":
        return this.pragma(start);
      case "ATTACH":
        return this.attach(start);
      case "DETACH": {
        this.accept("DATABASE");
        const schema = this.expression();
        return { kind: "detach", start, end: this.last, schema };
      }
      case "VACUUM":
      case "ANALYZE":
      case "REINDEX":
        return this.maintain(start, word);
      default:
        return this.failAt(start, "a statement");
    }
  }

  private explain(start: number): Statement {
    const queryPlan = this.acceptPair("QUERY", "PLAN");
    if (this.word === "EXPLAIN") this.fail("a statement");
    const statement = this.statement();
    return { kind: "explain", start, end: this.last, queryPlan, options: [], statement };
  }

  private transaction(
    start: number,
    word: "BEGIN" | "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "RELEASE",
  ): Transaction {
    let action: Transaction["action"] = word;
    let name: Name | null = null;
    const lock = word === "BEGIN" ? this.acceptOneOf(LOCKS) : "";
    let toSavepoint = word === "SAVEPOINT" || word === "RELEASE";
    if (!toSavepoint) {
      if (this.accept("TRANSACTION") && this.isName()) name = this.takeName();
      toSavepoint = word === "ROLLBACK" && this.accept("TO");
      if (toSavepoint) action = "ROLLBACK TO";
    }
    if (toSavepoint) {
      if (word !== "SAVEPOINT") this.accept("SAVEPOINT");
      name = this.name("a savepoint");
    }
    const end = this.last;
    return { kind: "transaction", start, end, action, name, id: null, lock, modes: [], chain: "" };
  }

  private pragma(start: number): Pragma {
    const name = this.objectNameOfTable();
    let form: Pragma["form"] = "";
    let value: Pragma["value"] = null;
    if (this.accept("=") || this.accept("==")) {
      form = "=";
      value = this.pragmaValue();
    } else if (this.accept("(")) {
      form = "()";
      value = this.pragmaValue();
      this.expect(")");
    }
    return { kind: "pragma", start, end: this.last, name, form, value };
  }

  private pragmaValue(): Literal | Name {
    const { start, end, kind } = this;
    switch (kind) {
      case "string":
        return { kind, start, end, value: this.takeName().text };
      case "identifier":
      case "quoted":
        if (this.is("ON") || this.is("DELETE") || this.is("DEFAULT")) return this.takeName();
        return this.name("a value");
      default:
        return this.signedNumber();
    }
  }

  private attach(start: number): Attach {
    this.accept("DATABASE");
    const file = this.expression();
    this.expect("AS");
    const schema = this.expression();
    const key = this.accept("KEY") ? this.expression() : null;
    return { kind: "attach", start, end: this.last, file, schema, key };
  }

  private maintain(start: number, action: Maintain["action"]): Maintain {
    const vacuum = action === "VACUUM";
    let name: Maintain["name"] = null;
    if (this.isName()) {
      name = vacuum ? this.tableName(null, this.takeName()) : this.objectNameOfTable();
    }
    const into = vacuum && this.accept("INTO") ? this.expression() : null;
    return { kind: "maintain", start, end: this.last, action, name, into };
  }
}
