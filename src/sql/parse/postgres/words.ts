import { DosqlError } from "../../../base/errors.ts";
import type { NumberLiteral, StringLiteral, TypeName } from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type { Option, OptionList, OptionValue } from "../../ast/option.ts";
import type { Role, Routine, RoutineArgument } from "../../ast/postgres-command.ts";
import type { TableRef } from "../../ast/query.ts";
import type { Statement } from "../../ast/statement.ts";
import { POSTGRES_KEYWORDS } from "../../lex/keywords-postgres.ts";
import { PostgresMerge } from "./merge.ts";

const { uses } = POSTGRES_KEYWORDS;

const ROLE_WORDS = ["CURRENT_ROLE", "CURRENT_USER", "SESSION_USER"] as const;

/** The largest integer that Postgres' lexer takes for one. */
const MAX_INTEGER = 0x7fffffff;

/** Statements that are refused by their name, by their first word. */
const REFUSED: Readonly<Record<string, string>> = {
  DO: "DO",
  IMPORT: "IMPORT FOREIGN SCHEMA",
  SECURITY: "SECURITY LABEL",
};

/** What several commands are made of: verbs, roles, options, routines. */
export abstract class PostgresWords extends PostgresMerge {
  /** A statement that is no query; fails when it is none at all. */
  protected command(): Statement {
    const { start: at } = this;
    const refused = REFUSED[this.word];
    if (refused === undefined) return this.fail("a statement");
    throw new DosqlError("unsupported", `${refused} is not supported`, { at });
  }

  /** Consumes the word that a statement begins with; where it stands. */
  protected verb(): number {
    const { start } = this;
    this.advance();
    return start;
  }

  /** Whether the token behind the current one is none of `words` and not the end. */
  protected isBefore(...words: readonly string[]): boolean {
    return this.behind(() => !this.atEnd() && !this.is(";") && !words.includes(this.word));
  }

  /** Whether the token is any word that is not reserved. */
  protected isNonReserved(): boolean {
    return this.isLabel() && uses.get(this.word) !== "reserved";
  }

  /** `a.b.c` as one name. */
  protected settingName(): Name {
    const { start } = this;
    const first = this.name("a setting");
    if (!this.is(".")) return first;
    let { text } = first;
    while (this.accept(".")) text += `.${this.name("a setting").text}`;
    return { kind: "name", start, end: this.last, text, quote: first.quote };
  }

  protected role(): Role {
    const { start, end } = this;
    const keyword = this.acceptOneOf(ROLE_WORDS);
    if (keyword !== "") return { kind: "keyword-value", start, end, keyword, precision: null };
    if (!this.isNonReserved()) this.fail("a role");
    const name = this.takeName();
    if (name.text === "none") this.refuse('role name "none" is reserved', start);
    return name;
  }

  protected roles(): Role[] {
    return this.list(() => this.role());
  }

  /** `(name value, …)`. */
  protected options(): Option[] {
    return this.parenthesised(() => {
      const analyze = this.is("ANALYZE") || this.is("ANALYSE");
      if (!analyze && !this.isNonReserved()) this.fail("an option");
      const name = analyze ? this.named("analyze", "") : this.takeName();
      return this.option(name, this.optionValue());
    });
  }

  protected option(name: Name, value: Option["value"] = null): Option {
    return { kind: "option", start: name.start, end: this.last, namespace: null, name, value };
  }

  /** A word, a string or a number; null where there is none. */
  protected optionValue(): Name | StringLiteral | NumberLiteral | null {
    const { kind, word } = this;
    if (kind === "integer" || kind === "float" || word === "-" || word === "+") {
      return this.signedNumber();
    }
    return this.optionWord();
  }

  /** A word or a string. */
  protected optionWord(): Name | StringLiteral | null {
    if (this.kind === "string") return this.stringConstant();
    const { word } = this;
    const switches = word === "ON" || word === "TRUE" || word === "FALSE";
    return switches || this.isNonReserved() ? this.takeName() : null;
  }

  protected optionList(item: () => OptionValue): OptionList {
    const { start } = this;
    const items = this.list(item);
    return { kind: "option-list", start, end: this.last, items };
  }

  /** A table without an alias. */
  protected plainTable(): TableRef {
    const { start } = this;
    const [name, only] = this.relation();
    return this.tableOfParts(name, only, null, null, null, start);
  }

  /** An integer with its sign that fits 32 bits. */
  protected signedInteger(): number {
    const sign = this.acceptOneOf(["-", "+"]) === "-" ? -1 : 1;
    const value = Number(this.sql.slice(this.start, this.end).replaceAll("_", ""));
    if (this.kind !== "integer" || value > MAX_INTEGER) this.fail("an integer");
    this.advance();
    return sign * value;
  }

  /** The name of a function, and whether a parenthesis may follow it. */
  protected functionName(): [name: ObjectName, callable: boolean] {
    const column = this.isName();
    const callable = this.isTypeOrFunction();
    if (!column && !callable) this.fail("a function");
    const first = this.takeName();
    const name = column ? this.objectNameFrom(first, "a function") : this.bareObjectName(first);
    return [name, callable || name.schema !== null];
  }

  /** `name`, or `name(arguments)`. */
  protected routine(): Routine {
    const { start } = this;
    const [name, callable] = this.functionName();
    const parenthesised = callable && this.accept("(");
    const given = parenthesised && !this.is(")") ? this.list(() => this.routineArgument()) : [];
    if (parenthesised) this.expect(")");
    return { kind: "routine", start, end: this.last, name, arguments: given, parenthesised };
  }

  /** `[mode] [name] type` or `name mode type`. */
  protected routineArgument(): RoutineArgument {
    const { start } = this;
    let mode = this.argumentMode();
    const named = this.isTypeOrFunction() && this.behind(() => this.isArgumentRest());
    const name = named ? this.takeName() : null;
    if (mode === "") mode = this.argumentMode();
    const type = this.argumentType();
    return { kind: "routine-argument", start, end: this.last, mode, name, type };
  }

  private argumentMode(): RoutineArgument["mode"] {
    const mode = this.acceptOneOf(["IN", "OUT", "INOUT", "VARIADIC"]);
    return mode === "IN" && this.accept("OUT") ? "INOUT" : mode;
  }

  /** Whether what follows a word makes it the name of an argument. */
  private isArgumentRest(): boolean {
    const { word } = this;
    if (word === "IN" || word === "VARIADIC") return true;
    return word !== "PRECISION" && this.isNonReserved();
  }

  /** A type, or `table.column%TYPE`. */
  private argumentType(): TypeName {
    const type = this.typeName();
    const plain = type.name.end === type.end && type.name.schema !== null;
    if (!plain || !this.accept("%")) return type;
    this.expect("TYPE");
    return { ...type, end: this.last, ofColumn: true };
  }
}
