/** Commands of our tree as PostgreSQL's raw parse tree has them. */
import type { Transaction, TransactionMode } from "../../../../src/sql/ast/control.ts";
import type {
  AlterDefaultPrivileges,
  Copy,
  DeclareCursor,
  Fetch,
  Grant,
  GrantRole,
  Lock,
  LockMode,
  PostgresCommand,
  Privilege,
  Reindex,
  SetTransaction,
  Setting,
  Upkeep,
} from "../../../../src/sql/ast/postgres-command.ts";
import type { DataChange, Query } from "../../../../src/sql/ast/query.ts";
import { AlterShapes, dropBehavior } from "./alter.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { constant, dotted, integer, literal, parts, relation, string, strings } from "./names.ts";
import { text, typeName } from "./names.ts";
import { definition, numericOnly, optionalRole, options, roles, truth } from "./options.ts";
import { list, objectType, routine } from "./references.ts";

/** LOCK's modes, in the order of their strength. */
const LOCK_MODES: readonly LockMode[] = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
];

const CURSOR_BITS = { BINARY: 1, SCROLL: 2, "NO SCROLL": 4, INSENSITIVE: 8, ASENSITIVE: 16 };
const CURSOR_HOLD = 32;
const CURSOR_FAST_PLAN = 256;
/** What FETCH ALL fetches: the largest LONG of the oracle's 32 bits. */
const ALL_ROWS = 2_147_483_647;

/** Statements that define nothing. */
export abstract class CommandShapes extends AlterShapes {
  protected command(node: PostgresCommand): Json {
    switch (node.kind) {
      case "setting":
        return node.action === "SHOW" ? show(node) : { VariableSetStmt: this.setting(node) };
      case "set-transaction":
        return { VariableSetStmt: setTransaction(node) };
      case "set-constraints": {
        const constraints = node.names.map((name) => ({ RangeVar: relation(name) }));
        return { ConstraintsSetStmt: { constraints, deferred: node.deferred } };
      }
      case "discard":
        return { DiscardStmt: { target: `DISCARD_${node.what}` } };
      case "notify": {
        const wrapper = { LISTEN: "ListenStmt", UNLISTEN: "UnlistenStmt", NOTIFY: "NotifyStmt" };
        const payload = node.payload === null ? null : node.payload.value;
        return { [wrapper[node.action]]: { conditionname: text(node.channel), payload } };
      }
      case "prepare":
        return {
          PrepareStmt: {
            name: node.name.text,
            argtypes: node.types.map((type) => ({ TypeName: typeName(type) })),
            query: this.rows(node.statement),
          },
        };
      case "execute":
        return this.execute(node);
      case "deallocate":
        return { DeallocateStmt: { name: text(node.name), isall: node.name === null } };
      case "declare-cursor":
        return this.declareCursor(node);
      case "fetch":
        return fetchStatement(node);
      case "close-cursor":
        return { ClosePortalStmt: { portalname: text(node.name) } };
      case "lock":
        return this.lock(node);
      case "upkeep":
        return this.upkeep(node);
      case "reindex":
        return reindex(node);
      case "checkpoint":
        return { CheckPointStmt: {} };
      case "load":
        return { LoadStmt: { filename: node.file.value } };
      case "call-procedure": {
        const call = this.call(node.call) as JsonObject;
        return { CallStmt: { funccall: call["FuncCall"] ?? null } };
      }
      case "owned": {
        const owners = roles(node.roles);
        if (node.to !== null) {
          return { ReassignOwnedStmt: { roles: owners, newrole: optionalRole(node.to) } };
        }
        return { DropOwnedStmt: { roles: owners, behavior: dropBehavior(node.behavior) } };
      }
      case "copy":
        return this.copy(node);
      case "grant":
        return { GrantStmt: grant(node) };
      case "grant-role":
        return grantRole(node);
      case "alter-default-privileges":
        return defaultPrivileges(node);
      default:
        throw new Error(`no shape for ${(node as { kind: string }).kind}`);
    }
  }

  private rows(node: Query | DataChange): JsonObject {
    return node.kind === "query" ? this.query(node) : this.change(node);
  }

  /** A VariableSetStmt without its wrapper. */
  protected setting(node: Setting): JsonObject {
    const kinds = {
      SET: "VAR_SET_VALUE",
      "SET DEFAULT": "VAR_SET_DEFAULT",
      "SET FROM CURRENT": "VAR_SET_CURRENT",
      RESET: node.name === null ? "VAR_RESET_ALL" : "VAR_RESET",
      SHOW: "",
    };
    const args = node.values.map((value) =>
      value.kind === "cast" ? this.expr(value) : literal(value),
    );
    return { kind: kinds[node.action], name: text(node.name), is_local: node.local, args };
  }

  private declareCursor(node: DeclareCursor): Json {
    const bits = [
      node.binary ? CURSOR_BITS.BINARY : 0,
      node.scroll === "" ? 0 : CURSOR_BITS[node.scroll],
      node.sensitivity === "" ? 0 : CURSOR_BITS[node.sensitivity],
      node.hold ? CURSOR_HOLD : 0,
    ];
    const all = bits.reduce((sum, bit) => sum | bit, CURSOR_FAST_PLAN);
    const query = this.query(node.query);
    return { DeclareCursorStmt: { portalname: node.name.text, options: all, query } };
  }

  private lock(node: Lock): Json {
    const relations = node.tables.map((table) => ({ RangeVar: this.tableName(table) }));
    return {
      LockStmt: { relations, mode: LOCK_MODES.indexOf(node.mode) + 1, nowait: node.nowait },
    };
  }

  private upkeep(node: Upkeep): Json {
    if (node.action === "CLUSTER") {
      const [first] = node.tables;
      const target = first === undefined ? null : this.tableName(first.table);
      const params = options(node.options);
      return { ClusterStmt: { relation: target, indexname: text(node.index), params } };
    }
    const rels = node.tables.map(({ table, columns }) => ({
      VacuumRelation: { relation: this.tableName(table), va_cols: strings(columns) },
    }));
    const isVacuum = node.action === "VACUUM";
    return { VacuumStmt: { options: options(node.options), rels, is_vacuumcmd: isVacuum } };
  }

  private copy(node: Copy): Json {
    const { source } = node;
    const from: JsonObject =
      source.kind === "object-name" ? { relation: relation(source) } : { query: this.rows(source) };
    return {
      CopyStmt: {
        ...from,
        attlist: strings(node.columns),
        is_from: node.direction === "FROM",
        is_program: node.program,
        filename: node.file === null ? null : node.file.value,
        options: options(node.options),
        whereClause: this.optional(node.where),
      },
    };
  }
}

function show(node: Setting): Json {
  return { VariableShowStmt: { name: node.name === null ? "all" : node.name.text } };
}

export function setTransaction(node: SetTransaction): JsonObject {
  if (node.snapshot !== null) {
    return {
      kind: "VAR_SET_MULTI",
      name: "TRANSACTION SNAPSHOT",
      is_local: node.local,
      args: [literal(node.snapshot)],
    };
  }
  const name = node.session ? "SESSION CHARACTERISTICS" : "TRANSACTION";
  return { kind: "VAR_SET_MULTI", name, is_local: node.local, args: modes(node.modes) };
}

function modes(nodes: readonly TransactionMode[]): Json[] {
  return nodes.map(({ mode }) => {
    const level = mode.startsWith("ISOLATION LEVEL ") ? mode.slice(16).toLowerCase() : "";
    if (level !== "") {
      return definition("transaction_isolation", constant({ sval: { sval: level } }));
    }
    if (mode.endsWith("DEFERRABLE")) {
      return definition("transaction_deferrable", integer(mode === "DEFERRABLE" ? 1 : 0));
    }
    return definition("transaction_read_only", integer(mode === "READ ONLY" ? 1 : 0));
  });
}

/** BEGIN, COMMIT and their like. */
export function transaction(node: Transaction): Json {
  return {
    TransactionStmt: {
      kind: `TRANS_STMT_${node.action.replaceAll(" ", "_")}`,
      options: modes(node.modes),
      savepoint_name: text(node.name),
      gid: node.id === null ? null : node.id.value,
      chain: node.chain === "CHAIN",
    },
  };
}

function fetchStatement(node: Fetch): Json {
  return {
    FetchStmt: {
      direction: `FETCH_${node.direction}`,
      howMany: node.count ?? ALL_ROWS,
      portalname: node.cursor.text,
      ismove: node.move,
    },
  };
}

function reindex(node: Reindex): Json {
  const { name } = node;
  const isRelation = node.target === "INDEX" || node.target === "TABLE";
  const target: JsonObject =
    name === null || !isRelation
      ? { name: name === null ? null : name.name.text }
      : { relation: relation(name) };
  const concurrently = node.concurrently ? [definition("concurrently")] : [];
  const params = [...options(node.options), ...concurrently];
  return { ReindexStmt: { kind: `REINDEX_OBJECT_${node.target}`, ...target, params } };
}

function privileges(nodes: readonly Privilege[]): Json[] {
  const [only] = nodes;
  if (only !== undefined && only.name === null && only.columns.length === 0) return [];
  return nodes.map(({ name, columns }) => ({
    AccessPriv: { priv_name: text(name), cols: strings(columns) },
  }));
}

/** A GrantStmt without its wrapper. */
export function grant(node: Grant): JsonObject {
  return {
    is_grant: !node.revoke,
    grant_option: node.grantOption,
    privileges: privileges(node.privileges),
    ...grantTarget(node),
    grantees: roles(node.roles),
    grantor: optionalRole(node.grantedBy),
    behavior: dropBehavior(node.behavior),
  };
}

function grantTarget({ target, objects }: Grant): JsonObject {
  const names = objects.map((each) => (each.kind === "object-name" ? each : null));
  if (target.startsWith("ALL ")) {
    const targtype = "ACL_TARGET_ALL_IN_SCHEMA";
    const schemas = names.map((name) => string(name === null ? "" : name.name.text));
    return { targtype, objtype: objectType(target.slice(4, -1)), objects: schemas };
  }
  if (objects.length === 0) {
    // The default privileges of routines are those of functions.
    const type = target === "ROUTINES" ? "FUNCTION" : target.slice(0, -1);
    return { targtype: "ACL_TARGET_DEFAULTS", objtype: objectType(type) };
  }
  const all = objects.map((each): Json => {
    if (each.kind === "routine") return routine(each);
    if (each.kind !== "object-name") return numericOnly(each);
    if (target === "TABLE" || target === "SEQUENCE") return { RangeVar: relation(each) };
    if (target === "TYPE" || target === "DOMAIN") return list(dotted(each));
    return string(parts(each).join("."));
  });
  return { targtype: "ACL_TARGET_OBJECT", objtype: objectType(target), objects: all };
}

function grantRole(node: GrantRole): Json {
  const opt = node.options.map(({ name, value }) => {
    const isFalse = value?.kind === "name" ? value.text.toLowerCase() === "false" : false;
    const given = value?.kind === "boolean" ? value.value : !isFalse;
    return definition(name.text, truth(node.revoke ? false : given));
  });
  return {
    GrantRoleStmt: {
      is_grant: !node.revoke,
      granted_roles: node.granted.map((name) => ({ AccessPriv: { priv_name: name.text } })),
      grantee_roles: roles(node.roles),
      opt,
      grantor: optionalRole(node.grantedBy),
      behavior: dropBehavior(node.behavior),
    },
  };
}

function defaultPrivileges(node: AlterDefaultPrivileges): Json {
  const schemas = definition("schemas", list(strings(node.schemas)));
  const owners = definition("roles", list(roles(node.roles)));
  return {
    AlterDefaultPrivilegesStmt: {
      options: [
        ...(node.roles.length > 0 ? [owners] : []),
        ...(node.schemas.length > 0 ? [schemas] : []),
      ],
      action: grant(node.grant),
    },
  };
}
