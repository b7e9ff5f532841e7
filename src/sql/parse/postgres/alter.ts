import type { AlterAction, AlterProperty, AlterTable, RenameTable } from "../../ast/alter.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type { Role } from "../../ast/postgres-command.ts";
import type { Statement } from "../../ast/statement.ts";
import { type Phrases, phrases } from "./phrases.ts";
import { PostgresTables } from "./tables.ts";

/**
 * What an `AlterProperty` says. The first letter of a mark is for what follows (n a name, q one
 * with a schema, r a role, - nothing), the others for what has the property: t tables and their
 * like among other actions, and the kinds of objects with the same letter in `OBJECTS`.
 */
const PROPERTIES: Phrases = phrases(`
ns:SET SCHEMA
np:DEPENDS ON EXTENSION,NO DEPENDS ON EXTENSION
rto:OWNER TO
ntb:SET TABLESPACE
ntm:VALIDATE CONSTRAINT
nt:SET ACCESS METHOD,CLUSTER ON,REPLICA IDENTITY USING INDEX
nt:ENABLE TRIGGER,ENABLE ALWAYS TRIGGER,ENABLE REPLICA TRIGGER,DISABLE TRIGGER
nt:ENABLE RULE,ENABLE ALWAYS RULE,ENABLE REPLICA RULE,DISABLE RULE
qt:INHERIT,NO INHERIT,OF
-t:NOT OF,SET ACCESS METHOD DEFAULT,SET WITHOUT CLUSTER,SET WITHOUT OIDS,SET LOGGED,SET UNLOGGED
-t:ENABLE TRIGGER ALL,ENABLE TRIGGER USER,DISABLE TRIGGER ALL,DISABLE TRIGGER USER
-t:ENABLE ROW LEVEL SECURITY,DISABLE ROW LEVEL SECURITY
-t:FORCE ROW LEVEL SECURITY,NO FORCE ROW LEVEL SECURITY
-t:REPLICA IDENTITY NOTHING,REPLICA IDENTITY FULL,REPLICA IDENTITY DEFAULT
-v:REFRESH VERSION
-b:REFRESH COLLATION VERSION`);

const MAX_COLUMN = 32767;

/** ALTER TABLE, and ALTER of the other relations, which share its actions. */
export abstract class PostgresAlter extends PostgresTables {
  protected alterRelation(start: number, object: AlterTable["object"]): Statement {
    if (this.is("ALL")) this.unsupported(`ALTER ${object} ALL IN TABLESPACE`, start);
    const ifExists = this.ifExists();
    const inherited = object === "TABLE" || object === "FOREIGN TABLE";
    const [name, only] = inherited ? this.relation() : [this.objectName("a name"), false];
    if (object === "SEQUENCE" && this.isSequenceOption()) {
      const options = this.sequenceOptions();
      return { kind: "alter-sequence", start, end: this.last, ifExists, name, options };
    }
    const alone = this.actionAlone(object, ifExists);
    const actions = alone === null ? this.list(() => this.tableAction()) : [alone];
    const end = this.last;
    return { kind: "alter-table", start, end, object, ifExists, only, name, actions };
  }

  /** An action beside which there is no other; null for one of a list. */
  private actionAlone(object: AlterTable["object"], ifExists: boolean): AlterAction | null {
    const { start } = this;
    switch (this.word) {
      case "RENAME":
        return this.rename(object);
      case "SET":
        return this.peek() === "SCHEMA" ? this.property(object) : null;
      case "NO":
        if (this.peek() !== "DEPENDS") return null;
        return ifExists ? this.fail("an action") : this.property(object);
      case "DEPENDS":
        return ifExists ? this.fail("an action") : this.property(object);
      case "ATTACH": {
        const bounded = object === "TABLE";
        if (!bounded && (object !== "INDEX" || ifExists)) return null;
        const partition = this.partition();
        const bound = bounded ? this.partitionBound() : null;
        return { kind: "attach-partition", start, end: this.last, partition, bound };
      }
      case "DETACH": {
        if (object !== "TABLE") return null;
        const partition = this.partition();
        const mode = this.acceptOneOf(["CONCURRENTLY", "FINALIZE"]);
        return { kind: "detach-partition", start, end: this.last, partition, mode };
      }
      default:
        return null;
    }
  }

  private partition(): ObjectName {
    this.advance();
    this.expect("PARTITION");
    return this.objectName("a partition");
  }

  /** RENAME of an object or of something in it. */
  protected rename(object: string): AlterAction {
    const start = this.verb();
    if (this.canBe(object, "r") && this.accept("TO")) {
      return this.renamed(start, this.name("a name"));
    }
    if (this.canBe(object, "k") && this.accept("CONSTRAINT")) {
      const constraint = this.name("a constraint");
      const to = this.newName();
      return { kind: "rename-constraint", start, end: this.last, constraint, to };
    }
    const attribute = object === "TYPE" && this.accept("ATTRIBUTE");
    if (!attribute && !this.canBe(object, "c")) this.fail("TO");
    if (!attribute) this.accept("COLUMN");
    const column = this.name("a column");
    const to = this.newName();
    const behavior = attribute ? this.behavior() : "";
    return { kind: "rename-column", start, end: this.last, column, to, behavior };
  }

  protected renamed(start: number, to: Name): RenameTable {
    return { kind: "rename-table", start, end: this.last, to };
  }

  private newName(): Name {
    this.expect("TO");
    return this.name("a name");
  }

  /** A property that `object` has; an empty one is a table among other actions. */
  protected property(object: string): AlterProperty {
    const { start } = this;
    const found = this.phrase(PROPERTIES);
    const [, operand = "", ...owners] = PROPERTIES.get(found) ?? "";
    const had = owners.some((owner) => (object === "" ? owner === "t" : this.canBe(object, owner)));
    if (!had) this.fail("an action");
    let value: ObjectName | Role | null = null;
    if (operand === "n") value = this.bareName("a name");
    else if (operand === "q") value = this.objectName("a name");
    else if (operand === "r") value = this.role();
    const property = found as AlterProperty["property"];
    return { kind: "alter-property", start, end: this.last, property, value };
  }

  private tableAction(): AlterAction {
    const { start } = this;
    switch (this.word) {
      case "ADD":
        return this.addAction(this.verb());
      case "DROP":
        return this.dropAction(this.verb());
      case "ALTER":
        this.advance();
        return this.accept("CONSTRAINT") ? this.alterConstraint(start) : this.alterColumn(start);
      case "SET":
        return this.peek() === "(" ? this.alterOptions(start, null) : this.property("");
      case "RESET":
        return this.alterOptions(start, null);
      case "OPTIONS":
        return this.unsupported("OPTIONS of a table", start);
      default:
        return this.property("");
    }
  }

  /** `SET (…)` or `RESET (…)`, at its word. */
  protected alterOptions(start: number, column: Name | null): AlterAction {
    const reset = this.is("RESET");
    this.advance();
    const options = this.namedOptions(true);
    return { kind: "alter-options", start, end: this.last, reset, column, options };
  }

  private addAction(start: number): AlterAction {
    if (this.isTableConstraint()) {
      const constraint = this.tableConstraint();
      return { kind: "add-constraint", start, end: this.last, constraint };
    }
    this.accept("COLUMN");
    const ifNotExists = this.ifNotExists();
    const column = this.columnDefinition();
    return { kind: "add-column", start, end: this.last, ifNotExists, column };
  }

  private dropAction(start: number): AlterAction {
    if (this.accept("CONSTRAINT")) return this.dropConstraint(start);
    this.accept("COLUMN");
    return this.dropColumn(start);
  }

  /** What follows DROP CONSTRAINT. */
  protected dropConstraint(start: number): AlterAction {
    const ifExists = this.ifExists();
    const constraint = this.name("a constraint");
    const behavior = this.behavior();
    return { kind: "drop-constraint", start, end: this.last, ifExists, constraint, behavior };
  }

  /** What follows DROP COLUMN and DROP ATTRIBUTE. */
  protected dropColumn(start: number): AlterAction {
    const ifExists = this.ifExists();
    const column = this.name("a column");
    const behavior = this.behavior();
    return { kind: "drop-column", start, end: this.last, ifExists, column, behavior };
  }

  private alterConstraint(start: number): AlterAction {
    const constraint = this.name("a constraint");
    const at = this.start;
    if (this.accept("INHERIT")) {
      const end = this.last;
      return {
        kind: "alter-constraint",
        start,
        end,
        deferrable: "",
        initially: "",
        constraint,
        marks: [{ kind: "mark", start: at, end, mark: "INHERIT" }],
      };
    }
    const { end, deferrable, initially, marks } = this.base(start, null, "ALTER CONSTRAINT");
    return { kind: "alter-constraint", start, end, deferrable, initially, constraint, marks };
  }

  private alterColumn(start: number): AlterAction {
    this.accept("COLUMN");
    if (this.kind === "integer") {
      const column = this.integer();
      const number = Number(column.text);
      if (number < 1 || number > MAX_COLUMN) {
        this.refuse(`column number must be in range from 1 to ${MAX_COLUMN}`, column.start);
      }
      this.expect("SET");
      if (!this.is("STATISTICS")) this.fail("STATISTICS");
      return this.setStatistics(start, column);
    }
    const column = this.name("a column");
    switch (this.word) {
      case "ADD": {
        this.advance();
        this.expect("GENERATED");
        const when = this.generatedWhen();
        this.expect("AS");
        this.expect("IDENTITY");
        const options = this.identityOptions();
        return { kind: "add-identity", start, end: this.last, column, when, options };
      }
      case "DROP":
        return this.dropFromColumn(this.verbBehind(start), column);
      case "SET":
        return this.setInColumn(start, column);
      case "RESET":
        return this.alterOptions(start, column);
      case "RESTART":
        return this.alterIdentity(start, column);
      case "OPTIONS":
        return this.unsupported("OPTIONS of a column", start);
      default:
        return this.alterType(start, column, false);
    }
  }

  private verbBehind(start: number): number {
    this.advance();
    return start;
  }

  private dropFromColumn(start: number, column: Name): AlterAction {
    const common = this.dropDefaultOrNull(start, column);
    if (common !== null) return common;
    const what = this.expectOneOf(["IDENTITY", "EXPRESSION"]);
    const ifExists = this.ifExists();
    return { kind: "drop-generated", start, end: this.last, what, column, ifExists };
  }

  /** What follows DROP: DEFAULT or NOT NULL. */
  protected dropDefaultOrNull(start: number, column: Name | null): AlterAction | null {
    if (this.accept("DEFAULT")) {
      return { kind: "alter-default", start, end: this.last, column, value: null };
    }
    if (!this.acceptPair("NOT", "NULL")) return null;
    return { kind: "alter-null", start, end: this.last, column, not: false, onConflict: "" };
  }

  /** SET DEFAULT or SET NOT NULL, at SET. */
  protected setDefaultOrNull(start: number, column: Name | null): AlterAction | null {
    if (this.acceptBoth("SET", "DEFAULT")) {
      const value = this.expression();
      return { kind: "alter-default", start, end: this.last, column, value };
    }
    if (!this.acceptBoth("SET", "NOT")) return null;
    this.expect("NULL");
    return { kind: "alter-null", start, end: this.last, column, not: true, onConflict: "" };
  }

  private setInColumn(start: number, column: Name): AlterAction {
    const common = this.setDefaultOrNull(start, column);
    if (common !== null) return common;
    switch (this.peek()) {
      case "(":
        return this.alterOptions(start, column);
      case "DATA":
        return this.alterType(start, column, false);
      case "EXPRESSION": {
        this.advance();
        this.advance();
        this.expect("AS");
        const value = this.enclosed();
        const what = "EXPRESSION";
        return { kind: "alter-column", start, end: this.last, column, what, value };
      }
      case "STATISTICS":
        this.advance();
        return this.setStatistics(start, column);
      case "STORAGE":
      case "COMPRESSION": {
        this.advance();
        const what = this.expectOneOf(["STORAGE", "COMPRESSION"]);
        const named = this.nameOrDefault();
        const value = named.quote === "" && named.text === "default" ? null : named;
        return { kind: "alter-column", start, end: this.last, column, what, value };
      }
      default:
        return this.alterIdentity(start, column);
    }
  }

  private setStatistics(
    start: number,
    column: Extract<AlterAction, { kind: "alter-column" }>["column"],
  ): AlterAction {
    this.advance();
    const value = this.accept("DEFAULT") ? null : this.signedConstant();
    const what = "STATISTICS";
    return { kind: "alter-column", start, end: this.last, column, what, value };
  }

  /** `[SET DATA] TYPE type COLLATE collation`, then USING or, of an attribute, CASCADE. */
  protected alterType(start: number, column: Name, ofAttribute: boolean): AlterAction {
    if (this.accept("SET")) this.expect("DATA");
    this.expect("TYPE");
    const type = this.typeName();
    const collation = this.collation();
    const using = !ofAttribute && this.accept("USING") ? this.expression() : null;
    const behavior = ofAttribute ? this.behavior() : "";
    const end = this.last;
    return { kind: "alter-type", start, end, column, type, collation, using, behavior };
  }

  /** RESTART and SET …, in any order. */
  private alterIdentity(start: number, column: Name): AlterAction {
    const options = [];
    while (this.is("SET") || this.is("RESTART")) {
      const { start: at } = this;
      const set = this.accept("SET");
      if (set && this.accept("GENERATED")) {
        const option = `GENERATED ${this.generatedWhen()}` as const;
        const end = this.last;
        options.push({ kind: "sequence-option" as const, start: at, end, option, value: null });
        continue;
      }
      const found = this.sequenceOption() ?? this.fail("an option");
      const { option } = found;
      if (set && (option === "AS" || option === "RESTART" || option === "OWNED BY")) {
        const name = option === "OWNED BY" ? "owned_by" : option.toLowerCase();
        this.refuse(`sequence option "${name}" not supported here`, found.start);
      }
      options.push(found);
    }
    return { kind: "alter-identity", start, end: this.last, column, options };
  }
}
