/** ALTER of relations as PostgreSQL's raw parse tree has it. */
import type {
  AlterAction,
  AlterColumn,
  AlterConstraint,
  AlterOptions,
  AlterProperty,
  AlterTable,
  AlterType,
  DetachPartition,
} from "../../../../src/sql/ast/alter.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { dotted, relation, string, text, typeName } from "./names.ts";
import { numericOnly, options, role, sequenceOption } from "./options.ts";
import { TableShapes } from "./tables.ts";

/** What has a subtype of its own and at most a name. */
const PROPERTIES: Readonly<Record<string, string>> = {
  "SET TABLESPACE": "SetTableSpace",
  "SET ACCESS METHOD": "SetAccessMethod",
  "SET ACCESS METHOD DEFAULT": "SetAccessMethod",
  "CLUSTER ON": "ClusterOn",
  "VALIDATE CONSTRAINT": "ValidateConstraint",
  "ENABLE TRIGGER": "EnableTrig",
  "ENABLE ALWAYS TRIGGER": "EnableAlwaysTrig",
  "ENABLE REPLICA TRIGGER": "EnableReplicaTrig",
  "DISABLE TRIGGER": "DisableTrig",
  "ENABLE RULE": "EnableRule",
  "ENABLE ALWAYS RULE": "EnableAlwaysRule",
  "ENABLE REPLICA RULE": "EnableReplicaRule",
  "DISABLE RULE": "DisableRule",
  "NOT OF": "DropOf",
  "SET WITHOUT CLUSTER": "DropCluster",
  "SET WITHOUT OIDS": "DropOids",
  "SET LOGGED": "SetLogged",
  "SET UNLOGGED": "SetUnLogged",
  "ENABLE TRIGGER ALL": "EnableTrigAll",
  "ENABLE TRIGGER USER": "EnableTrigUser",
  "DISABLE TRIGGER ALL": "DisableTrigAll",
  "DISABLE TRIGGER USER": "DisableTrigUser",
  "ENABLE ROW LEVEL SECURITY": "EnableRowSecurity",
  "DISABLE ROW LEVEL SECURITY": "DisableRowSecurity",
  "FORCE ROW LEVEL SECURITY": "ForceRowSecurity",
  "NO FORCE ROW LEVEL SECURITY": "NoForceRowSecurity",
};

const IDENTITIES: Readonly<Record<string, string>> = {
  "REPLICA IDENTITY NOTHING": "n",
  "REPLICA IDENTITY FULL": "f",
  "REPLICA IDENTITY DEFAULT": "d",
  "REPLICA IDENTITY USING INDEX": "i",
};

/** `MATERIALIZED VIEW` → `OBJECT_MATVIEW`. */
export function relationType(object: AlterTable["object"]): string {
  return `OBJECT_${object === "MATERIALIZED VIEW" ? "MATVIEW" : object.replace(" ", "_")}`;
}

/** One AlterTableCmd in its wrapper. */
export function alterCommand(subtype: string, rest: JsonObject = {}): JsonObject {
  return { AlterTableCmd: { subtype: `AT_${subtype}`, ...rest } };
}

export function dropBehavior(word: string): string {
  return word === "CASCADE" ? "DROP_CASCADE" : "DROP_RESTRICT";
}

/** ALTER TABLE and its like. */
export abstract class AlterShapes extends TableShapes {
  protected alterTable(node: AlterTable): Json {
    const [first] = node.actions;
    const type = relationType(node.object);
    const target = {
      relation: relation(node.name, { inh: !node.only }),
      missing_ok: node.ifExists,
    };
    const alone = first === undefined ? null : this.loneAction(first, type, target);
    if (alone !== null) return alone;
    const cmds = node.actions.map((action) => this.alterAction(action));
    return { AlterTableStmt: { ...target, objtype: type, cmds } };
  }

  /** What is a statement of its own to PostgreSQL; null when it is an AlterTableCmd. */
  private loneAction(action: AlterAction, type: string, target: JsonObject): Json {
    switch (action.kind) {
      case "rename-table":
        return { RenameStmt: { ...target, renameType: type, newname: action.to.text } };
      case "rename-column": {
        const renameType = type === "OBJECT_TYPE" ? "OBJECT_ATTRIBUTE" : "OBJECT_COLUMN";
        const names = { subname: action.column.text, newname: action.to.text };
        const how = { relationType: type, behavior: dropBehavior(action.behavior) };
        return { RenameStmt: { ...target, renameType, ...how, ...names } };
      }
      case "rename-constraint": {
        const names = { subname: action.constraint.text, newname: action.to.text };
        return { RenameStmt: { ...target, renameType: "OBJECT_TABCONSTRAINT", ...names } };
      }
      case "alter-property":
        return this.loneProperty(action, type, target);
      default:
        return null;
    }
  }

  private loneProperty(node: AlterProperty, type: string, target: JsonObject): Json {
    const name = propertyName(node);
    switch (node.property) {
      case "SET SCHEMA":
        return { AlterObjectSchemaStmt: { ...target, objectType: type, newschema: name } };
      case "DEPENDS ON EXTENSION":
      case "NO DEPENDS ON EXTENSION": {
        const remove = node.property.startsWith("NO");
        const extname = { sval: name };
        return { AlterObjectDependsStmt: { ...target, objectType: type, extname, remove } };
      }
      default:
        return null;
    }
  }

  protected alterAction(node: AlterAction): Json {
    switch (node.kind) {
      case "add-column":
        return alterCommand("AddColumn", {
          def: this.columnDefinition(node.column),
          missing_ok: node.ifNotExists,
        });
      case "drop-column":
        return alterCommand("DropColumn", {
          name: node.column.text,
          missing_ok: node.ifExists,
          behavior: dropBehavior(node.behavior),
        });
      case "add-constraint":
        return alterCommand("AddConstraint", { def: this.tableConstraint(node.constraint) });
      case "drop-constraint":
        return alterCommand("DropConstraint", {
          name: node.constraint.text,
          missing_ok: node.ifExists,
          behavior: dropBehavior(node.behavior),
        });
      case "alter-null":
        return alterCommand(node.not ? "SetNotNull" : "DropNotNull", { name: text(node.column) });
      case "alter-default":
        return alterCommand("ColumnDefault", {
          name: text(node.column),
          def: this.optional(node.value),
        });
      case "alter-type":
        return this.alterType(node);
      case "add-identity": {
        const generated = node.when === "ALWAYS" ? "a" : "d";
        const rest = { generated_when: generated, options: node.options.map(sequenceOption) };
        const def = { Constraint: { contype: "CONSTR_IDENTITY", ...rest } };
        return alterCommand("AddIdentity", { name: node.column.text, def });
      }
      case "alter-identity": {
        const def = { List: { items: node.options.map(sequenceOption) } };
        return alterCommand("SetIdentity", { name: node.column.text, def });
      }
      case "drop-generated": {
        const subtype = node.what === "IDENTITY" ? "DropIdentity" : "DropExpression";
        return alterCommand(subtype, { name: node.column.text, missing_ok: node.ifExists });
      }
      case "alter-column":
        return this.alterColumn(node);
      case "alter-options":
        return alterOptions(node);
      case "alter-constraint":
        return alterConstraint(node);
      case "attach-partition": {
        const bound = node.bound === null ? null : this.bound(node.bound);
        const def = { PartitionCmd: { name: relation(node.partition), bound } };
        return alterCommand("AttachPartition", { def });
      }
      case "detach-partition":
        return detachPartition(node);
      case "alter-property":
        return property(node);
      default:
        throw new Error(`no command for ${node.kind}`);
    }
  }

  private alterType(node: AlterType): Json {
    const collClause = node.collation === null ? null : { collname: dotted(node.collation) };
    const raw_default = this.optional(node.using);
    return alterCommand("AlterColumnType", {
      name: node.column.text,
      def: { ColumnDef: { typeName: typeName(node.type), collClause, raw_default } },
      behavior: dropBehavior(node.behavior),
    });
  }

  private alterColumn(node: AlterColumn): Json {
    const of: JsonObject =
      node.column.kind === "name" ? { name: node.column.text } : { num: Number(node.column.text) };
    const { value } = node;
    switch (node.what) {
      case "EXPRESSION":
        return alterCommand("SetExpression", {
          ...of,
          def: value === null || value.kind === "name" ? null : this.expr(value),
        });
      case "STATISTICS":
        return alterCommand("SetStatistics", { ...of, def: statistics(value) });
      case "STORAGE":
      case "COMPRESSION": {
        const word = value?.kind === "name" ? value.text : "default";
        return alterCommand(node.what === "STORAGE" ? "SetStorage" : "SetCompression", {
          ...of,
          def: string(word),
        });
      }
    }
  }
}

function statistics(value: AlterColumn["value"]): Json {
  if (value === null) return null;
  if (value.kind === "integer" || value.kind === "float") return numericOnly(value);
  if (value.kind !== "unary") return null;
  const { operand } = value;
  if (operand.kind !== "integer") return null;
  return { Integer: { ival: (value.operator === "-" ? -1 : 1) * Number(operand.text) } };
}

function propertyName(node: AlterProperty): Json {
  const { value } = node;
  if (value === null || value.kind === "keyword-value") return null;
  return value.kind === "name" ? value.text : value.name.text;
}

function property(node: AlterProperty): Json {
  const { property: words, value } = node;
  if (words === "OWNER TO" && value !== null && value.kind !== "object-name") {
    return alterCommand("ChangeOwner", { newowner: role(value) });
  }
  if (value?.kind === "object-name") {
    if (words === "INHERIT" || words === "NO INHERIT") {
      const subtype = words === "INHERIT" ? "AddInherit" : "DropInherit";
      return alterCommand(subtype, { def: { RangeVar: relation(value) } });
    }
    if (words === "OF") {
      return alterCommand("AddOf", { def: { TypeName: { names: dotted(value), typemod: -1 } } });
    }
  }
  const identity = IDENTITIES[words];
  if (identity !== undefined) {
    const def = { ReplicaIdentityStmt: { identity_type: identity, name: propertyName(node) } };
    return alterCommand("ReplicaIdentity", { def });
  }
  return alterCommand(PROPERTIES[words] ?? words, { name: propertyName(node) });
}

function alterOptions(node: AlterOptions): Json {
  const what = node.column === null ? "RelOptions" : "Options";
  const def = { List: { items: options(node.options) } };
  return alterCommand(`${node.reset ? "Reset" : "Set"}${what}`, { name: text(node.column), def });
}

function alterConstraint(node: AlterConstraint): Json {
  const marks = new Set(node.marks.map(({ mark }) => mark));
  const deferral = node.deferrable !== "" || node.initially !== "";
  const deferred = node.initially === "DEFERRED";
  return alterCommand("AlterConstraint", {
    def: {
      ATAlterConstraint: {
        conname: node.constraint.text,
        alterDeferrability: deferral,
        deferrable: node.deferrable === "DEFERRABLE" || deferred,
        initdeferred: deferred,
        alterEnforceability: marks.has("ENFORCED") || marks.has("NOT ENFORCED"),
        // PostgreSQL's grammar leaves it unset behind INHERIT.
        is_enforced: !marks.has("NOT ENFORCED") && !marks.has("INHERIT"),
        alterInheritability: marks.has("INHERIT") || marks.has("NO INHERIT"),
        noinherit: marks.has("NO INHERIT"),
      },
    },
  });
}

function detachPartition(node: DetachPartition): Json {
  const subtype = node.mode === "FINALIZE" ? "DetachPartitionFinalize" : "DetachPartition";
  const concurrent = node.mode === "CONCURRENTLY";
  return alterCommand(subtype, {
    def: { PartitionCmd: { name: relation(node.partition), concurrent } },
  });
}
