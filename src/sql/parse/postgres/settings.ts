import type { NumberLiteral, StringLiteral } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { SetConstraints, SetTransaction, Setting } from "../../ast/postgres-command.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresTransactions } from "./transactions.ts";

type Value = Setting["values"][number];

/** The settings that SET has words of its own for, by the first of them. */
const FORMS: Readonly<Record<string, string>> = {
  AUTHORIZATION: "session_authorization",
  CATALOG: "",
  NAMES: "client_encoding",
  ROLE: "role",
  SCHEMA: "search_path",
  TIME: "timezone",
  XML: "xmloption",
};

/** The settings that RESET and SHOW have two words for, and a third. */
const PAIRS: readonly (readonly [string, string, string, third?: string])[] = [
  ["TIME", "ZONE", "timezone"],
  ["SESSION", "AUTHORIZATION", "session_authorization"],
  ["TRANSACTION", "ISOLATION", "transaction_isolation", "LEVEL"],
];

/** The fields that the INTERVAL of a time zone may have. */
const ZONE_FIELDS: readonly string[] = ["", "HOUR", "MINUTE", "HOUR TO MINUTE"];

/** Behind the name of a setting; other words make what could be one a form of SET. */
const BEHIND_NAME: readonly string[] = ["=", "TO", ".", "FROM"];

/** SET, RESET and SHOW. */
export abstract class PostgresSettings extends PostgresTransactions {
  protected override command(): Statement {
    const { word } = this;
    switch (word) {
      case "SET":
        return this.set(this.verb());
      case "RESET":
      case "SHOW": {
        const start = this.verb();
        const name = this.accept("ALL") ? null : this.knownSetting();
        return this.setting(word, start, false, name);
      }
      default:
        return super.command();
    }
  }

  private setting(
    action: Setting["action"],
    start: number,
    local: boolean,
    name: Setting["name"],
    values: Setting["values"] = [],
  ): Setting {
    return { kind: "setting", start, end: this.last, action, local, name, values };
  }

  private knownSetting(): Name {
    for (const [first, second, text, third] of PAIRS) {
      if (!this.isPair(first, second)) continue;
      const start = this.verb();
      this.advance();
      if (third !== undefined) this.expect(third);
      return { kind: "name", start, end: this.last, text, quote: "" };
    }
    return this.settingName();
  }

  private isSetting(): boolean {
    return BEHIND_NAME.includes(this.peek());
  }

  /** Consumes a word where it is not the name of a setting. */
  private acceptForm(word: string): boolean {
    return this.is(word) && !this.isSetting() && this.accept(word);
  }

  private set(start: number): Statement {
    if (this.acceptForm("CONSTRAINTS")) return this.setConstraints(start);
    const local = this.acceptForm("LOCAL");
    const session = this.acceptForm("SESSION");
    const twice = session && (local || this.acceptForm("SESSION"));
    if (session && this.acceptForm("CHARACTERISTICS")) {
      this.expect("AS");
      this.expect("TRANSACTION");
      return this.setTransaction(start, local, true);
    }
    const ofSession = this.is("AUTHORIZATION");
    if (twice && !ofSession) this.fail("AUTHORIZATION or CHARACTERISTICS");
    if (!twice && this.acceptForm("TRANSACTION")) return this.setTransaction(start, local, false);
    const form = FORMS[this.word];
    if (form === undefined || this.isSetting() || (ofSession && !session)) {
      return this.setName(start, local);
    }
    return this.setForm(start, local, form);
  }

  /** `SET name = value`. */
  private setName(start: number, local: boolean): Setting {
    const name = this.settingName();
    if (this.acceptPair("FROM", "CURRENT")) {
      return this.setting("SET FROM CURRENT", start, local, name);
    }
    this.expectOneOf(["TO", "="]);
    if (this.accept("DEFAULT")) return this.setting("SET DEFAULT", start, local, name);
    const values = this.list(() => this.settingValue());
    return this.setting("SET", start, local, name, values);
  }

  private settingValue(): StringLiteral | NumberLiteral {
    const value = this.optionValue();
    if (value === null) return this.fail("a value");
    return value.kind === "name" ? this.asString(value) : value;
  }

  private asString({ start, end, text }: Name): StringLiteral {
    return { kind: "string", start, end, value: text };
  }

  /** A form of SET that begins with words of its own. */
  private setForm(start: number, local: boolean, form: string): Setting {
    const { word } = this;
    const name = this.named(form, "");
    const value = this.formValue(word);
    if (value === null) return this.setting("SET DEFAULT", start, local, name);
    if (form === "") this.refuse("current database cannot be changed", value.start);
    return this.setting("SET", start, local, name, [value]);
  }

  /** What a form sets to; null is DEFAULT. */
  private formValue(word: string): Value | null {
    switch (word) {
      case "TIME":
        this.expect("ZONE");
        return this.zone();
      case "XML": {
        this.expect("OPTION");
        const { start } = this;
        const value = this.expectOneOf(["DOCUMENT", "CONTENT"]);
        return { kind: "string", start, end: this.last, value };
      }
      case "NAMES":
        if (this.kind === "string") break;
        this.accept("DEFAULT");
        return null;
      case "AUTHORIZATION":
        if (this.accept("DEFAULT")) return null;
        return this.wordOrString();
      case "ROLE":
        return this.wordOrString();
      default:
    }
    return this.stringConstant();
  }

  private wordOrString(): StringLiteral {
    return this.isNonReserved() ? this.asString(this.takeName()) : this.stringConstant();
  }

  /** The value of TIME ZONE; null is LOCAL or DEFAULT. */
  private zone(): Value | null {
    if (this.accept("LOCAL") || this.accept("DEFAULT")) return null;
    if (this.kind === "string" || (this.isName() && this.word === "")) return this.wordOrString();
    if (!this.is("INTERVAL")) return this.signedNumber();
    const value = this.operand();
    if (value.kind !== "cast") return this.fail("a string");
    if (!ZONE_FIELDS.includes(value.type.fields)) {
      this.refuse("time zone interval must be HOUR or HOUR TO MINUTE", value.operand.end);
    }
    return value;
  }

  /** The modes, or SNAPSHOT. */
  private setTransaction(start: number, local: boolean, session: boolean): SetTransaction {
    const snapshot = !session && this.accept("SNAPSHOT") ? this.stringConstant() : null;
    const modes = snapshot === null ? this.transactionModes() : [];
    return { kind: "set-transaction", start, end: this.last, local, session, modes, snapshot };
  }

  private setConstraints(start: number): SetConstraints {
    const names = this.accept("ALL") ? [] : this.list(() => this.objectName("a constraint"));
    const deferred = this.expectOneOf(["DEFERRED", "IMMEDIATE"]) === "DEFERRED";
    return { kind: "set-constraints", start, end: this.last, names, deferred };
  }
}
