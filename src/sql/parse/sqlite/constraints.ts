import type { ConflictAction } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { Expr, OrderTerm } from "../../ast/query.ts";
import type {
  CheckConstraint,
  Constraint,
  Deferral,
  ForeignKey,
  ReferentialAction,
} from "../../ast/schema.ts";
import { SqliteQueries } from "./queries.ts";

const NO_DEFERRAL: Deferral = { deferrable: "", initially: "" };

/** What every constraint has; where it ends is known last. */
type Base = Pick<Constraint, "start" | "end" | "deferrable" | "initially" | "name" | "marks">;

/** The constraints of columns and tables. */
export abstract class SqliteConstraints extends SqliteQueries {
  /** The constraints behind a column's name and type. */
  protected columnConstraints(column: Name): Constraint[] {
    const constraints: Constraint[] = [];
    for (;;) {
      const constraint = this.columnConstraint(this.base(), column);
      if (constraint === null) return constraints;
      constraints.push(constraint);
    }
  }

  protected isTableConstraint(): boolean {
    switch (this.word) {
      case "CONSTRAINT":
      case "PRIMARY":
      case "UNIQUE":
      case "CHECK":
      case "FOREIGN":
        return true;
      default:
        return false;
    }
  }

  protected tableConstraint(): Constraint {
    const base = this.base();
    switch (this.word) {
      case "PRIMARY":
      case "UNIQUE":
        return this.tableKey(base);
      case "CHECK":
        return this.check(base, true);
      case "FOREIGN": {
        this.advance();
        this.expect("KEY");
        if (!this.is("(")) this.fail("(");
        const columns = this.nameList("a column");
        if (!this.is("REFERENCES")) this.fail("REFERENCES");
        return this.foreignKey(base, columns);
      }
      default:
        return base.name === null
          ? this.fail("a constraint")
          : this.emptyConstraint(base, NO_DEFERRAL);
    }
  }

  /** The beginning of a constraint, and its name. */
  protected base(): Base {
    const { start } = this;
    const name = this.accept("CONSTRAINT") ? this.name("the name of the constraint") : null;
    return { start, end: start, ...NO_DEFERRAL, name, marks: [] };
  }

  /** Null where no constraint begins. A name alone is an empty constraint. */
  private columnConstraint(base: Base, column: Name): Constraint | null {
    switch (this.word) {
      case "NOT":
        if (this.isPair("NOT", "DEFERRABLE")) break;
        return this.nullability(base);
      case "NULL":
        return this.nullability(base);
      case "PRIMARY":
      case "UNIQUE":
        return this.columnKey(base);
      case "CHECK":
        return this.check(base, false);
      case "DEFAULT":
        return this.defaultValue(base);
      case "COLLATE": {
        this.advance();
        const collation = this.collation();
        return { kind: "column-collation", ...base, end: this.last, collation };
      }
      case "REFERENCES":
        return this.foreignKey(base, []);
      case "GENERATED":
      case "AS":
        return this.generated(base, column);
      default:
    }
    const deferral = this.deferral();
    if (base.name === null && deferral === NO_DEFERRAL) return null;
    return this.emptyConstraint(base, deferral);
  }

  private emptyConstraint(base: Base, deferral: Deferral): Constraint {
    return { kind: "empty-constraint", ...base, end: this.last, ...deferral };
  }

  private nullability(base: Base): Constraint {
    const not = this.accept("NOT");
    this.expect("NULL");
    const onConflict = this.onConflict();
    return { kind: "null-constraint", ...base, end: this.last, not, column: null, onConflict };
  }

  /** `ON CONFLICT action` behind a constraint. */
  protected onConflict(): ConflictAction {
    return this.acceptPair("ON", "CONFLICT") ? this.resolution() : "";
  }

  private columnKey(base: Base): Constraint {
    const primary = this.isPrimary();
    const direction = primary ? this.acceptOneOf(["ASC", "DESC"]) : "";
    const onConflict = this.onConflict();
    const autoincrement = primary && this.accept("AUTOINCREMENT");
    return this.key(base, primary, [], direction, autoincrement, onConflict);
  }

  private tableKey(base: Base): Constraint {
    const primary = this.isPrimary();
    this.expect("(");
    const columns = this.list(() => this.conflictTerm());
    const autoincrement = primary && this.accept("AUTOINCREMENT");
    this.expect(")");
    return this.key(base, primary, columns, "", autoincrement, this.onConflict());
  }

  private isPrimary(): boolean {
    if (this.accept("UNIQUE")) return false;
    this.advance();
    this.expect("KEY");
    return true;
  }

  private key(
    base: Base,
    primary: boolean,
    columns: readonly OrderTerm[],
    direction: "" | "ASC" | "DESC",
    autoincrement: boolean,
    onConflict: ConflictAction,
  ): Constraint {
    return {
      kind: "key",
      ...base,
      end: this.last,
      primary,
      columns,
      direction,
      autoincrement,
      onConflict,
      nullsNotDistinct: false,
      withoutOverlaps: false,
      include: [],
      options: [],
      tablespace: null,
      usingIndex: null,
    };
  }

  /** Only behind the CHECK of a table may ON CONFLICT stand. */
  protected check(base: Base, ofTable: boolean): CheckConstraint {
    this.advance();
    const condition = this.enclosed();
    const onConflict = ofTable ? this.onConflict() : "";
    return { kind: "check", ...base, end: this.last, condition, onConflict };
  }

  private enclosed(): Expr {
    this.expect("(");
    const value = this.expression();
    this.expect(")");
    return value;
  }

  private defaultValue(base: Base): Constraint {
    this.advance();
    const parenthesised = this.word === "(";
    const value = parenthesised ? this.enclosed() : this.signedTerm();
    return { kind: "default", ...base, end: this.last, value, parenthesised };
  }

  /** A literal, with a sign if it has one, or a name: it stands for its text. */
  private signedTerm(): Expr {
    const { start, word } = this;
    if (word === "-" || word === "+") {
      this.advance();
      const operand = this.term();
      return { kind: "unary", start, end: this.last, operator: word, operand };
    }
    const literal = this.kind !== "identifier" && this.kind !== "quoted";
    if (literal || word === "NULL" || word.startsWith("CURRENT_")) return this.term();
    if (word !== "INDEXED" && !this.isBareAlias()) this.fail("a value");
    const name = this.takeName();
    return { kind: "column", start, end: name.end, table: null, name };
  }

  /** A literal or CURRENT_TIME and its like. */
  private term(): Expr {
    const { kind, word } = this;
    if (kind === "string") {
      const { start, end, text } = this.takeName();
      return { kind: "string", start, end, value: text };
    }
    const literal = kind === "integer" || kind === "float" || kind === "blob";
    if (!literal && word !== "NULL" && !word.startsWith("CURRENT_")) this.fail("a literal");
    return this.prefix();
  }

  /** `GENERATED ALWAYS AS (value) STORED`. */
  private generated(base: Base, column: Name): Constraint {
    const long = this.acceptPair("GENERATED", "ALWAYS");
    this.expect("AS");
    const value = this.enclosed();
    let storage: "" | "STORED" | "VIRTUAL" = "";
    if (this.isBareAlias() && this.kind !== "string") {
      storage = this.isWord("STORED") ? "STORED" : "VIRTUAL";
      if (!this.isWord(storage)) this.refuse(`error in generated column "${column.text}"`);
      this.advance();
    }
    return { kind: "generated", ...base, end: this.last, value, storage, long };
  }

  /** DEFERRABLE and INITIALLY; `NO_DEFERRAL` where neither stands. */
  private deferral(): Deferral {
    const not = this.isPair("NOT", "DEFERRABLE") && this.accept("NOT");
    if (!this.accept("DEFERRABLE")) return NO_DEFERRAL;
    const initially = this.accept("INITIALLY") ? this.expectOneOf(["DEFERRED", "IMMEDIATE"]) : "";
    return { deferrable: not ? "NOT DEFERRABLE" : "DEFERRABLE", initially };
  }

  /** REFERENCES and what follows it. Of two ON DELETE the last counts, ON INSERT does nothing. */
  private foreignKey(base: Base, columns: readonly Name[]): ForeignKey {
    this.advance();
    const table = this.tableName(null, this.name("a table"));
    const parents = this.nameList("a column");
    let onDelete: ReferentialAction = "";
    let onUpdate: ReferentialAction = "";
    let match: Name | null = null;
    for (;;) {
      if (this.accept("MATCH")) {
        match = this.name("a name");
      } else if (this.accept("ON")) {
        const event = this.expectOneOf(["DELETE", "UPDATE", "INSERT"]);
        const action = this.referentialAction();
        if (event === "DELETE") onDelete = action;
        else if (event === "UPDATE") onUpdate = action;
      } else break;
    }
    return {
      kind: "foreign-key",
      ...base,
      ...this.deferral(),
      end: this.last,
      columns,
      table,
      parents,
      onDelete,
      onUpdate,
      deleteColumns: [],
      updateColumns: [],
      match,
      period: false,
      parentPeriod: false,
    };
  }

  private referentialAction(): ReferentialAction {
    if (this.accept("SET")) return `SET ${this.expectOneOf(["NULL", "DEFAULT"])}`;
    if (this.acceptPair("NO", "ACTION")) return "NO ACTION";
    return this.expectOneOf(["CASCADE", "RESTRICT"]);
  }
}
