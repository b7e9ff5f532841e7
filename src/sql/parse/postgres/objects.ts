import type { AddAttribute, AlterAction } from "../../ast/alter.ts";
import type { Drop, NamedObject } from "../../ast/control.ts";
import type { Name } from "../../ast/name.ts";
import type { Option } from "../../ast/option.ts";
import type { ObjectReference } from "../../ast/postgres-object.ts";
import type { Clause, CommentOn, ObjectAction } from "../../ast/postgres-schema.ts";
import type { Statement } from "../../ast/statement.ts";
import { OBJECTS } from "./references.ts";
import { PostgresRoles } from "./roles.ts";

const DATABASE_OPTIONS = ["ENCODING", "LOCATION", "OWNER", "TABLESPACE", "TEMPLATE"];

/** ALTER, DROP and COMMENT of objects of any kind. */
export abstract class PostgresObjects extends PostgresRoles {
  protected alter(): Statement {
    const start = this.verb();
    switch (this.word) {
      case "ROLE":
      case "USER":
      case "GROUP":
        return this.alterRole(start);
      case "SYSTEM":
        return this.unsupported("ALTER SYSTEM", start);
      default:
    }
    const object = this.objectKind(":");
    switch (object) {
      case "TABLE":
      case "INDEX":
      case "VIEW":
      case "MATERIALIZED VIEW":
      case "SEQUENCE":
      case "FOREIGN TABLE":
        return this.alterRelation(start, object);
      default:
        return this.alterObject(start, object);
    }
  }

  private alterObject(start: number, object: ObjectReference["object"]): Statement {
    const ifExists = object === "POLICY" && this.ifExists();
    const at = this.start;
    const named = object === "TYPE" || object === "DOMAIN";
    const altered = named
      ? this.object(object, at, this.objectName("a type"))
      : this.reference(object);
    let actions: readonly ObjectAction[];
    switch (object) {
      case "TYPE":
        actions = this.typeActions(start);
        break;
      case "DOMAIN":
        actions = [this.domainAction()];
        break;
      case "EXTENSION":
        actions = this.extensionActions();
        break;
      case "DATABASE": {
        const { name } = altered;
        const sets = this.is("RESET") || (this.is("SET") && !this.isSetTablespace());
        if (sets && name.kind === "object-name") {
          return this.alterSetting(start, object, name.name, null);
        }
        actions = this.databaseActions();
        break;
      }
      default:
        actions = [this.objectAction(start, object)];
    }
    return { kind: "alter-object", start, end: this.last, object: altered, ifExists, actions };
  }

  /** What many kinds of objects have in common. */
  private objectAction(start: number, object: ObjectReference["object"]): AlterAction {
    const { word } = this;
    const common =
      word === "RENAME" ||
      word === "OWNER" ||
      word === "DEPENDS" ||
      (word === "NO" && this.peek() === "DEPENDS") ||
      (word === "SET" && this.peek() === "SCHEMA");
    if (!common && this.canBe(object, "u")) this.unsupported(`ALTER ${object}`, start);
    if (word === "RENAME") return this.rename(object);
    const sets = (word === "SET" || word === "RESET") && object === "TABLESPACE";
    return sets ? this.alterOptions(this.start, null) : this.property(object);
  }

  /** `SET TABLESPACE name`, not the setting `tablespace`. */
  private isSetTablespace(): boolean {
    return this.behind(() => this.is("TABLESPACE") && this.behind(() => this.isName()));
  }

  private databaseActions(): readonly ObjectAction[] {
    const { word } = this;
    if (word === "RENAME") return [this.rename("DATABASE")];
    const property =
      word === "SET" || word === "REFRESH" || (word === "OWNER" && this.peek() === "TO");
    if (property) return [this.property("DATABASE")];
    return this.databaseOptions();
  }

  /** `WITH name = value name value …`. */
  protected databaseOptions(): Option[] {
    this.accept("WITH");
    const options: Option[] = [];
    for (;;) {
      const name = this.databaseOption();
      if (name === null) return options;
      this.accept("=");
      const isDefault = this.accept("DEFAULT");
      const value = isDefault ? null : (this.optionValue() ?? this.fail("a value"));
      options.push(this.option(name, value));
    }
  }

  private databaseOption(): Name | null {
    const { start, word } = this;
    if (this.acceptPair("CONNECTION", "LIMIT")) {
      return { kind: "name", start, end: this.last, text: "connection_limit", quote: "" };
    }
    const any = word === "" && this.isName();
    return any || DATABASE_OPTIONS.includes(word) ? this.takeName() : null;
  }

  private extensionActions(): readonly ObjectAction[] {
    const { start } = this;
    if (this.is("ADD") || this.is("DROP")) {
      const drop = this.is("DROP");
      this.advance();
      const object = this.reference(this.objectKind("e"));
      return [{ kind: "extension-member", start, end: this.last, drop, object }];
    }
    if (!this.accept("UPDATE")) return [this.property("EXTENSION")];
    const clauses: Clause[] = [this.clause(start, "UPDATE")];
    for (;;) {
      const { start: at } = this;
      if (!this.accept("TO")) return clauses;
      clauses.push(this.clause(at, "TO", this.version()));
    }
  }

  /** A string or a word. */
  protected version(): Clause["value"] {
    if (this.kind === "string") return this.stringConstant();
    return this.isNonReserved() ? this.takeName() : this.fail("a version");
  }

  /** An action of its own, or one or more on attributes. */
  private typeActions(start: number): readonly ObjectAction[] {
    const verb = this.word;
    if (verb === "SET" && this.peek() === "(") this.unsupported("ALTER TYPE SET", start);
    if (verb === "RENAME") return [this.renameInType()];
    if (verb !== "ADD" && verb !== "DROP" && verb !== "ALTER") return [this.property("TYPE")];
    if (this.peek() === "VALUE") return [this.addValue()];
    return this.list(() => this.attributeAction());
  }

  private renameInType(): ObjectAction {
    if (this.peek() !== "VALUE") return this.rename("TYPE");
    const start = this.verb();
    this.advance();
    const label = this.stringConstant();
    this.expect("TO");
    const to = this.stringConstant();
    return { kind: "rename-value", start, end: this.last, label, to };
  }

  private addValue(): ObjectAction {
    const { start } = this;
    const verb = this.expectOneOf(["ADD", "DROP"]);
    this.advance();
    const ifNotExists = verb === "ADD" && this.ifNotExists();
    const label = this.stringConstant();
    if (verb === "DROP") this.refuse("dropping an enum value is not implemented", start);
    const place = this.acceptOneOf(["BEFORE", "AFTER"]);
    const neighbor = place === "" ? null : this.stringConstant();
    return { kind: "add-value", start, end: this.last, ifNotExists, label, place, neighbor };
  }

  private attributeAction(): AlterAction | AddAttribute {
    const { start } = this;
    const verb = this.expectOneOf(["ADD", "DROP", "ALTER"]);
    this.expect("ATTRIBUTE");
    if (verb === "DROP") return this.dropColumn(start);
    if (verb === "ALTER") return this.alterType(start, this.name("an attribute"), true);
    const attribute = this.attribute();
    const behavior = this.behavior();
    return { kind: "add-attribute", start, end: this.last, attribute, behavior };
  }

  private domainAction(): ObjectAction {
    const { start, word } = this;
    if (word === "RENAME") return this.rename("DOMAIN");
    if (this.accept("ADD")) {
      const constraint = this.domainConstraint();
      return { kind: "add-constraint", start, end: this.last, constraint };
    }
    if (this.accept("DROP")) {
      if (this.accept("CONSTRAINT")) return this.dropConstraint(start);
      return this.dropDefaultOrNull(start, null) ?? this.fail("CONSTRAINT");
    }
    return this.setDefaultOrNull(start, null) ?? this.property("DOMAIN");
  }

  protected drop(): Statement {
    const start = this.verb();
    const { word } = this;
    if (word === "ROLE" || word === "USER" || word === "GROUP") return this.dropRole(start);
    const object = this.objectKind(":");
    if (object === "DATABASE") return this.dropDatabase(start);
    const listed = this.canBe(object, "D");
    const alone = this.canBe(object, "1");
    if (!listed && !alone && !this.canBe(object, "d")) this.fail("a kind of object");
    const concurrently = object === "INDEX" && this.accept("CONCURRENTLY");
    const ifExists = this.ifExists();
    const one = (): ObjectReference => this.reference(object);
    const objects = listed ? this.list(one) : [one()];
    const behavior = alone ? "" : this.behavior();
    const form = OBJECTS.get(object)?.charAt(1);
    if (form !== "A" && form !== "N") {
      return { kind: "drop-object", start, end: this.last, ifExists, objects, behavior };
    }
    const names = objects.flatMap(({ name }) => (name.kind === "object-name" ? [name] : []));
    return {
      kind: "drop",
      start,
      end: this.last,
      object: object as NamedObject,
      ifExists,
      names,
      concurrently,
      behavior,
      force: false,
    };
  }

  private dropDatabase(start: number): Drop {
    const ifExists = this.ifExists();
    const name = this.bareName("a database");
    const force = this.accept("WITH") || this.is("(");
    if (force) this.parenthesised(() => this.expect("FORCE"));
    return {
      kind: "drop",
      start,
      end: this.last,
      object: "DATABASE",
      ifExists,
      names: [name],
      concurrently: false,
      behavior: "",
      force,
    };
  }

  protected comment(): CommentOn {
    const start = this.verb();
    this.expect("ON");
    const object = this.reference(this.objectKind(":"));
    this.expect("IS");
    const text = this.accept("NULL") ? null : this.stringConstant();
    return { kind: "comment-on", start, end: this.last, object, text };
  }
}
