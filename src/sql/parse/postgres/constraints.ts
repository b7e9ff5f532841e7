import type { ConflictAction, NumberLiteral, TypeName } from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type { OrderTerm } from "../../ast/query.ts";
import type {
  Constraint,
  ConstraintMark,
  Deferral,
  ExcludeConstraint,
  ExcludeElement,
  ForeignKey,
  KeyConstraint,
  ReferentialAction,
  SequenceOption,
} from "../../ast/schema.ts";
import { type Phrases, phrases } from "./phrases.ts";
import { PostgresReferences } from "./references.ts";

/** What every constraint has. */
type Base = Pick<Constraint, "start" | "end" | "deferrable" | "initially" | "name" | "marks">;

/** What may follow a constraint; of those with the same letter only one. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  DEFERRABLE: "D",
  "NOT DEFERRABLE": "D",
  "INITIALLY DEFERRED": "S",
  "INITIALLY IMMEDIATE": "S",
  ENFORCED: "E",
  "NOT ENFORCED": "E",
  "NO INHERIT": "I",
  "NOT VALID": "V",
};

/** Behind which constraint attributes stand, and the letters of those that may. */
const ALLOWED = {
  column: "DSE",
  "inheritable column": "DSEI",
  CHECK: "EIV",
  "NOT NULL": "IV",
  UNIQUE: "DS",
  "PRIMARY KEY": "DS",
  EXCLUDE: "DS",
  "FOREIGN KEY": "DSEV",
  "domain CHECK": "IV",
  "domain NOT NULL": "",
  "ALTER CONSTRAINT": "DSEI",
} as const;

type Constrained = keyof typeof ALLOWED;

/** The options of a sequence, by what follows: # a number, n a name, t a type. */
const SEQUENCE_OPTIONS: Phrases = phrases(`
#:CACHE,INCREMENT,MAXVALUE,MINVALUE,START
:CYCLE,NO CYCLE,NO MAXVALUE,NO MINVALUE,LOGGED,UNLOGGED
?:RESTART
n:OWNED BY,SEQUENCE NAME
t:AS`);

/** Constraints of columns, tables and domains, and the options of sequences. */
export abstract class PostgresConstraints extends PostgresReferences {
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
        if (this.peek() !== "NULL") break;
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

  /** What may follow a constraint, if it is at hand: one word or two. */
  private nextAttribute(): string {
    const { word } = this;
    const two = word === "NOT" || word === "NO" || word === "INITIALLY";
    return two ? `${word} ${this.peek()}` : word;
  }

  /**
   * What follows a constraint. A column's takes each only once, NO INHERIT only first: what stands
   * there besides is an empty constraint of its own, or an error.
   */
  protected base(start: number, name: Name | null, of: Constrained): Base {
    const ofColumn = of.endsWith("column");
    const found = new Map<string, string>();
    const marks: ConstraintMark[] = [];
    for (;;) {
      const { start: at } = this;
      const attribute = this.nextAttribute();
      const letter = ATTRIBUTES[attribute];
      if (letter === undefined) break;
      const before = found.get(letter);
      const late = before !== undefined || (letter === "I" && found.size > 0);
      if (ofColumn && (late || !ALLOWED[of].includes(letter))) break;
      if (before !== undefined && before !== attribute) {
        this.refuse("conflicting constraint properties");
      }
      if (attribute.includes(" ")) this.advance();
      this.advance();
      found.set(letter, attribute);
      const mark = attribute as ConstraintMark["mark"];
      const isMark = letter !== "D" && letter !== "S";
      if (isMark && before === undefined)
        marks.push({ kind: "mark", start: at, end: this.last, mark });
    }
    if (!ofColumn) this.checkAttributes(of, found, start);
    const deferrable = (found.get("D") ?? "") as Deferral["deferrable"];
    const initially = (found.get("S")?.slice("INITIALLY ".length) ?? "") as Deferral["initially"];
    return { start, end: this.last, deferrable, initially, name, marks };
  }

  private checkAttributes(of: Constrained, found: ReadonlyMap<string, string>, at: number): void {
    const deferred = found.get("S") === "INITIALLY DEFERRED";
    if (deferred && found.get("D") === "NOT DEFERRABLE") {
      this.refuse("constraint declared INITIALLY DEFERRED must be DEFERRABLE", at);
    }
    for (const [letter, attribute] of found) {
      const harmless = attribute === "NOT DEFERRABLE" || attribute === "INITIALLY IMMEDIATE";
      if (harmless || (ALLOWED[of] as string).includes(letter)) continue;
      if (of === "ALTER CONSTRAINT") {
        this.refuse("constraints cannot be altered to be NOT VALID", at);
      }
      const what = letter === "S" ? "DEFERRABLE" : attribute;
      this.refuse(`${of.replace("domain ", "")} constraints cannot be marked ${what}`, at);
    }
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
    const actions: Partial<Record<"DELETE" | "UPDATE", [ReferentialAction, Name[]]>> = {};
    while (this.accept("ON")) {
      const event = this.expectOneOf(["DELETE", "UPDATE"]);
      if (actions[event] !== undefined) this.fail("another action");
      actions[event] = this.referentialAction();
    }
    const [onDelete, deleteColumns] = actions.DELETE ?? ["", []];
    const [onUpdate, updateColumns] = actions.UPDATE ?? ["", []];
    if (updateColumns.length > 0) {
      const message = `a column list with ${onUpdate} is only supported for ON DELETE actions`;
      this.refuse(message, updateColumns[0]?.start);
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
      updateColumns,
      match,
      period,
      parentPeriod,
    };
  }

  private referentialAction(): [ReferentialAction, Name[]] {
    if (this.acceptPair("NO", "ACTION")) return ["NO ACTION", []];
    if (!this.accept("SET")) return [this.expectOneOf(["CASCADE", "RESTRICT"]), []];
    const action: ReferentialAction = `SET ${this.expectOneOf(["NULL", "DEFAULT"])}`;
    return [action, this.nameList("a column")];
  }

  /** ALWAYS or BY DEFAULT. */
  protected generatedWhen(): "ALWAYS" | "BY DEFAULT" {
    if (this.accept("ALWAYS")) return "ALWAYS";
    this.expect("BY");
    this.expect("DEFAULT");
    return "BY DEFAULT";
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

  /** The options of an identity in parentheses, or none. */
  protected identityOptions(): SequenceOption[] {
    if (!this.accept("(")) return [];
    const options = this.sequenceOptions();
    if (options.length === 0) this.fail("an option");
    this.expect(")");
    return options;
  }

  protected sequenceOptions(): SequenceOption[] {
    const options: SequenceOption[] = [];
    for (;;) {
      const option = this.sequenceOption();
      if (option === null) return options;
      options.push(option);
    }
  }

  protected isSequenceOption(): boolean {
    const { word } = this;
    return SEQUENCE_OPTIONS.has(word === "NO" ? `NO ${this.peek()}` : word);
  }

  /** One option of a sequence, or null. */
  protected sequenceOption(): SequenceOption | null {
    if (!this.isSequenceOption()) return null;
    const { start } = this;
    const option = this.phrase(SEQUENCE_OPTIONS);
    let value: NumberLiteral | TypeName | ObjectName | null = null;
    const hasWord =
      option === "INCREMENT"
        ? this.accept("BY")
        : (option === "START" || option === "RESTART") && this.accept("WITH");
    switch (SEQUENCE_OPTIONS.get(option)) {
      case ":#":
        value = this.signedNumber();
        break;
      case ":?": {
        const { kind, word } = this;
        const number = kind === "integer" || kind === "float" || word === "-" || word === "+";
        if (hasWord || number) value = this.signedNumber();
        break;
      }
      case ":n":
        value = this.objectName("a name");
        break;
      case ":t":
        value = this.typeName();
        if (value.setOf || value.dimensions > 0) this.refuse("invalid type of a sequence", start);
        break;
      default:
    }
    const name = option as SequenceOption["option"];
    return { kind: "sequence-option", start, end: this.last, option: name, value };
  }
}
