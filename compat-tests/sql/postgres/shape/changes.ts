/** FROM items and changes of our tree as PostgreSQL's raw parse tree has them. */
import type { Expr, FromItem, Select, Target } from "../../../../src/sql/ast/query.ts";
import type {
  Assignment,
  DataChange,
  Delete,
  Insert,
  Join,
  Merge,
  MergeWhen,
  Returning,
  TableFunction,
  TableRef,
  Update,
  Upsert,
} from "../../../../src/sql/ast/query.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { alias, dotted, relation, strings, text, typedName } from "./names.ts";
import { QueryShapes } from "./queries.ts";

/** FROM items and the statements that change rows. */
export abstract class ChangeShapes extends QueryShapes {
  protected override fromItems(select: Select): Json[] {
    return this.fromList(select.from);
  }

  /** The operands of commas stand next to each other. */
  protected fromList(from: FromItem | null): Json[] {
    if (from === null) return [];
    if (from.kind === "join" && from.type === ",") {
      return [...this.fromList(from.left), ...this.fromList(from.right)];
    }
    return [this.fromItem(from)];
  }

  private fromItem(item: FromItem): Json {
    switch (item.kind) {
      case "table":
        return this.table(item);
      case "table-function":
        return this.tableFunction(item);
      case "derived": {
        const subquery = this.query(item.query);
        return { RangeSubselect: { lateral: item.lateral, subquery, alias: alias(item.alias) } };
      }
      case "nested": {
        const inner = this.fromItem(item.from) as JsonObject;
        if (item.alias === null) return inner;
        return { JoinExpr: { ...(inner["JoinExpr"] as JsonObject), alias: alias(item.alias) } };
      }
      case "join":
        return this.join(item);
    }
  }

  private join(node: Join): Json {
    const inner = node.type === "" || node.type === "CROSS" || node.type === "INNER";
    const usingAlias = node.usingAlias === null ? null : { aliasname: node.usingAlias.text };
    return {
      JoinExpr: {
        jointype: `JOIN_${inner ? "INNER" : node.type}`,
        isNatural: node.natural,
        larg: this.fromItem(node.left),
        rarg: this.fromItem(node.right),
        usingClause: strings(node.using),
        join_using_alias: usingAlias,
        quals: this.optional(node.on),
      },
    };
  }

  protected tableName(node: TableRef): JsonObject {
    return relation(node.name, { inh: !node.only, alias: alias(node.alias) });
  }

  private table(node: TableRef): Json {
    const { sample } = node;
    const range = { RangeVar: this.tableName(node) };
    if (sample === null) return range;
    return {
      RangeTableSample: {
        relation: range,
        method: dotted(sample.method),
        args: this.exprs(sample.arguments),
        repeatable: this.optional(sample.seed),
      },
    };
  }

  private tableFunction(node: TableFunction): Json {
    const functions = node.sources.map(({ call, definitions }) => {
      const columns =
        node.rowsFrom && definitions.length > 0 ? listOf(definitions.map(typedName)) : {};
      return { List: { items: [this.expr(call), columns] } };
    });
    const definitions = [
      ...(node.alias?.definitions ?? []),
      ...(node.rowsFrom ? [] : node.sources.flatMap((source) => source.definitions)),
    ];
    return {
      RangeFunction: {
        lateral: node.lateral,
        ordinality: node.ordinality,
        is_rowsfrom: node.rowsFrom,
        functions,
        alias: alias(node.alias),
        coldeflist: definitions.map(typedName),
      },
    };
  }

  protected override change(node: DataChange): JsonObject {
    switch (node.kind) {
      case "insert":
        return { InsertStmt: this.insert(node) };
      case "update":
        return { UpdateStmt: this.update(node) };
      case "delete":
        return { DeleteStmt: this.delete(node) };
      case "merge":
        return { MergeStmt: this.merge(node) };
    }
  }

  private sides(node: DataChange): JsonObject {
    return {
      relation: this.tableName(node.table),
      withClause: node.with === null ? null : this.with(node.with),
      returningClause: node.returning === null ? null : this.returning(node.returning),
    };
  }

  private returning(node: Returning): JsonObject {
    const option = (name: string, value: Returning["old"]): Json[] =>
      value === null
        ? []
        : [{ ReturningOption: { option: `RETURNING_OPTION_${name}`, value: value.text } }];
    const options = [...option("OLD", node.old), ...option("NEW", node.new)];
    return { options, exprs: this.resultColumns(node.columns) };
  }

  private insert(node: Insert): JsonObject {
    const [upsert] = node.upserts;
    return {
      ...this.sides(node),
      cols: node.columns.map((target) => this.target(target, null)),
      override: override(node.overriding),
      selectStmt: node.source === null ? null : this.query(node.source),
      onConflictClause: upsert === undefined ? null : this.onConflict(upsert),
    };
  }

  private onConflict(node: Upsert): JsonObject {
    const infers = node.constraint !== null || node.target.length > 0;
    const infer = {
      conname: text(node.constraint),
      indexElems: this.indexElements(node.target),
      whereClause: this.optional(node.targetWhere),
    };
    const updates = node.assignments.length > 0;
    return {
      action: `ONCONFLICT_${updates ? "UPDATE" : "NOTHING"}`,
      infer: infers ? infer : null,
      targetList: this.assignments(node.assignments),
      whereClause: this.optional(node.where),
    };
  }

  protected abstract indexElements(terms: Upsert["target"]): Json[];

  private update(node: Update): JsonObject {
    return {
      ...this.sides(node),
      targetList: this.assignments(node.assignments),
      fromClause: this.fromList(node.from),
      whereClause: this.optional(node.where),
    };
  }

  private delete(node: Delete): JsonObject {
    return {
      ...this.sides(node),
      usingClause: this.fromList(node.using),
      whereClause: this.optional(node.where),
    };
  }

  private merge(node: Merge): JsonObject {
    return {
      ...this.sides(node),
      sourceRelation: this.fromItem(node.using),
      joinCondition: this.expr(node.on),
      mergeWhenClauses: node.whens.map((when) => this.mergeWhen(when)),
    };
  }

  private mergeWhen(node: MergeWhen): Json {
    const match = {
      MATCHED: "MATCHED",
      "NOT MATCHED": "NOT_MATCHED_BY_TARGET",
      "NOT MATCHED BY TARGET": "NOT_MATCHED_BY_TARGET",
      "NOT MATCHED BY SOURCE": "NOT_MATCHED_BY_SOURCE",
    }[node.matched];
    const columns = node.columns.map((target) => this.target(target, null));
    return {
      MergeWhenClause: {
        matchKind: `MERGE_WHEN_${match}`,
        commandType: `CMD_${node.action}`,
        condition: this.optional(node.condition),
        override: override(node.overriding),
        targetList: columns.length > 0 ? columns : this.assignments(node.assignments),
        values: node.values === null ? [] : this.exprs(node.values.items),
      },
    };
  }

  private assignments(nodes: readonly Assignment[]): Json[] {
    return nodes.flatMap((node) => {
      const [only] = node.targets;
      if (!node.row && only !== undefined) return [this.target(only, this.expr(node.value))];
      const source = this.expr(node.value);
      const ncolumns = node.targets.length;
      return node.targets.map((target, index) =>
        this.target(target, { MultiAssignRef: { source, colno: index + 1, ncolumns } }),
      );
    });
  }

  /** `a.b[1]`: the column's name and the way into it. */
  private target(target: Target, value: Json): Json {
    const indirection: Json[] = [];
    let node: Expr = target;
    while (node.kind === "subscript" || node.kind === "field") {
      indirection.unshift(this.step(node));
      node = node.object;
    }
    if (node.kind !== "column") throw new Error(`an assignment to ${node.kind}`);
    const path = node.table === null ? [] : dotted(node.table);
    const names = [...path, ...strings([node.name])];
    const name = (names[0] as JsonObject)["String"] as JsonObject;
    const all = [...names.slice(1), ...indirection];
    return { ResTarget: { name: name["sval"] ?? null, indirection: all, val: value } };
  }
}

function listOf(items: readonly Json[]): Json {
  return { List: { items } };
}

function override(words: "" | "SYSTEM" | "USER"): string {
  return words === "" ? "OVERRIDING_NOT_SET" : `OVERRIDING_${words}_VALUE`;
}
