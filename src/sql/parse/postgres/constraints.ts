import type { ConflictAction } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { OrderTerm } from "../../ast/query.ts";
import type {
  Constraint,
  ExcludeConstraint,
  ExcludeElement,
  ForeignKey,
  KeyConstraint,
  ReferentialAction,
} from "../../ast/schema.ts";
import { type Constrained, PostgresAttributes } from "./attributes.ts";

/** Constraints of columns, tables and domains. */
export abstract class PostgresConstraints extends PostgresAttributes {
  /** The constraints behind the type of a column or domain, its collation among them. */
  protected columnConstraints(): Constraint[] {
    const constraints: Constraint[] = [];
    for (;;) {
      const constraint = this.columnConstraint();
      if (constraint === null) return constraints;
      const again = constraints.some(({ kind }) => kind === "column-collation");
      if (again && constraint.kind === "column-collation") {
        this.refuse("multiple COLLATE clauses not allowed", constraint.start);
      }
      constraints.push(constraint);
    }
  }

  /** `CONSTRAINT name`, or null. */
  private constraintName(): Name | null {
    return this.accept("CONSTRAINT") ? this.name("a constraint") : null;
  }

  private columnConstraint(): Constraint | null {
    const { start } = this;
    const name = this.constraintName();
    switch (this.word) {
      case "NOT":
        if (this.isAttribute("column")) break;
        return this.nullConstraint(start, name, "inheritable column");
      case "NULL":
        return this.nullConstraint(start, name, "column");
      case "UNIQUE":
      case "PRIMARY":
        return this.key(start, name, true);
      case "CHECK":
        return this.check(start, name, "inheritable column");
      case "DEFAULT": {
        this.advance();
        if (this.is("DEFAULT")) this.fail("an expression");
        const value = this.restrictedExpression();
        const base = this.base(start, name, "column");
        return { kind: "default", ...base, value, parenthesised: false };
      }
      case "GENERATED":
        return this.generated(start, name);
      case "REFERENCES":
        return this.foreignKey(start, name, [], false);
      case "COLLATE": {
        if (name !== null) break;
        this.advance();
        const collation = this.objectName("a collation");
        return { kind: "column-collation", ...this.base(start, name, "column"), collation };
      }
      default:
    }
    if (name !== null) this.fail("a constraint");
    const base = this.base(start, name, "column");
    return base.end > start ? { kind: "empty-constraint", ...base } : null;
  }

  private nullConstraint(start: number, name: Name | null, of: Constrained): Constraint {
    const not = this.accept("NOT");
    this.expect("NULL");
    const column = of === "NOT NULL" ? this.name("a column") : null;
    const onConflict: ConflictAction = "";
    return { kind: "null-constraint", ...this.base(start, name, of), not, column, onConflict };
  }

  private check(start: number, name: Name | null, of: Constrained): Constraint {
    this.advance();
    const condition = this.enclosed();
    return { kind: "check", ...this.base(start, name, of), condition, onConflict: "" };
  }

  /** Whether a constraint of a table begins here. EXCLUDE is a name, too. */
  protected isTableConstraint(): boolean {
    switch (this.word) {
      case "CONSTRAINT":
      case "CHECK":
      case "NOT":
      case "UNIQUE":
      case "PRIMARY":
      case "FOREIGN":
        return true;
      case "EXCLUDE":
        return this.behind(() => this.is("(") || this.is("USING"));
      default:
        return false;
    }
  }

  protected tableConstraint(): Constraint {
    const { start } = this;
    const name = this.constraintName();
    switch (this.word) {
      case "CHECK":
        return this.check(start, name, "CHECK");
      case "NOT":
        return this.nullConstraint(start, name, "NOT NULL");
      case "UNIQUE":
      case "PRIMARY":
        return this.key(start, name, false);
      case "FOREIGN": {
        this.advance();
        this.expect("KEY");
        const [columns, period] = this.keyColumns();
        return this.foreignKey(start, name, columns, period);
      }
      case "EXCLUDE":
        return this.exclude(start, name);
      default:
        return this.fail("a constraint");
    }
  }

  protected domainConstraint(): Constraint {
    const { start } = this;
    const name = this.constraintName();
    if (this.is("CHECK")) return this.check(start, name, "domain CHECK");
    if (!this.is("NOT")) this.fail("a constraint");
    return this.nullConstraint(start, name, "domain NOT NULL");
  }

  /** PRIMARY KEY or UNIQUE. */
  private key(start: number, name: Name | null, ofColumn: boolean): KeyConstraint {
    const primary = this.acceptPair("PRIMARY", "KEY");
    if (!primary) this.advance();
    const nulls = !primary && this.accept("NULLS");
    const nullsNotDistinct = nulls && this.accept("NOT");
    if (nulls) this.expect("DISTINCT");
    const existing = !ofColumn && !nulls && this.acceptPair("USING", "INDEX");
    const usingIndex = existing ? this.name("an index") : null;
    let columns: OrderTerm[] = [];
    let withoutOverlaps = false;
    if (!ofColumn && !existing) {
      this.expect("(");
      columns = this.list(() => this.columnTerm());
      withoutOverlaps = this.acceptPair("WITHOUT", "OVERLAPS");
      this.expect(")");
    }
    const include = ofColumn || existing ? [] : this.included();
    const options = existing || !this.accept("WITH") ? [] : this.namedOptions(false);
    const tablespace = existing ? null : this.indexTablespace();
    const constrained = primary ? "PRIMARY KEY" : "UNIQUE";
    return {
      kind: "key",
      ...this.base(start, name, ofColumn ? "column" : constrained),
      primary,
      columns,
      direction: "",
      autoincrement: false,
      onConflict: "",
      nullsNotDistinct,
      withoutOverlaps,
      include,
      options,
      tablespace,
      usingIndex,
    };
  }

  /** A column as the term of a key. */
  private columnTerm(): OrderTerm {
    const name = this.name("a column");
    const { start, end } = name;
    const value: OrderTerm["value"] = { kind: "column", start, end, table: null, name };
    return {
      kind: "order",
      start,
      end,
      value,
      opclass: null,
      direction: "",
      nulls: "",
      using: null,
    };
  }

  private included(): Name[] {
    if (!this.accept("INCLUDE")) return [];
    return this.parenthesised(() => this.name("a column"));
  }

  /** `USING INDEX TABLESPACE name`, or null. */
  private indexTablespace(): Name | null {
    if (!this.acceptPair("USING", "INDEX")) return null;
    this.expect("TABLESPACE");
    return this.name("a tablespace");
  }

  private exclude(start: number, name: Name | null): ExcludeConstraint {
    this.advance();
    const method = this.accept("USING") ? this.name("a method") : null;
    const elements = this.parenthesised(() => this.excludeElement());
    const include = this.included();
    const options = this.accept("WITH") ? this.namedOptions(false) : [];
    const tablespace = this.indexTablespace();
    const where = this.accept("WHERE") ? this.enclosed() : null;
    const base = this.base(start, name, "EXCLUDE");
    return { kind: "exclude", ...base, method, elements, include, options, tablespace, where };
  }

  private excludeElement(): ExcludeElement {
    const term = this.indexTerm();
    this.expect("WITH");
    const plain = this.kind === "operator" || (this.is("OPERATOR") && this.peek() === "(");
    const operator = plain ? this.anyOperator() : this.schemaOperator();
    return { kind: "exclude-element", start: term.start, end: this.last, term, operator };
  }

  /** `(a, b, PERIOD c)`, and whether PERIOD was there. PERIOD is a name, too. */
  private keyColumns(): [columns: Name[], period: boolean] {
    let period = false;
    const columns = this.parenthesised(() => {
      if (period) this.fail(")");
      period = this.is("PERIOD") && this.behind(() => this.isName());
      if (period) this.advance();
      return this.name("a column");
    });
    if (period && columns.length === 1) this.fail("a column");
    return [columns, period];
  }

  /** REFERENCES and what follows it. */
  private foreignKey(
    start: number,
    name: Name | null,
    columns: readonly Name[],
    period: boolean,
  ): ForeignKey {
    this.expect("REFERENCES");
    const ofColumn = columns.length === 0;
    const table = this.objectName("a table");
    let parents: Name[] = [];
    let parentPeriod = false;
    if (ofColumn) parents = this.nameList("a column");
    else if (this.is("(")) [parents, parentPeriod] = this.keyColumns();
    if (this.isPair("MATCH", "PARTIAL")) this.refuse("MATCH PARTIAL not yet implemented");
    const matched = this.accept("MATCH");
    if (matched && !this.is("FULL") && !this.is("SIMPLE")) this.fail("FULL or SIMPLE");
    const match = matched ? this.takeName() : null;
    let onDelete: ReferentialAction = "";
    let onUpdate: ReferentialAction = "";
    let deleteColumns: Name[] = [];
    for (;;) {
      const { start: at } = this;
      if (!this.accept("ON")) break;
      const event = this.expectOneOf(["DELETE", "UPDATE"]);
      if ((event === "DELETE" ? onDelete : onUpdate) !== "") this.fail("another action");
      const action = this.referentialAction();
      const columned = action.startsWith("SET") && this.is("(");
      const listed = columned ? this.nameList("a column") : [];
      if (event === "DELETE") {
        onDelete = action;
        deleteColumns = listed;
      } else {
        onUpdate = action;
        if (columned) {
          this.refuse(`a column list with ${action} is only supported for ON DELETE actions`, at);
        }
      }
    }
    return {
      kind: "foreign-key",
      ...this.base(start, name, ofColumn ? "column" : "FOREIGN KEY"),
      columns,
      table,
      parents,
      onDelete,
      onUpdate,
      deleteColumns,
      updateColumns: [],
      match,
      period,
      parentPeriod,
    };
  }

  private referentialAction(): ReferentialAction {
    if (this.acceptPair("NO", "ACTION")) return "NO ACTION";
    if (this.accept("SET")) return `SET ${this.expectOneOf(["NULL", "DEFAULT"])}`;
    return this.expectOneOf(["CASCADE", "RESTRICT"]);
  }

  private generated(start: number, name: Name | null): Constraint {
    this.advance();
    const { start: at } = this;
    const when = this.generatedWhen();
    this.expect("AS");
    if (this.accept("IDENTITY")) {
      const options = this.identityOptions();
      return { kind: "identity", ...this.base(start, name, "column"), when, options };
    }
    const value = this.enclosed();
    const storage = this.acceptOneOf(["STORED", "VIRTUAL"]);
    if (when !== "ALWAYS") {
      this.refuse("for a generated column, GENERATED ALWAYS must be specified", at);
    }
    const base = this.base(start, name, "column");
    return { kind: "generated", ...base, value, storage, long: true };
  }
}
