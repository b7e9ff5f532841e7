import type { DropBehavior } from "../../ast/control.ts";
import type { Name } from "../../ast/name.ts";
import type { Option } from "../../ast/option.ts";
import type {
  AlterDefaultPrivileges,
  Grant,
  GrantRole,
  Owned,
  Privilege,
  PrivilegeTarget,
  Role,
} from "../../ast/postgres-command.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresCursors } from "./cursors.ts";

/** How the objects of a target are named, where the word may also be the name of a table. */
const NAMING: Readonly<Record<string, "object" | "name" | "routine" | "number" | "setting">> = {
  SEQUENCE: "object",
  DOMAIN: "object",
  TYPE: "object",
  FUNCTION: "routine",
  PROCEDURE: "routine",
  ROUTINE: "routine",
  DATABASE: "name",
  LANGUAGE: "name",
  SCHEMA: "name",
  TABLESPACE: "name",
  LARGE: "number",
  PARAMETER: "setting",
};

const ALL_TARGETS = ["TABLES", "SEQUENCES", "FUNCTIONS", "PROCEDURES", "ROUTINES"] as const;

const DEFAULT_TARGETS = [
  "TABLES",
  "SEQUENCES",
  "FUNCTIONS",
  "ROUTINES",
  "TYPES",
  "SCHEMAS",
] as const;

/** Who owns what and may do what. */
export abstract class PostgresPrivileges extends PostgresCursors {
  protected override command(): Statement {
    switch (this.word) {
      case "GRANT":
        return this.grant(this.verb(), false, false);
      case "REVOKE":
        return this.grant(this.verb(), true, false);
      case "REASSIGN":
        return this.owned(this.verb(), true);
      case "DROP":
        return this.peek() === "OWNED" ? this.owned(this.verb(), false) : super.command();
      case "ALTER":
        if (this.peek() === "DEFAULT") return this.alterDefaultPrivileges(this.verb());
        return super.command();
      default:
        return super.command();
    }
  }

  protected behavior(): DropBehavior {
    return this.acceptOneOf(["CASCADE", "RESTRICT"]);
  }

  private owned(start: number, reassign: boolean): Owned {
    this.expect("OWNED");
    this.expect("BY");
    const roles = this.roles();
    if (reassign) this.expect("TO");
    const to = reassign ? this.role() : null;
    const behavior = reassign ? "" : this.behavior();
    return { kind: "owned", start, end: this.last, roles, to, behavior };
  }

  private alterDefaultPrivileges(start: number): AlterDefaultPrivileges {
    this.advance();
    this.expect("PRIVILEGES");
    const roles: Role[] = [];
    const schemas: Name[] = [];
    while (!this.is("GRANT") && !this.is("REVOKE")) {
      if (this.acceptPair("IN", "SCHEMA")) {
        if (schemas.length > 0) this.refuse("conflicting or redundant options");
        schemas.push(...this.list(() => this.name("a schema")));
      } else {
        this.expect("FOR");
        this.expectOneOf(["ROLE", "USER"]);
        if (roles.length > 0) this.refuse("conflicting or redundant options");
        roles.push(...this.roles());
      }
    }
    const revoke = this.is("REVOKE");
    const grant = this.grant(this.verb(), revoke, true);
    if (grant.kind === "grant-role") return this.fail("ON");
    const end = this.last;
    return { kind: "alter-default-privileges", start, end, roles, schemas, grant };
  }

  /** GRANT and REVOKE; `byDefault` as an ALTER DEFAULT PRIVILEGES holds them. */
  private grant(start: number, revoke: boolean, byDefault: boolean): Grant | GrantRole {
    const forGrant = revoke && this.is("GRANT");
    let option: Name | null = null;
    if (forGrant || (revoke && this.isName() && this.peek() === "OPTION")) {
      option = this.takeName();
      this.expect("OPTION");
      this.expect("FOR");
    }
    const ofRole = option !== null && !forGrant;
    const all = !ofRole && this.is("ALL");
    const privileges = all ? [this.allPrivileges()] : this.list(() => this.privilege());
    const onObjects = all || forGrant || byDefault || (this.is("ON") && !ofRole);
    if (!onObjects) return this.grantRoles(start, revoke, privileges, option);
    this.expect("ON");
    const [target, objects] = byDefault ? this.defaultTarget() : this.privilegeTarget();
    this.expect(revoke ? "FROM" : "TO");
    const roles = this.list(() => this.grantee());
    const withGrant = !revoke && this.acceptPair("WITH", "GRANT");
    if (withGrant) this.expect("OPTION");
    const grantedBy = byDefault ? null : this.grantedBy();
    const behavior = revoke ? this.behavior() : "";
    return {
      kind: "grant",
      start,
      end: this.last,
      revoke,
      grantOption: forGrant || withGrant,
      privileges,
      target,
      objects,
      roles,
      grantedBy,
      behavior,
    };
  }

  private grantRoles(
    start: number,
    revoke: boolean,
    privileges: readonly Privilege[],
    option: Name | null,
  ): GrantRole {
    this.expect(revoke ? "FROM" : "TO");
    const roles = this.roles();
    const options: Option[] = option === null ? [] : [this.roleOption(option, false)];
    if (!revoke && this.accept("WITH")) options.push(...this.list(() => this.grantOption()));
    const grantedBy = this.grantedBy();
    const behavior = revoke ? this.behavior() : "";
    const granted = privileges.map(({ name, columns: [column] }) => {
      if (column === undefined && name !== null) return name;
      return this.refuse("column names cannot be included in GRANT/REVOKE ROLE", column?.start);
    });
    const end = this.last;
    return { kind: "grant-role", start, end, revoke, granted, roles, options, grantedBy, behavior };
  }

  /** `ADMIN OPTION`, `INHERIT FALSE` */
  private grantOption(): Option {
    const name = this.columnLabel("an option");
    return this.roleOption(name, this.expectOneOf(["OPTION", "TRUE", "FALSE"]) !== "FALSE");
  }

  private roleOption(name: Name, value: boolean): Option {
    const { start, end } = name;
    return this.option(name, { kind: "boolean", start, end, value });
  }

  private grantedBy(): Role | null {
    return this.acceptPair("GRANTED", "BY") ? this.role() : null;
  }

  private grantee(): Role {
    this.accept("GROUP");
    return this.role();
  }

  /** `ALL PRIVILEGES (columns)` */
  private allPrivileges(): Privilege {
    const start = this.verb();
    this.accept("PRIVILEGES");
    const columns = this.nameList("a column");
    return { kind: "privilege", start, end: this.last, name: null, columns };
  }

  private privilege(): Privilege {
    const { start } = this;
    const name = this.privilegeName();
    const columns = this.nameList("a column");
    return { kind: "privilege", start, end: this.last, name, columns };
  }

  private privilegeName(): Name {
    const { start, word } = this;
    if (this.isPair("ALTER", "SYSTEM")) {
      this.advance();
      this.advance();
      return { kind: "name", start, end: this.last, text: "alter system", quote: "" };
    }
    const reserved = word === "SELECT" || word === "REFERENCES" || word === "CREATE";
    return reserved ? this.takeName() : this.name("a privilege or role");
  }

  private defaultTarget(): [PrivilegeTarget, Grant["objects"]] {
    if (this.acceptPair("LARGE", "OBJECTS")) return ["LARGE OBJECTS", []];
    return [this.expectOneOf(DEFAULT_TARGETS), []];
  }

  private privilegeTarget(): [PrivilegeTarget, Grant["objects"]] {
    if (this.accept("ALL")) {
      const what = this.expectOneOf(ALL_TARGETS);
      this.expect("IN");
      this.expect("SCHEMA");
      return [`ALL ${what}`, this.objectsBy("name")];
    }
    if (this.accept("FOREIGN")) {
      if (this.accept("SERVER")) return ["FOREIGN SERVER", this.objectsBy("name")];
      this.expect("DATA");
      this.expect("WRAPPER");
      return ["FOREIGN DATA WRAPPER", this.objectsBy("name")];
    }
    const { word } = this;
    const table = this.accept("TABLE") || !this.isBefore("TO", "FROM", ",", ".");
    const naming = table ? undefined : NAMING[word];
    if (naming === undefined) return ["TABLE", this.objectsBy("object")];
    this.advance();
    if (naming === "number") this.expect("OBJECT");
    const target = naming === "number" ? "LARGE OBJECT" : (word as PrivilegeTarget);
    return [target, this.objectsBy(naming)];
  }

  private objectsBy(naming: (typeof NAMING)[string]): Grant["objects"] {
    return this.list(() => {
      switch (naming) {
        case "object":
          return this.objectName("an object");
        case "routine":
          return this.routine();
        case "number":
          return this.signedNumber();
        case "setting":
          return this.bareObjectName(this.settingName());
        default:
          return this.bareObjectName(this.name("a name"));
      }
    });
  }
}
