import type { StringLiteral } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { Role } from "../../ast/postgres-command.ts";
import type { AlterSetting, Clause, CreateRole, DropRole } from "../../ast/postgres-schema.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresAlter } from "./alter.ts";
import { type Phrases, phrases } from "./phrases.ts";

/**
 * The clauses of a role that begin with a keyword, by what follows: s a string, p one or NULL,
 * # an integer, u one without a sign, r roles.
 */
const ALTERED = `
s:VALID UNTIL,ENCRYPTED PASSWORD
p:PASSWORD
#:CONNECTION LIMIT
r:USER
:INHERIT`;

const ALTERED_CLAUSES: Phrases = phrases(ALTERED);

const CREATED_CLAUSES: Phrases = phrases(`${ALTERED}
u:SYSID
r:ADMIN,ROLE,IN ROLE,IN GROUP`);

/** The clauses that are a word of no keyword table. */
const FLAGS: ReadonlySet<string> = new Set([
  "superuser",
  "nosuperuser",
  "createrole",
  "nocreaterole",
  "replication",
  "noreplication",
  "createdb",
  "nocreatedb",
  "login",
  "nologin",
  "bypassrls",
  "nobypassrls",
  "noinherit",
]);

/** CREATE, ALTER and DROP of ROLE, USER and GROUP. */
export abstract class PostgresRoles extends PostgresAlter {
  /** Consumes ROLE, USER or GROUP; USER MAPPING is refused. */
  private roleWord(verb: string, start: number): CreateRole["object"] {
    const object = this.expectOneOf(["ROLE", "USER", "GROUP"]);
    const mapping = object === "USER" && this.is("MAPPING");
    if (mapping && this.behind(() => this.is("FOR") || this.is("IF"))) {
      this.unsupported(`${verb} USER MAPPING`, start);
    }
    return object;
  }

  protected clause(
    start: number,
    clause: Clause["clause"],
    value: Clause["value"] = null,
    roles: Clause["roles"] = [],
  ): Clause {
    return { kind: "clause", start, end: this.last, clause, value, roles };
  }

  /** The name of a role that is made or renamed. */
  private roleName(): Name {
    const role = this.role();
    if (role.kind !== "name") {
      this.refuse(`${role.keyword} cannot be used as a role name here`, role.start);
    }
    if (role.text === "public") this.refuse('role name "public" is reserved', role.start);
    return role;
  }

  protected createRole(start: number): Statement {
    const object = this.roleWord("CREATE", start);
    const name = this.roleName();
    this.accept("WITH");
    const clauses = this.roleClauses(CREATED_CLAUSES);
    return { kind: "create-role", start, end: this.last, object, name, clauses };
  }

  protected dropRole(start: number): DropRole {
    const object = this.roleWord("DROP", start);
    const ifExists = this.ifExists();
    const roles = this.roles();
    return { kind: "drop-role", start, end: this.last, object, ifExists, roles };
  }

  protected alterRole(start: number): Statement {
    const object = this.roleWord("ALTER", start);
    if (object !== "GROUP" && this.accept("ALL")) return this.roleSetting(start, object, null);
    const at = this.start;
    const role = this.role();
    switch (this.word) {
      case "RENAME":
        return this.renameRole(start, object, role, at);
      case "SET":
      case "RESET":
        if (object === "GROUP") break;
        return this.roleSetting(start, object, role);
      case "IN":
        if (object === "GROUP" || this.peek() !== "DATABASE") break;
        return this.roleSetting(start, object, role);
      default:
    }
    const clauses = object === "GROUP" ? [this.groupClause()] : this.alteredRoleClauses();
    return { kind: "alter-role", start, end: this.last, object, role, clauses };
  }

  private alteredRoleClauses(): Clause[] {
    this.accept("WITH");
    return this.roleClauses(ALTERED_CLAUSES);
  }

  /** `ADD USER roles` and `DROP USER roles`. */
  private groupClause(): Clause {
    const { start } = this;
    const verb = this.expectOneOf(["ADD", "DROP"]);
    this.expect("USER");
    const roles = this.roles();
    return this.clause(start, `${verb} USER`, null, roles);
  }

  private renameRole(
    start: number,
    object: CreateRole["object"],
    role: Role,
    at: number,
  ): Statement {
    if (role.kind !== "name" || role.text === "public") this.refuse("role name is reserved", at);
    const renamed = this.object(object, at, this.bareObjectName(role));
    const from = this.verb();
    this.expect("TO");
    const action = this.renamed(from, this.roleName());
    const end = this.last;
    return {
      kind: "alter-object",
      start,
      end,
      object: renamed,
      ifExists: false,
      actions: [action],
    };
  }

  /** `IN DATABASE name SET …`, all but the setting optional. */
  private roleSetting(
    start: number,
    object: AlterSetting["object"],
    name: AlterSetting["name"],
  ): AlterSetting {
    const database = this.acceptPair("IN", "DATABASE") ? this.name("a database") : null;
    return this.alterSetting(start, object, name, database);
  }

  /** A SET or RESET without LOCAL and SESSION. */
  protected alterSetting(
    start: number,
    object: AlterSetting["object"],
    name: AlterSetting["name"],
    database: AlterSetting["database"],
  ): AlterSetting {
    if (!this.is("SET") && !this.is("RESET")) this.fail("SET or RESET");
    const scoped = this.behind(() => {
      if (!this.is("LOCAL") && !this.is("SESSION")) return false;
      return !["=", "TO", "FROM", ".", "AUTHORIZATION", "CHARACTERISTICS"].includes(this.peek());
    });
    if (scoped) {
      this.advance();
      this.advance();
      this.fail("TO");
    }
    const at = this.start;
    const setting = this.command();
    if (setting.kind !== "setting" && setting.kind !== "set-transaction") {
      return this.refuse('syntax error at or near "SET"', at);
    }
    return { kind: "alter-setting", start, end: this.last, object, name, database, setting };
  }

  private roleClauses(phrases: Phrases): Clause[] {
    const clauses: Clause[] = [];
    for (;;) {
      const clause = this.roleClause(phrases);
      if (clause === null) return clauses;
      clauses.push(clause);
    }
  }

  private roleClause(phrases: Phrases): Clause | null {
    const { start } = this;
    const found = this.phrase(phrases);
    if (found === "") return this.roleFlag();
    const word = found as Clause["clause"];
    switch (phrases.get(found)) {
      case ":s":
        return this.clause(start, word, this.stringConstant());
      case ":p":
        return this.clause(start, word, this.password());
      case ":u":
        if (this.kind !== "integer") this.fail("an integer");
        return this.clause(start, word, this.signedConstant());
      case ":#":
        return this.clause(start, word, this.signedConstant());
      case ":r":
        return this.clause(start, word, null, this.roles());
      default:
        return this.clause(start, word);
    }
  }

  private password(): StringLiteral | Extract<Clause["value"], { kind: "null" }> {
    const { start, end } = this;
    return this.accept("NULL") ? { kind: "null", start, end } : this.stringConstant();
  }

  private roleFlag(): Clause | null {
    const { start } = this;
    if (this.is("UNENCRYPTED") && this.peek() === "PASSWORD") {
      this.refuse("UNENCRYPTED PASSWORD is no longer supported");
    }
    if (this.word !== "" || !this.isName()) return null;
    const { text } = this.takeName();
    if (!FLAGS.has(text)) this.refuse(`unrecognized role option "${text}"`, start);
    return this.clause(start, text.toUpperCase() as Clause["clause"]);
  }
}
