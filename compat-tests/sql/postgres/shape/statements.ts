/** Statements of our tree as PostgreSQL's raw parse tree has them. */
import type { Drop } from "../../../../src/sql/ast/control.ts";
import type { Statement } from "../../../../src/sql/ast/statement.ts";
import { dropBehavior } from "./alter.ts";
import type { Json } from "./canonical.ts";
import { transaction } from "./commands.ts";
import { DefinitionShapes } from "./definitions.ts";
import { dotted, string } from "./names.ts";
import { definition, options } from "./options.ts";
import { hasOneName, list, objectType } from "./references.ts";

/** Thrown for a kind of node that has no normal form. */
export class UnknownShape extends Error {
  readonly what: string;

  constructor(what: string) {
    super(`no shape for ${what}`);
    this.what = what;
  }
}

/** Any statement. */
export class StatementShapes extends DefinitionShapes {
  statement(node: Statement): Json {
    switch (node.kind) {
      case "query":
        return this.query(node);
      case "insert":
      case "update":
      case "delete":
      case "merge":
        return this.change(node);
      case "create-table":
        return this.createTable(node);
      case "create-index":
        return this.createIndex(node);
      case "create-view":
        return this.createView(node);
      case "alter-table":
        return this.alterTable(node);
      case "drop":
        return drop(node);
      case "transaction":
        return transaction(node);
      case "explain":
        return {
          ExplainStmt: { query: this.statement(node.statement), options: options(node.options) },
        };
      case "create-trigger":
      case "create-virtual-table":
      case "pragma":
      case "attach":
      case "detach":
      case "maintain":
        throw new UnknownShape(node.kind);
      default:
        return this.commandOrDefinition(node);
    }
  }
}

function drop(node: Drop): Json {
  const { names, object } = node;
  const missing_ok = node.ifExists;
  const behavior = dropBehavior(node.behavior);
  const [first] = names;
  const name = first === undefined ? null : first.name.text;
  switch (object) {
    case "DATABASE": {
      const force = node.force ? [definition("force")] : [];
      return { DropdbStmt: { dbname: name, missing_ok, options: force } };
    }
    case "TABLESPACE":
      return { DropTableSpaceStmt: { tablespacename: name, missing_ok } };
    case "SUBSCRIPTION":
      return { DropSubscriptionStmt: { subname: name, missing_ok, behavior } };
    default: {
      const objects = names.map((each) =>
        hasOneName(object) ? string(each.name.text) : list(dotted(each)),
      );
      const how = { missing_ok, behavior, concurrent: node.concurrently };
      return { DropStmt: { objects, removeType: objectType(object), ...how } };
    }
  }
}
