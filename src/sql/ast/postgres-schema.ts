// Definitions that only Postgres has.
import type { AddAttribute, AlterAction } from "./alter.ts";
import type { DropBehavior } from "./control.ts";
import type { NullLiteral, NumberLiteral, StringLiteral, TypedName, TypeName } from "./leaf.ts";
import type { Name, ObjectName, Span } from "./name.ts";
import type { Option } from "./option.ts";
import type { Grant, Role, SetTransaction, Setting } from "./postgres-command.ts";
import type { ObjectReference } from "./postgres-object.ts";
import type { TableRef } from "./query.ts";
import type {
  Constraint,
  CreateIndex,
  CreateTable,
  CreateView,
  Persistence,
  SequenceOption,
} from "./schema.ts";

/** `CREATE SEQUENCE`. */
export interface CreateSequence extends Span {
  readonly kind: "create-sequence";
  readonly persistence: Persistence;
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
  readonly options: readonly SequenceOption[];
}

/** `ALTER SEQUENCE name options`. What it shares with a table is an `AlterTable`. */
export interface AlterSequence extends Span {
  readonly kind: "alter-sequence";
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly options: readonly SequenceOption[];
}

/** `CREATE TYPE name AS ENUM (labels)` and `AS (attributes)`; SHELL is the name alone. */
export interface CreateType extends Span {
  readonly kind: "create-type";
  readonly form: "ENUM" | "COMPOSITE" | "SHELL";
  readonly name: ObjectName;
  readonly labels: readonly StringLiteral[];
  readonly attributes: readonly TypedName[];
}

/** `CREATE DOMAIN name AS type constraints`. */
export interface CreateDomain extends Span {
  readonly kind: "create-domain";
  readonly name: ObjectName;
  readonly type: TypeName;
  readonly constraints: readonly Constraint[];
}

/** `CREATE SCHEMA name AUTHORIZATION owner elements`. */
export interface CreateSchema extends Span {
  readonly kind: "create-schema";
  readonly ifNotExists: boolean;
  /** One of name and owner may be missing. */
  readonly name: Name | null;
  readonly owner: Role | null;
  readonly elements: readonly (CreateTable | CreateIndex | CreateView | CreateSequence | Grant)[];
}

/** `CREATE EXTENSION`. */
export interface CreateExtension extends Span {
  readonly kind: "create-extension";
  readonly ifNotExists: boolean;
  readonly name: Name;
  readonly clauses: readonly Clause[];
}

/** `CREATE ROLE`, USER and GROUP. */
export interface CreateRole extends Span {
  readonly kind: "create-role";
  readonly object: "ROLE" | "USER" | "GROUP";
  readonly name: Name;
  readonly clauses: readonly Clause[];
}

/** `ALTER ROLE role clauses`; of a GROUP one ADD USER or DROP USER. */
export interface AlterRole extends Span {
  readonly kind: "alter-role";
  readonly object: "ROLE" | "USER" | "GROUP";
  readonly role: Role;
  readonly clauses: readonly Clause[];
}

/** `ALTER ROLE role IN DATABASE database SET …` and `ALTER DATABASE name SET …`. */
export interface AlterSetting extends Span {
  readonly kind: "alter-setting";
  readonly object: "ROLE" | "USER" | "DATABASE";
  /** Null is ALL. */
  readonly name: Role | null;
  readonly database: Name | null;
  readonly setting: Setting | SetTransaction;
}

/** One of the words that follow a role or an extension in any order, with what belongs to it. */
export interface Clause extends Span {
  readonly kind: "clause";
  readonly clause: ClauseName;
  /** NULL is that of a password. */
  readonly value: StringLiteral | NumberLiteral | NullLiteral | Name | null;
  /** Of ADMIN, ROLE, USER, IN ROLE, IN GROUP, ADD USER and DROP USER. */
  readonly roles: readonly Role[];
}

/** The words of a `Clause`. */
export type ClauseName =
  /** Of an extension, the last of ALTER. */
  | "SCHEMA"
  | "VERSION"
  | "CASCADE"
  | "UPDATE"
  | "TO"
  /** Of a role, the last two of ALTER GROUP. */
  | "SUPERUSER"
  | "NOSUPERUSER"
  | "CREATEDB"
  | "NOCREATEDB"
  | "CREATEROLE"
  | "NOCREATEROLE"
  | "INHERIT"
  | "NOINHERIT"
  | "LOGIN"
  | "NOLOGIN"
  | "REPLICATION"
  | "NOREPLICATION"
  | "BYPASSRLS"
  | "NOBYPASSRLS"
  | "CONNECTION LIMIT"
  | "PASSWORD"
  | "ENCRYPTED PASSWORD"
  | "VALID UNTIL"
  | "SYSID"
  | "ADMIN"
  | "ROLE"
  | "USER"
  | "IN ROLE"
  | "IN GROUP"
  | "ADD USER"
  | "DROP USER";

/** `CREATE DATABASE name options`; `CONNECTION LIMIT` is the option `connection_limit`. */
export interface CreateDatabase extends Span {
  readonly kind: "create-database";
  readonly name: Name;
  readonly options: readonly Option[];
}

/** `REFRESH MATERIALIZED VIEW`. */
export interface RefreshView extends Span {
  readonly kind: "refresh-view";
  readonly concurrently: boolean;
  readonly name: ObjectName;
  readonly data: "" | "DATA" | "NO DATA";
}

/** `TRUNCATE`. */
export interface Truncate extends Span {
  readonly kind: "truncate";
  readonly tables: readonly TableRef[];
  /** RESTART IDENTITY or CONTINUE IDENTITY. */
  readonly identity: "" | "RESTART" | "CONTINUE";
  readonly behavior: DropBehavior;
}

/** `COMMENT ON object IS text`; null is NULL. */
export interface CommentOn extends Span {
  readonly kind: "comment-on";
  readonly object: ObjectReference;
  readonly text: StringLiteral | null;
}

/** `DROP TYPE`, DOMAIN, FUNCTION, … of what takes more than a name. */
export interface DropObject extends Span {
  readonly kind: "drop-object";
  readonly ifExists: boolean;
  /** All of one kind. */
  readonly objects: readonly ObjectReference[];
  readonly behavior: DropBehavior;
}

/** `DROP ROLE`, USER and GROUP. */
export interface DropRole extends Span {
  readonly kind: "drop-role";
  readonly object: "ROLE" | "USER" | "GROUP";
  readonly ifExists: boolean;
  readonly roles: readonly Role[];
}

/** `ALTER` of an object that is no relation. Only a TYPE takes more than one action. */
export interface AlterObject extends Span {
  readonly kind: "alter-object";
  readonly object: ObjectReference;
  /** Only of a POLICY. */
  readonly ifExists: boolean;
  readonly actions: readonly ObjectAction[];
}

/** `ADD VALUE label BEFORE neighbor` of an enum. */
export interface AddValue extends Span {
  readonly kind: "add-value";
  readonly ifNotExists: boolean;
  readonly label: StringLiteral;
  readonly place: "" | "BEFORE" | "AFTER";
  readonly neighbor: StringLiteral | null;
}

/** `RENAME VALUE label TO label` of an enum. */
export interface RenameValue extends Span {
  readonly kind: "rename-value";
  readonly label: StringLiteral;
  readonly to: StringLiteral;
}

/** `ADD object` and `DROP object` of an extension. */
export interface ExtensionMember extends Span {
  readonly kind: "extension-member";
  readonly drop: boolean;
  readonly object: ObjectReference;
}

/** One action of an `AlterObject`. Options: of a database. */
export type ObjectAction =
  | AlterAction
  | AddAttribute
  | AddValue
  | RenameValue
  | ExtensionMember
  | Clause
  | Option;

/** A definition of Postgres alone. */
export type PostgresDefinition =
  | CreateSequence
  | AlterSequence
  | CreateType
  | CreateDomain
  | CreateSchema
  | CreateExtension
  | CreateRole
  | AlterRole
  | AlterSetting
  | CreateDatabase
  | RefreshView
  | Truncate
  | CommentOn
  | DropObject
  | DropRole
  | AlterObject;

/** A node inside of such a definition alone. */
export type PostgresDefinitionPart = ObjectAction | ObjectReference;
