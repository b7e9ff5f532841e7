import type { Clause, CreateSchema, CreateType, Truncate } from "../../ast/postgres-schema.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresObjects } from "./objects.ts";
import { OBJECTS } from "./references.ts";

/** What may stand behind CREATE OR REPLACE, of what we refuse. */
const REPLACED: readonly string[] = [
  "AGGREGATE",
  "CONSTRAINT",
  "FUNCTION",
  "LANGUAGE",
  "PROCEDURAL",
  "PROCEDURE",
  "RULE",
  "TRANSFORM",
  "TRIGGER",
  "TRUSTED",
];

/** What may stand behind the CREATE of an element of a schema. */
const ELEMENTS: readonly string[] = [
  "CONSTRAINT",
  "GLOBAL",
  "INDEX",
  "LOCAL",
  "OR",
  "RECURSIVE",
  "SEQUENCE",
  "TABLE",
  "TEMP",
  "TEMPORARY",
  "TRIGGER",
  "UNIQUE",
  "UNLOGGED",
  "VIEW",
];

/** What has a name but no CREATE. */
const NOT_CREATED: readonly string[] = ["COLUMN", "CONSTRAINT", "LARGE OBJECT", "ROUTINE"];

/** CREATE, and all other definitions. */
export abstract class PostgresDefinitions extends PostgresObjects {
  protected override command(): Statement {
    switch (this.word) {
      case "CREATE":
        return this.create();
      case "ALTER":
        return this.peek() === "DEFAULT" ? super.command() : this.alter();
      case "DROP":
        return this.peek() === "OWNED" ? super.command() : this.drop();
      case "COMMENT":
        return this.comment();
      case "REFRESH":
        return this.refreshView();
      case "TRUNCATE":
        return this.truncate();
      default:
        return super.command();
    }
  }

  private create(): Statement {
    const start = this.verb();
    const orReplace = this.acceptPair("OR", "REPLACE");
    if (!orReplace && this.accept("UNIQUE")) {
      return this.is("INDEX") ? this.createIndex(start, true) : this.fail("INDEX");
    }
    const persistence = this.persistence();
    const recursive = this.accept("RECURSIVE");
    if (recursive && !this.is("VIEW")) this.fail("VIEW");
    if (this.accept("VIEW")) {
      return this.createView(start, persistence, orReplace, recursive, false);
    }
    if (!orReplace) {
      if (this.accept("TABLE")) return this.createTable(start, persistence);
      if (this.accept("SEQUENCE")) return this.createSequence(start, persistence);
      if (persistence !== "TEMP" && this.acceptPair("MATERIALIZED", "VIEW")) {
        return this.createView(start, persistence, false, false, true);
      }
    }
    if (persistence !== "") this.fail("TABLE");
    return (orReplace ? null : this.createNamed(start)) ?? this.refuseCreate(start, orReplace);
  }

  private createNamed(start: number): Statement | null {
    switch (this.word) {
      case "INDEX":
        return this.createIndex(start, false);
      case "TYPE":
        return this.createType(start);
      case "DOMAIN":
        return this.createDomain(start);
      case "SCHEMA":
        return this.createSchema(start);
      case "EXTENSION":
        return this.createExtension(start);
      case "ROLE":
      case "USER":
      case "GROUP":
        return this.createRole(start);
      case "DATABASE": {
        this.advance();
        const name = this.name("a database");
        const options = this.databaseOptions();
        return { kind: "create-database", start, end: this.last, name, options };
      }
      default:
        return null;
    }
  }

  /** Refuses by its name what we have not. */
  private refuseCreate(start: number, orReplace: boolean): never {
    if (orReplace && !REPLACED.includes(this.word)) this.fail("VIEW");
    this.accept("TRUSTED");
    if (this.isPair("DEFAULT", "CONVERSION")) this.advance();
    let what = "";
    if (this.accept("ASSERTION")) what = "ASSERTION";
    else if (this.acceptPair("CONSTRAINT", "TRIGGER")) what = "CONSTRAINT TRIGGER";
    else what = this.phrase(OBJECTS);
    if (what === "" || NOT_CREATED.includes(what)) this.fail("a kind of object");
    return this.unsupported(`CREATE ${what}`, start);
  }

  private createType(start: number): CreateType {
    this.advance();
    const name = this.objectName("a type");
    if (this.is("(")) this.unsupported("CREATE TYPE of a base type", start);
    let form: CreateType["form"] = "SHELL";
    let labels: CreateType["labels"] = [];
    let attributes: CreateType["attributes"] = [];
    if (this.accept("AS")) {
      if (this.is("RANGE")) this.unsupported("CREATE TYPE AS RANGE", start);
      form = this.accept("ENUM") ? "ENUM" : "COMPOSITE";
      this.expect("(");
      if (!this.is(")")) {
        if (form === "ENUM") labels = this.list(() => this.stringConstant());
        else attributes = this.list(() => this.attribute());
      }
      this.expect(")");
    }
    return { kind: "create-type", start, end: this.last, form, name, labels, attributes };
  }

  private createDomain(start: number): Statement {
    this.advance();
    const name = this.objectName("a domain");
    this.accept("AS");
    const type = this.typeName();
    const constraints = this.columnConstraints();
    return { kind: "create-domain", start, end: this.last, name, type, constraints };
  }

  private createSchema(start: number): CreateSchema {
    this.advance();
    const ifNotExists = this.ifNotExists();
    const name = this.is("AUTHORIZATION") ? null : this.name("a schema");
    const owner = this.accept("AUTHORIZATION") ? this.role() : null;
    const elements: CreateSchema["elements"][number][] = [];
    while (this.is("CREATE") || this.is("GRANT")) {
      if (ifNotExists) this.refuse("CREATE SCHEMA IF NOT EXISTS cannot include schema elements");
      elements.push(this.schemaElement());
    }
    return { kind: "create-schema", start, end: this.last, ifNotExists, name, owner, elements };
  }

  private schemaElement(): CreateSchema["elements"][number] {
    if (this.is("CREATE") && !ELEMENTS.includes(this.peek())) {
      this.advance();
      this.fail("an element of a schema");
    }
    const found = this.command();
    switch (found.kind) {
      case "create-index":
      case "create-sequence":
      case "grant":
        return found;
      case "create-table":
        if (found.query === null) return found;
        break;
      case "create-view":
        if (!found.materialized) return found;
        break;
      default:
    }
    return this.refuse('syntax error at or near "AS"', found.start);
  }

  private createExtension(start: number): Statement {
    this.advance();
    const ifNotExists = this.ifNotExists();
    const name = this.name("an extension");
    this.accept("WITH");
    const clauses: Clause[] = [];
    for (;;) {
      const clause = this.extensionClause();
      if (clause === null) break;
      clauses.push(clause);
    }
    return { kind: "create-extension", start, end: this.last, ifNotExists, name, clauses };
  }

  private extensionClause(): Clause | null {
    const { start } = this;
    if (this.is("FROM")) this.refuse("CREATE EXTENSION ... FROM is no longer supported");
    const word = this.acceptOneOf(["SCHEMA", "VERSION", "CASCADE"]);
    if (word === "") return null;
    if (word === "CASCADE") return this.clause(start, word);
    return this.clause(start, word, word === "SCHEMA" ? this.name("a schema") : this.version());
  }

  private truncate(): Truncate {
    const start = this.verb();
    this.accept("TABLE");
    const tables = this.list(() => this.plainTable());
    const identity = this.acceptOneOf(["CONTINUE", "RESTART"]);
    if (identity !== "") this.expect("IDENTITY");
    const behavior = this.behavior();
    return { kind: "truncate", start, end: this.last, tables, identity, behavior };
  }
}
