import { DosqlError } from "../../../base/errors.ts";
import type { NumberLiteral, TypedName, TypeName } from "../../ast/leaf.ts";
import type { Name, ObjectName, QualifiedOperator } from "../../ast/name.ts";
import type { OperatorClass, Option, OptionValue } from "../../ast/option.ts";
import type { RoutineArgument } from "../../ast/postgres-command.ts";
import type { ObjectReference } from "../../ast/postgres-object.ts";
import type { Expr, OrderTerm } from "../../ast/query.ts";
import { PostgresCommands } from "./commands.ts";
import { type Phrases, phrases } from "./phrases.ts";

/**
 * The kinds of objects. The first letter of a mark says how one is referred to (see `reference`),
 * the others what is done to it:
 * D dropped as a list, d alone, 1 alone and without CASCADE; e made a member of an extension;
 * altered by r RENAME TO, s SET SCHEMA, o OWNER TO, p DEPENDS ON EXTENSION, c RENAME COLUMN,
 * k RENAME CONSTRAINT, u in ways that are not supported, and by the letters of `PROPERTIES`.
 */
export const OBJECTS: Phrases = phrases(`
ADersck:TABLE
ADers:SEQUENCE,TEXT SEARCH PARSER,TEXT SEARCH TEMPLATE
ADersc:VIEW,FOREIGN TABLE
ADerscp:MATERIALIZED VIEW
ADerp:INDEX
ADersov:COLLATION
ADerso:CONVERSION
ADersou:STATISTICS,TEXT SEARCH CONFIGURATION,TEXT SEARCH DICTIONARY
NDe:ACCESS METHOD
NDerou:EVENT TRIGGER,FOREIGN DATA WRAPPER,PUBLICATION,SERVER
NDes:EXTENSION
NDero:LANGUAGE,PROCEDURAL LANGUAGE,SCHEMA
Nerob:DATABASE
Ne:ROLE
Nderou:SUBSCRIPTION
N1ero:TABLESPACE
Odru:POLICY
Odr:RULE
Odrp:TRIGGER
TDerso:TYPE
TDersokm:DOMAIN
FDersopu:FUNCTION,PROCEDURE,ROUTINE
GDerso:AGGREGATE
PDesou:OPERATOR
Cderso:OPERATOR CLASS
Cdersou:OPERATOR FAMILY
Xde:CAST
Mde:TRANSFORM
Lo:LARGE OBJECT
U:COLUMN
K:CONSTRAINT`);

/** The largest integer that Postgres' lexer takes for one. */
const MAX_INTEGER = 0x7fffffff;

/** What several definitions are made of: options, references to objects, types. */
export abstract class PostgresReferences extends PostgresCommands {
  /** Throws the error for a statement that is refused by its name. */
  protected unsupported(what: string, at: number): never {
    throw new DosqlError("unsupported", `${what} is not supported`, { at });
  }

  /** Consumes the longest phrase that stands here; empty when none begins here. */
  protected phrase(table: Phrases): string {
    let found = this.word;
    if (!table.has(found)) return "";
    this.advance();
    for (;;) {
      const longer = `${found} ${this.word}`;
      if (!table.has(longer)) break;
      found = longer;
      this.advance();
    }
    if (table.get(found) === "") this.fail(`what follows ${found}`);
    return found;
  }

  /** Consumes two words if both are there. */
  protected acceptBoth(first: string, second: string): boolean {
    if (!this.isPair(first, second)) return false;
    this.advance();
    this.advance();
    return true;
  }

  /** IF is a name, too. */
  protected ifExists(): boolean {
    return this.acceptBoth("IF", "EXISTS");
  }

  protected ifNotExists(): boolean {
    if (!this.acceptBoth("IF", "NOT")) return false;
    this.expect("EXISTS");
    return true;
  }

  protected enclosed(): Expr {
    this.expect("(");
    const value = this.expression();
    this.expect(")");
    return value;
  }

  protected bareName(expected: string): ObjectName {
    return this.bareObjectName(this.name(expected));
  }

  /** A name or DEFAULT, which is one here. */
  protected nameOrDefault(): Name {
    return this.is("DEFAULT") ? this.takeName() : this.name("a name");
  }

  /** `COLLATE name`, or null. */
  protected collation(): ObjectName | null {
    return this.accept("COLLATE") ? this.objectName("a collation") : null;
  }

  /** A column with its type: of a composite type. */
  protected attribute(): TypedName {
    const { start } = this;
    const name = this.name("an attribute");
    const type = this.typeName();
    const collation = this.collation();
    return { kind: "typed-name", start, end: this.last, name, type, collation };
  }

  /** `(name = value, name, …)`, where `dotted` with `namespace.name`. */
  protected namedOptions(dotted: boolean): Option[] {
    return this.parenthesised(() => {
      const { start } = this;
      let name = this.columnLabel();
      let namespace: Name | null = null;
      if (dotted && this.accept(".")) {
        namespace = name;
        name = this.columnLabel();
      }
      const value = this.accept("=") ? this.namedOptionValue() : null;
      return { kind: "option", start, end: this.last, namespace, name, value };
    });
  }

  /** A word, a number, a string, a type or an operator. */
  private namedOptionValue(): OptionValue {
    if (this.kind === "string") return this.stringConstant();
    const signed = this.is("-") || this.is("+");
    if (signed ? this.behind(() => this.isNumber()) : this.isNumber()) return this.signedNumber();
    if (this.is("OPERATOR") && this.peek() === "(") {
      const operator = this.qualifiedOperator();
      if (typeof operator !== "string") return operator;
    }
    if (this.kind === "operator") return this.schemaOperator();
    if (this.is("NONE") || (this.isLabel() && !this.isNonReserved())) return this.takeName();
    const type = this.typeName();
    const { name, modifiers } = type;
    const word =
      !type.builtin &&
      !type.setOf &&
      type.dimensions === 0 &&
      modifiers.length === 0 &&
      name.schema === null;
    return word ? name.name : type;
  }

  /** An integer with its sign that fits 32 bits. */
  protected signedConstant(): NumberLiteral {
    const number = this.signedNumber();
    if (number.kind !== "integer" || Math.abs(Number(number.text)) > MAX_INTEGER) {
      this.refuse(`syntax error at or near "${number.text}"`, number.start);
    }
    return number;
  }

  private isNumber(): boolean {
    return this.kind === "integer" || this.kind === "float";
  }

  /** `schema.symbol`, with any number of names. */
  protected schemaOperator(): QualifiedOperator {
    const { start } = this;
    const { catalog, schema } = this.operatorSchema();
    const symbol = this.anyOperator();
    const end = this.last;
    if (typeof symbol !== "string") return this.fail("an operator");
    return { kind: "qualified-operator", start, end, catalog, schema, symbol };
  }

  /** Also with the parameters of its operator class. */
  protected override indexTerm(): OrderTerm {
    const term = super.indexTerm();
    const { opclass: name } = term;
    if (!this.is("(") || name?.kind !== "object-name" || term.end !== name.end) return term;
    const options = this.namedOptions(true);
    const end = this.last;
    const opclass: OperatorClass = {
      kind: "operator-class",
      start: name.start,
      end,
      name,
      options,
    };
    const direction = this.acceptOneOf(["ASC", "DESC"]);
    return { ...term, opclass, direction, nulls: this.nullsOrder(), end: this.last };
  }

  /** The kind of an object, which must be one of those that have the mark. */
  protected objectKind(mark: string): ObjectReference["object"] {
    const object = this.phrase(OBJECTS);
    if (!this.canBe(object, mark)) this.fail("a kind of object");
    if (object === "PROCEDURAL LANGUAGE") return "LANGUAGE";
    return object as ObjectReference["object"];
  }

  /** Whether objects of a kind have a mark. */
  protected canBe(object: string, mark: string): boolean {
    return OBJECTS.get(object)?.includes(mark) === true;
  }

  /** One object of a kind. */
  protected reference(object: ObjectReference["object"]): ObjectReference {
    const { start } = this;
    switch (OBJECTS.get(object)?.charAt(1)) {
      case "A":
        return this.object(object, start, this.objectName("a name"));
      case "N":
        return this.object(object, start, this.bareName("a name"));
      case "O":
      case "K":
        return this.memberOfTable(object, start);
      case "T":
        return this.object(object, start, this.typeName());
      case "F":
        return this.object(object, start, this.routine());
      case "G":
        return this.aggregate(start);
      case "P":
        return this.operatorReference(start);
      case "C":
      case "M":
      case "X":
        return this.pair(object, start);
      case "U":
        return this.columnReference(start);
      default:
        return this.object(object, start, this.signedNumber());
    }
  }

  protected object(
    object: ObjectReference["object"],
    start: number,
    name: ObjectReference["name"],
    of: ObjectReference["of"] = null,
    ordered: readonly RoutineArgument[] = [],
    left: TypeName | null = null,
    right: TypeName | null = null,
  ): ObjectReference {
    return { kind: "object", start, end: this.last, object, name, of, ordered, left, right };
  }

  private memberOfTable(object: ObjectReference["object"], start: number): ObjectReference {
    const name = this.bareName("a name");
    this.expect("ON");
    const ofDomain =
      object === "CONSTRAINT" && this.is("DOMAIN") && this.behind(() => this.isName());
    if (ofDomain) this.advance();
    const of = this.objectName("a table");
    return this.object(ofDomain ? "DOMAIN CONSTRAINT" : object, start, name, of);
  }

  /** An operator class, a transform or a cast: two names or types. */
  private pair(object: ObjectReference["object"], start: number): ObjectReference {
    if (object === "CAST") {
      this.expect("(");
      const from = this.typeName();
      this.expect("AS");
      const to = this.typeName();
      this.expect(")");
      return this.object(object, start, from, to);
    }
    if (object === "TRANSFORM") {
      this.expect("FOR");
      const type = this.typeName();
      this.expect("LANGUAGE");
      return this.object(object, start, type, this.bareName("a language"));
    }
    const name = this.objectName("a name");
    this.expect("USING");
    return this.object(object, start, name, this.bareName("a method"));
  }

  private columnReference(start: number): ObjectReference {
    const names = [this.name("a column")];
    while (this.accept(".")) names.push(this.columnLabel());
    const [last, table = null, schema = null, catalog = null] = names.toReversed();
    if (last === undefined) return this.fail("a column");
    const of: ObjectName | null = table && {
      kind: "object-name",
      start,
      end: table.end,
      catalog,
      schema,
      name: table,
    };
    return this.object("COLUMN", start, this.bareObjectName(last), of);
  }

  private aggregate(start: number): ObjectReference {
    const first = this.isName() ? this.takeName() : this.typeOrFunctionName("an aggregate");
    const name = this.objectNameFrom(first, "an aggregate");
    let items: RoutineArgument[] = [];
    let ordered: RoutineArgument[] = [];
    this.expect("(");
    if (!this.accept("*")) {
      const one = (): RoutineArgument => this.routineArgument();
      if (!this.is("ORDER")) items = this.list(one);
      if (this.acceptPair("ORDER", "BY")) ordered = this.list(one);
    }
    this.expect(")");
    const end = this.last;
    return this.object(
      "AGGREGATE",
      start,
      { kind: "routine", start, end, name, arguments: items, parenthesised: true },
      null,
      ordered,
    );
  }

  private operatorReference(start: number): ObjectReference {
    const name = this.schemaOperator();
    this.expect("(");
    const left = this.accept("NONE") ? null : this.typeName();
    if (left !== null && this.is(")")) this.refuse("missing argument");
    this.expect(",");
    const right = left !== null && this.accept("NONE") ? null : this.typeName();
    this.expect(")");
    return this.object("OPERATOR", start, name, null, [], left, right);
  }
}
