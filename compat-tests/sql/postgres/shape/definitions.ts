/** Definitions that only Postgres has, as its raw parse tree has them. */
import type { PostgresCommand } from "../../../../src/sql/ast/postgres-command.ts";
import type { ObjectReference } from "../../../../src/sql/ast/postgres-object.ts";
import type {
  AlterObject,
  AlterRole,
  AlterSetting,
  Clause,
  CreateRole,
  CreateSchema,
  CreateType,
  ObjectAction,
  PostgresDefinition,
} from "../../../../src/sql/ast/postgres-schema.ts";
import { alterCommand, dropBehavior } from "./alter.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { CommandShapes, grant, setTransaction } from "./commands.ts";
import { dotted, relation, string, text, typedName, typeName } from "./names.ts";
import { definition, numericOnly, optionalRole, options, role, roles } from "./options.ts";
import { sequenceOption, truth } from "./options.ts";
import { list, objectType, reference } from "./references.ts";
import { PERSISTENCE } from "./tables.ts";

/** The words of a role that PostgreSQL's tree names otherwise. */
const ROLE_OPTIONS: Readonly<Record<string, string>> = {
  LOGIN: "canlogin",
  REPLICATION: "isreplication",
  "CONNECTION LIMIT": "connectionlimit",
  "VALID UNTIL": "validUntil",
  "ENCRYPTED PASSWORD": "password",
  "IN ROLE": "addroleto",
  "IN GROUP": "addroleto",
  ROLE: "rolemembers",
  USER: "rolemembers",
  "ADD USER": "rolemembers",
  "DROP USER": "rolemembers",
  ADMIN: "adminmembers",
};

/** Statements of Postgres alone. */
export abstract class DefinitionShapes extends CommandShapes {
  protected commandOrDefinition(node: PostgresCommand | PostgresDefinition): Json {
    switch (node.kind) {
      case "create-sequence": {
        const sequence = relation(node.name, { relpersistence: PERSISTENCE[node.persistence] });
        const all = node.options.map(sequenceOption);
        return { CreateSeqStmt: { sequence, options: all, if_not_exists: node.ifNotExists } };
      }
      case "alter-sequence": {
        const sequence = relation(node.name);
        const all = node.options.map(sequenceOption);
        return { AlterSeqStmt: { sequence, options: all, missing_ok: node.ifExists } };
      }
      case "create-type":
        return createType(node);
      case "create-domain": {
        const collation = node.constraints.find((each) => each.kind === "column-collation");
        return {
          CreateDomainStmt: {
            domainname: dotted(node.name),
            typeName: typeName(node.type),
            collClause: collation === undefined ? null : { collname: dotted(collation.collation) },
            constraints: this.columnConstraints(node.constraints),
          },
        };
      }
      case "create-schema":
        return this.createSchema(node);
      case "create-extension":
        return {
          CreateExtensionStmt: {
            extname: node.name.text,
            if_not_exists: node.ifNotExists,
            options: node.clauses.map(extensionClause),
          },
        };
      case "create-role":
        return createRole(node);
      case "alter-role":
        return alterRole(node);
      case "alter-setting":
        return this.alterSetting(node);
      case "create-database":
        return { CreatedbStmt: { dbname: node.name.text, options: options(node.options) } };
      case "refresh-view":
        return {
          RefreshMatViewStmt: {
            relation: relation(node.name),
            concurrent: node.concurrently,
            skipData: node.data === "NO DATA",
          },
        };
      case "truncate":
        return {
          TruncateStmt: {
            relations: node.tables.map((table) => ({ RangeVar: this.tableName(table) })),
            restart_seqs: node.identity === "RESTART",
            behavior: dropBehavior(node.behavior),
          },
        };
      case "comment-on": {
        const comment = node.text === null ? null : node.text.value;
        const objtype = objectType(node.object.object);
        return { CommentStmt: { objtype, object: reference(node.object), comment } };
      }
      case "drop-object": {
        const [first] = node.objects;
        return {
          DropStmt: {
            removeType: first === undefined ? null : objectType(first.object),
            objects: node.objects.map(reference),
            missing_ok: node.ifExists,
            behavior: dropBehavior(node.behavior),
          },
        };
      }
      case "drop-role":
        return { DropRoleStmt: { roles: roles(node.roles), missing_ok: node.ifExists } };
      case "alter-object":
        return this.alterObject(node);
      default:
        return this.command(node);
    }
  }

  private createSchema(node: CreateSchema): Json {
    const schemaElts = node.elements.map((element): Json => {
      switch (element.kind) {
        case "create-table":
          return this.createTable(element);
        case "create-index":
          return this.createIndex(element);
        case "create-view":
          return this.createView(element);
        case "grant":
          return { GrantStmt: grant(element) };
        case "create-sequence":
          return this.commandOrDefinition(element);
      }
    });
    return {
      CreateSchemaStmt: {
        schemaname: text(node.name),
        authrole: optionalRole(node.owner),
        if_not_exists: node.ifNotExists,
        schemaElts,
      },
    };
  }

  private alterSetting(node: AlterSetting): Json {
    const { setting } = node;
    const setstmt = setting.kind === "setting" ? this.setting(setting) : setTransaction(setting);
    if (node.object === "DATABASE") {
      const name = node.name !== null && node.name.kind === "name" ? node.name.text : null;
      return { AlterDatabaseSetStmt: { dbname: name, setstmt } };
    }
    const database = text(node.database);
    return { AlterRoleSetStmt: { role: optionalRole(node.name), database, setstmt } };
  }

  private alterObject(node: AlterObject): Json {
    const { object, actions } = node;
    const [first] = actions;
    if (first === undefined) return null;
    return (
      this.generalAction(object, first, node.ifExists) ??
      this.typeAction(object, first, actions) ??
      this.domainAction(object, first) ??
      otherAction(object, actions)
    );
  }

  /** RENAME, OWNER TO and SET SCHEMA, which objects of most kinds have. */
  private generalAction(node: ObjectReference, action: ObjectAction, missing: boolean): Json {
    const type = objectType(node.object);
    switch (action.kind) {
      case "rename-table":
        return renameObject(node, action.to.text, missing);
      case "rename-constraint": {
        const names = { subname: action.constraint.text, newname: action.to.text };
        return {
          RenameStmt: { renameType: "OBJECT_DOMCONSTRAINT", object: reference(node), ...names },
        };
      }
      case "alter-property": {
        const { property, value } = action;
        if (property === "OWNER TO" && value !== null && value.kind !== "object-name") {
          const newowner = role(value);
          return { AlterOwnerStmt: { objectType: type, object: reference(node), newowner } };
        }
        const name = value?.kind === "object-name" ? value.name.text : null;
        const plain = value?.kind === "name" ? value.text : name;
        if (property === "SET SCHEMA") {
          const object = reference(node);
          return { AlterObjectSchemaStmt: { objectType: type, object, newschema: plain } };
        }
        if (property.endsWith("DEPENDS ON EXTENSION")) {
          const remove = property.startsWith("NO");
          const on = belongsToTable(node.object)
            ? ownedReference(node)
            : { object: reference(node) };
          return {
            AlterObjectDependsStmt: { objectType: type, ...on, extname: { sval: plain }, remove },
          };
        }
        if (property === "REFRESH VERSION") {
          return { AlterCollationStmt: { collname: nameParts(node) } };
        }
        if (property === "REFRESH COLLATION VERSION") {
          return { AlterDatabaseRefreshCollStmt: { dbname: singleName(node) } };
        }
        if (property === "SET TABLESPACE") {
          const tablespace = definition("tablespace", string(plain ?? ""));
          return { AlterDatabaseStmt: { dbname: singleName(node), options: [tablespace] } };
        }
        return null;
      }
      default:
        return null;
    }
  }

  /** What changes an enum or a composite type. */
  private typeAction(
    node: ObjectReference,
    first: ObjectAction,
    actions: readonly ObjectAction[],
  ): Json {
    if (node.object !== "TYPE") return null;
    const name = nameParts(node);
    switch (first.kind) {
      case "add-value":
        return {
          AlterEnumStmt: {
            typeName: name,
            newVal: first.label.value,
            newValNeighbor: first.neighbor === null ? null : first.neighbor.value,
            newValIsAfter: first.place !== "BEFORE",
            skipIfNewValExists: first.ifNotExists,
          },
        };
      case "rename-value":
        return {
          AlterEnumStmt: { typeName: name, oldVal: first.label.value, newVal: first.to.value },
        };
      case "rename-column":
        return {
          RenameStmt: {
            renameType: "OBJECT_ATTRIBUTE",
            relationType: "OBJECT_TYPE",
            relation: compositeRelation(node),
            subname: first.column.text,
            newname: first.to.text,
            behavior: dropBehavior(first.behavior),
          },
        };
      case "option":
        return {
          AlterTypeStmt: {
            typeName: name,
            options: actions.flatMap((each) => (each.kind === "option" ? options([each]) : [])),
          },
        };
      default: {
        const cmds = actions.map((action) => this.attributeCommand(action));
        const how = { objtype: "OBJECT_TYPE", relation: compositeRelation(node) };
        return { AlterTableStmt: { ...how, cmds } };
      }
    }
  }

  private attributeCommand(action: ObjectAction): Json {
    if (action.kind === "add-attribute") {
      const behavior = dropBehavior(action.behavior);
      return alterCommand("AddColumn", { def: typedName(action.attribute), behavior });
    }
    if (action.kind === "drop-column" || action.kind === "alter-type") {
      return this.alterAction(action);
    }
    return null;
  }

  private domainAction(node: ObjectReference, action: ObjectAction): Json {
    if (node.object !== "DOMAIN") return null;
    const shape = (subtype: string, rest: JsonObject = {}): Json => ({
      AlterDomainStmt: { subtype, typeName: nameParts(node), ...rest },
    });
    switch (action.kind) {
      case "alter-default":
        return shape("T", { def: this.optional(action.value) });
      case "alter-null":
        return shape(action.not ? "O" : "N");
      case "add-constraint":
        return shape("C", { def: this.domainConstraint(action.constraint) });
      case "drop-constraint": {
        const behavior = dropBehavior(action.behavior);
        return shape("X", { name: action.constraint.text, missing_ok: action.ifExists, behavior });
      }
      case "alter-property": {
        const { property, value } = action;
        if (property !== "VALIDATE CONSTRAINT" || value?.kind !== "object-name") return null;
        return shape("V", { name: value.name.text });
      }
      default:
        return null;
    }
  }

  /** `NOT NULL` of a domain is that of its `value`. */
  private domainConstraint(node: Parameters<DefinitionShapes["tableConstraint"]>[0]): Json {
    const shape = this.tableConstraint(node) as JsonObject;
    if (node.kind !== "null-constraint") return shape;
    const inner = shape["Constraint"] as JsonObject;
    return { Constraint: { ...inner, keys: [string("value")] } };
  }
}

/** The kinds of objects that a table has. */
function belongsToTable(object: string): boolean {
  return object === "TRIGGER" || object === "RULE" || object === "POLICY";
}

function singleName(node: ObjectReference): string | null {
  return node.name.kind === "object-name" ? node.name.name.text : null;
}

function nameParts(node: ObjectReference): Json[] {
  const { name } = node;
  if (name.kind === "object-name") return dotted(name);
  return name.kind === "type" ? dotted(name.name) : [];
}

/** A composite type is a relation that has no children. */
function compositeRelation(node: ObjectReference): JsonObject {
  const { name } = node;
  if (name.kind === "object-name") return relation(name, { inh: false });
  return name.kind === "type" ? relation(name.name, { inh: false }) : {};
}

/** A trigger, rule or policy beside the table it belongs to. */
function ownedReference({ name, of }: ObjectReference): JsonObject {
  if (of?.kind !== "object-name" || name.kind !== "object-name") return {};
  return { relation: relation(of), object: list([string(name.name.text)]) };
}

function renameObject(node: ObjectReference, newname: string, missing_ok: boolean): Json {
  const renameType = objectType(node.object);
  const { name, of } = node;
  if (belongsToTable(node.object) && of?.kind === "object-name" && name.kind === "object-name") {
    const target = { relation: relation(of), subname: name.name.text, missing_ok };
    return { RenameStmt: { renameType, ...target, newname } };
  }
  const single = ["SCHEMA", "DATABASE", "ROLE", "USER", "GROUP", "TABLESPACE"];
  if (single.includes(node.object)) {
    return { RenameStmt: { renameType, subname: singleName(node), newname, missing_ok } };
  }
  return { RenameStmt: { renameType, object: reference(node), newname, missing_ok } };
}

/** ALTER EXTENSION, ALTER TABLESPACE and ALTER DATABASE. */
function otherAction(node: ObjectReference, actions: readonly ObjectAction[]): Json {
  const [first] = actions;
  if (first?.kind === "extension-member") {
    return {
      AlterExtensionContentsStmt: {
        extname: singleName(node),
        action: first.drop ? -1 : 1,
        objtype: objectType(first.object.object),
        object: reference(first.object),
      },
    };
  }
  if (node.object === "EXTENSION") {
    const to = actions.filter((each) => each.kind === "clause" && each.clause === "TO");
    const all = to.flatMap((each) => (each.kind === "clause" ? [extensionClause(each)] : []));
    return { AlterExtensionStmt: { extname: singleName(node), options: all } };
  }
  if (first?.kind === "alter-options") {
    const how = { options: options(first.options), isReset: first.reset };
    return { AlterTableSpaceOptionsStmt: { tablespacename: singleName(node), ...how } };
  }
  const all = actions.flatMap((each) => (each.kind === "option" ? options([each]) : []));
  return { AlterDatabaseStmt: { dbname: singleName(node), options: all } };
}

function createType(node: CreateType): Json {
  switch (node.form) {
    case "ENUM": {
      const vals = node.labels.map(({ value }) => string(value));
      return { CreateEnumStmt: { typeName: dotted(node.name), vals } };
    }
    case "COMPOSITE": {
      const coldeflist = node.attributes.map(typedName);
      return { CompositeTypeStmt: { typevar: relation(node.name, { inh: false }), coldeflist } };
    }
    case "SHELL":
      return { DefineStmt: { kind: "OBJECT_TYPE", defnames: dotted(node.name) } };
  }
}

function extensionClause({ clause, value }: Clause): Json {
  const word = value?.kind === "name" ? value.text : value?.kind === "string" ? value.value : "";
  if (clause === "CASCADE") return definition("cascade", truth(true));
  return definition(clause === "SCHEMA" ? "schema" : "new_version", string(word));
}

function roleClause({ clause, value, roles: members }: Clause): Json {
  const negated = clause.startsWith("NO");
  const word = negated ? clause.slice(2) : clause;
  const name = ROLE_OPTIONS[word] ?? word.toLowerCase();
  if (members.length > 0) return definition(name, list(roles(members)));
  switch (value?.kind) {
    case undefined:
      return definition(name, truth(!negated));
    case "integer":
    case "float":
      return definition(name, numericOnly(value));
    case "string":
      return definition(name, string(value.value));
    case "null":
      return definition(name);
    case "name":
      return definition(name, string(value.text));
  }
}

function createRole(node: CreateRole): Json {
  const stmt_type = `ROLESTMT_${node.object}`;
  return {
    CreateRoleStmt: { stmt_type, role: node.name.text, options: node.clauses.map(roleClause) },
  };
}

function alterRole(node: AlterRole): Json {
  const drops = node.clauses.some(({ clause }) => clause === "DROP USER");
  return {
    AlterRoleStmt: {
      role: role(node.role),
      options: node.clauses.map(roleClause),
      action: drops ? -1 : 1,
    },
  };
}
