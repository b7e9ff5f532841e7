// Statements of Postgres that define nothing: settings, privileges, cursors, upkeep.
import type { DropBehavior, TransactionMode } from "./control.ts";
import type { KeywordValue, NumberLiteral, StringLiteral, TypeName } from "./leaf.ts";
import type { Name, ObjectName, Span } from "./name.ts";
import type { Option } from "./option.ts";
import type { Call, Cast, DataChange, Expr, Query, TableRef } from "./query.ts";
import type { ExecutePrepared } from "./schema.ts";

/** A role: its name, where `public` is all of them, or CURRENT_USER and its like. */
export type Role = Name | KeywordValue;

/**
 * `SET`, `RESET` and `SHOW` of a setting. The forms with words of their own are settings too:
 * `SET TIME ZONE` sets `timezone`, `SET NAMES` `client_encoding`, `SET ROLE` `role`,
 * `SET SCHEMA` `search_path`, `SET SESSION AUTHORIZATION` `session_authorization`, `SET XML
 * OPTION` `xmloption`, `SHOW TRANSACTION ISOLATION LEVEL` shows `transaction_isolation`.
 */
export interface Setting extends Span {
  readonly kind: "setting";
  readonly action: "SET" | "SET DEFAULT" | "SET FROM CURRENT" | "RESET" | "SHOW";
  /** SET LOCAL; SET SESSION is SET. */
  readonly local: boolean;
  /** A name with dots is one name; null is ALL. */
  readonly name: Name | null;
  /** A word is the string it stands for; a Cast is the INTERVAL of a time zone. */
  readonly values: readonly (StringLiteral | NumberLiteral | Cast)[];
}

/** `SET TRANSACTION`; with `session` `SET SESSION CHARACTERISTICS AS TRANSACTION`. */
export interface SetTransaction extends Span {
  readonly kind: "set-transaction";
  readonly local: boolean;
  readonly session: boolean;
  readonly modes: readonly TransactionMode[];
  /** `SET TRANSACTION SNAPSHOT id`. */
  readonly snapshot: StringLiteral | null;
}

/** `SET CONSTRAINTS names DEFERRED`; no names are ALL. */
export interface SetConstraints extends Span {
  readonly kind: "set-constraints";
  readonly names: readonly ObjectName[];
  readonly deferred: boolean;
}

/** `DISCARD`. */
export interface Discard extends Span {
  readonly kind: "discard";
  readonly what: "ALL" | "PLANS" | "SEQUENCES" | "TEMP";
}

/** `LISTEN`, `UNLISTEN` (of all where the channel is null) and `NOTIFY`. */
export interface Notify extends Span {
  readonly kind: "notify";
  readonly action: "LISTEN" | "UNLISTEN" | "NOTIFY";
  readonly channel: Name | null;
  readonly payload: StringLiteral | null;
}

/** `PREPARE name (types) AS statement`. */
export interface Prepare extends Span {
  readonly kind: "prepare";
  readonly name: Name;
  readonly types: readonly TypeName[];
  readonly statement: Query | DataChange;
}

/** `DEALLOCATE name`; null is ALL. */
export interface Deallocate extends Span {
  readonly kind: "deallocate";
  readonly name: Name | null;
}

/** `DECLARE name CURSOR FOR query`. */
export interface DeclareCursor extends Span {
  readonly kind: "declare-cursor";
  readonly name: Name;
  readonly binary: boolean;
  readonly sensitivity: "" | "INSENSITIVE" | "ASENSITIVE";
  readonly scroll: "" | "SCROLL" | "NO SCROLL";
  /** WITH HOLD. */
  readonly hold: boolean;
  readonly query: Query;
}

/**
 * `FETCH` and `MOVE`. NEXT, a number alone and nothing are FORWARD, PRIOR is BACKWARD, FIRST is
 * ABSOLUTE 1, LAST is ABSOLUTE -1.
 */
export interface Fetch extends Span {
  readonly kind: "fetch";
  readonly move: boolean;
  readonly direction: "FORWARD" | "BACKWARD" | "ABSOLUTE" | "RELATIVE";
  /** Null is ALL. */
  readonly count: number | null;
  readonly cursor: Name;
}

/** `CLOSE name`; null is ALL. */
export interface CloseCursor extends Span {
  readonly kind: "close-cursor";
  readonly name: Name | null;
}

/** How a LOCK locks; ACCESS EXCLUSIVE where it does not say. */
export type LockMode =
  | "ACCESS SHARE"
  | "ROW SHARE"
  | "ROW EXCLUSIVE"
  | "SHARE UPDATE EXCLUSIVE"
  | "SHARE"
  | "SHARE ROW EXCLUSIVE"
  | "EXCLUSIVE"
  | "ACCESS EXCLUSIVE";

/** `LOCK TABLE tables IN mode MODE NOWAIT`. */
export interface Lock extends Span {
  readonly kind: "lock";
  readonly tables: readonly TableRef[];
  readonly mode: LockMode;
  readonly nowait: boolean;
}

/** A table of a VACUUM, ANALYZE or CLUSTER. */
export interface UpkeepTable extends Span {
  readonly kind: "upkeep-table";
  readonly table: TableRef;
  readonly columns: readonly Name[];
}

/**
 * `VACUUM`, `ANALYZE` and `CLUSTER`. Options have values without `=`; FULL, FREEZE, VERBOSE and
 * ANALYZE before the tables are options as those in parentheses.
 */
export interface Upkeep extends Span {
  readonly kind: "upkeep";
  readonly action: "VACUUM" | "ANALYZE" | "CLUSTER";
  readonly options: readonly Option[];
  readonly tables: readonly UpkeepTable[];
  /** The index that a CLUSTER sorts by. */
  readonly index: Name | null;
}

/** `REINDEX`. */
export interface Reindex extends Span {
  readonly kind: "reindex";
  readonly target: "INDEX" | "TABLE" | "SCHEMA" | "DATABASE" | "SYSTEM";
  readonly options: readonly Option[];
  readonly concurrently: boolean;
  /** Null is the current database. */
  readonly name: ObjectName | null;
}

/** `CHECKPOINT`. */
export interface Checkpoint extends Span {
  readonly kind: "checkpoint";
}

/** `LOAD file`. */
export interface Load extends Span {
  readonly kind: "load";
  readonly file: StringLiteral;
}

/** `CALL procedure(arguments)`. */
export interface CallProcedure extends Span {
  readonly kind: "call-procedure";
  readonly call: Call;
}

/** `REASSIGN OWNED BY roles TO role`; without `to` `DROP OWNED BY roles`. */
export interface Owned extends Span {
  readonly kind: "owned";
  readonly roles: readonly Role[];
  readonly to: Role | null;
  readonly behavior: DropBehavior;
}

/**
 * `COPY`. Options are as those in parentheses, whichever syntax they had: `CSV` is `FORMAT csv`,
 * `FORCE QUOTE a, b` is `FORCE_QUOTE (a, b)`. Their values have no `=`.
 */
export interface Copy extends Span {
  readonly kind: "copy";
  readonly source: ObjectName | Query | DataChange;
  readonly columns: readonly Name[];
  readonly direction: "FROM" | "TO";
  readonly program: boolean;
  /** Of a file or a program; null is STDIN or STDOUT. */
  readonly file: StringLiteral | null;
  readonly options: readonly Option[];
  readonly where: Expr | null;
}

/** A privilege, with the columns it is for. Null is ALL. */
export interface Privilege extends Span {
  readonly kind: "privilege";
  readonly name: Name | null;
  readonly columns: readonly Name[];
}

/** A function or procedure: its name, and its arguments where it has parentheses. */
export interface Routine extends Span {
  readonly kind: "routine";
  readonly name: ObjectName;
  readonly arguments: readonly RoutineArgument[];
  readonly parenthesised: boolean;
}

/** One argument of a routine. */
export interface RoutineArgument extends Span {
  readonly kind: "routine-argument";
  readonly mode: "" | "IN" | "OUT" | "INOUT" | "VARIADIC";
  readonly name: Name | null;
  readonly type: TypeName;
}

/** What a privilege is for. */
export type PrivilegeTarget =
  | "TABLE"
  | "SEQUENCE"
  | "FUNCTION"
  | "PROCEDURE"
  | "ROUTINE"
  | "DATABASE"
  | "DOMAIN"
  | "TYPE"
  | "LANGUAGE"
  | "SCHEMA"
  | "TABLESPACE"
  | "PARAMETER"
  | "LARGE OBJECT"
  | "FOREIGN DATA WRAPPER"
  | "FOREIGN SERVER"
  /** With the names of schemas. */
  | "ALL TABLES"
  | "ALL SEQUENCES"
  | "ALL FUNCTIONS"
  | "ALL PROCEDURES"
  | "ALL ROUTINES"
  /** Of ALTER DEFAULT PRIVILEGES, without names. */
  | "TABLES"
  | "SEQUENCES"
  | "FUNCTIONS"
  | "ROUTINES"
  | "TYPES"
  | "SCHEMAS"
  | "LARGE OBJECTS";

/** `GRANT privileges ON objects TO roles` and `REVOKE`. */
export interface Grant extends Span {
  readonly kind: "grant";
  readonly revoke: boolean;
  /** WITH GRANT OPTION of a GRANT, GRANT OPTION FOR of a REVOKE. */
  readonly grantOption: boolean;
  /** ALL is one privilege without a name. */
  readonly privileges: readonly Privilege[];
  readonly target: PrivilegeTarget;
  readonly objects: readonly (ObjectName | Routine | NumberLiteral)[];
  readonly roles: readonly Role[];
  readonly grantedBy: Role | null;
  readonly behavior: DropBehavior;
}

/** `GRANT roles TO roles WITH ADMIN OPTION` and `REVOKE ADMIN OPTION FOR roles FROM roles`. */
export interface GrantRole extends Span {
  readonly kind: "grant-role";
  readonly revoke: boolean;
  readonly granted: readonly Name[];
  readonly roles: readonly Role[];
  /** Each with TRUE (which OPTION is too) or FALSE, in a REVOKE at most one with FALSE. */
  readonly options: readonly Option[];
  readonly grantedBy: Role | null;
  readonly behavior: DropBehavior;
}

/** `ALTER DEFAULT PRIVILEGES FOR ROLE roles IN SCHEMA schemas GRANT …`. */
export interface AlterDefaultPrivileges extends Span {
  readonly kind: "alter-default-privileges";
  readonly roles: readonly Role[];
  readonly schemas: readonly Name[];
  readonly grant: Grant;
}

/** A statement of Postgres alone that defines nothing. */
export type PostgresCommand =
  | Setting
  | SetTransaction
  | SetConstraints
  | Discard
  | Notify
  | Prepare
  | ExecutePrepared
  | Deallocate
  | DeclareCursor
  | Fetch
  | CloseCursor
  | Lock
  | Upkeep
  | Reindex
  | Checkpoint
  | Load
  | CallProcedure
  | Owned
  | Copy
  | Grant
  | GrantRole
  | AlterDefaultPrivileges;

/** A node inside of a command alone. */
export type PostgresCommandPart = UpkeepTable | Privilege | Routine | RoutineArgument;
