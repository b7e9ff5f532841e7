/** Definitions of tables, indexes and views as PostgreSQL's raw parse tree has them. */
import type { OperatorClass } from "../../../../src/sql/ast/option.ts";
import type { ObjectName } from "../../../../src/sql/ast/name.ts";
import type { OrderTerm } from "../../../../src/sql/ast/query.ts";
import type {
  ColumnDefinition,
  Constraint,
  CreateIndex,
  CreateTable,
  CreateView,
  ExcludeConstraint,
  ExecutePrepared,
  ForeignKey,
  LikeTable,
  PartitionBound,
  PartitionBy,
  Persistence,
} from "../../../../src/sql/ast/schema.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { ChangeShapes } from "./changes.ts";
import {
  column,
  dotted,
  operatorName,
  relation,
  string,
  strings,
  text,
  typeName,
} from "./names.ts";
import { options, sequenceOption } from "./options.ts";

export const PERSISTENCE: Readonly<Record<Persistence, string>> = {
  "": "p",
  TEMP: "t",
  UNLOGGED: "u",
};
const REFERENTIAL: Readonly<Record<string, string>> = {
  "": "a",
  "NO ACTION": "a",
  RESTRICT: "r",
  CASCADE: "c",
  "SET NULL": "n",
  "SET DEFAULT": "d",
};
const LIKE_OPTIONS = [
  "COMMENTS",
  "COMPRESSION",
  "CONSTRAINTS",
  "DEFAULTS",
  "GENERATED",
  "IDENTITY",
  "INDEXES",
  "STATISTICS",
  "STORAGE",
];
const ALL_LIKE_OPTIONS = 0x7f_ff_ff_ff;

/** Statements that define relations. */
export abstract class TableShapes extends ChangeShapes {
  protected createTable(node: CreateTable): Json {
    const persistent = relation(node.name, { relpersistence: PERSISTENCE[node.persistence] });
    const into = {
      accessMethod: text(node.method),
      options: options(node.options),
      onCommit: `ONCOMMIT_${node.onCommit === "" ? "NOOP" : node.onCommit.replace(" ", "_")}`,
    };
    const { query, partitionOf } = node;
    if (query !== null) {
      return {
        CreateTableAsStmt: {
          query: query.kind === "execute" ? this.execute(query) : this.query(query),
          objtype: "OBJECT_TABLE",
          if_not_exists: node.ifNotExists,
          into: {
            ...into,
            rel: persistent,
            colNames: strings(node.columns),
            tableSpaceName: text(node.tablespace),
            skipData: node.data === "NO DATA",
          },
        },
      };
    }
    const parents = partitionOf === null ? node.inherits : [partitionOf.parent];
    return {
      CreateStmt: {
        accessMethod: into.accessMethod,
        options: into.options,
        oncommit: into.onCommit,
        relation: persistent,
        if_not_exists: node.ifNotExists,
        tableElts: node.elements.map((element) => this.tableElement(element)),
        inhRelations: parents.map((parent) => ({ RangeVar: relation(parent) })),
        partbound: partitionOf === null ? null : this.bound(partitionOf.bound),
        partspec: node.partitionBy === null ? null : this.partitionBy(node.partitionBy),
        ofTypename: node.ofType === null ? null : { names: dotted(node.ofType), typemod: -1 },
        tablespacename: text(node.tablespace),
      },
    };
  }

  protected execute(node: ExecutePrepared): Json {
    return { ExecuteStmt: { name: node.name.text, params: this.exprs(node.arguments) } };
  }

  private tableElement(node: ColumnDefinition | Constraint | LikeTable): Json {
    if (node.kind === "column-definition") return this.columnDefinition(node);
    if (node.kind === "like-table") return likeTable(node);
    return this.tableConstraint(node);
  }

  protected columnDefinition(node: ColumnDefinition): Json {
    const collation = node.constraints.find((each) => each.kind === "column-collation");
    return {
      ColumnDef: {
        colname: node.name.text,
        typeName: node.type === null ? null : typeName(node.type),
        is_local: true,
        storage_name: text(node.storage),
        compression: text(node.compression),
        collClause: collation === undefined ? null : { collname: dotted(collation.collation) },
        constraints: this.columnConstraints(node.constraints),
      },
    };
  }

  protected columnConstraints(nodes: readonly Constraint[]): Json[] {
    return nodes.flatMap((node) => {
      const attributes: string[] = [];
      if (node.deferrable !== "") attributes.push(node.deferrable.replace(" ", "_"));
      if (node.initially !== "") attributes.push(node.initially);
      for (const { mark } of node.marks) {
        if (mark.endsWith("ENFORCED")) attributes.push(mark.replace(" ", "_"));
      }
      const behind = attributes.map((name) => constraint(`ATTR_${name}`, null, {}));
      if (node.kind === "column-collation" || node.kind === "empty-constraint") return behind;
      const validated = node.kind === "null-constraint" && node.not;
      const enforced = validated || node.kind === "check" || node.kind === "foreign-key";
      const body = this.constraintBody(node);
      return [
        constraint(body.type, node.name?.text ?? null, { ...body.rest, is_enforced: enforced }),
        ...behind,
      ];
    });
  }

  protected tableConstraint(node: Constraint): Json {
    const body = this.constraintBody(node);
    const marks = new Set(node.marks.map(({ mark }) => mark));
    const enforced =
      (node.kind === "check" || node.kind === "foreign-key") && !marks.has("NOT ENFORCED");
    return constraint(body.type, node.name?.text ?? null, {
      ...body.rest,
      deferrable: node.deferrable === "DEFERRABLE" || node.initially === "DEFERRED",
      initdeferred: node.initially === "DEFERRED",
      is_enforced: enforced,
      skip_validation: marks.has("NOT VALID") || marks.has("NOT ENFORCED"),
    });
  }

  private constraintBody(node: Constraint): { type: string; rest: JsonObject } {
    const inherits = { is_no_inherit: node.marks.some(({ mark }) => mark === "NO INHERIT") };
    switch (node.kind) {
      case "null-constraint": {
        if (!node.not) return { type: "NULL", rest: {} };
        const keys = node.column === null ? [] : [string(node.column.text)];
        return { type: "NOTNULL", rest: { ...inherits, keys } };
      }
      case "key":
        return {
          type: node.primary ? "PRIMARY" : "UNIQUE",
          rest: {
            keys: node.columns.map(({ value }) =>
              value.kind === "column" ? string(value.name.text) : null,
            ),
            including: strings(node.include),
            nulls_not_distinct: node.nullsNotDistinct,
            without_overlaps: node.withoutOverlaps,
            options: options(node.options),
            indexspace: text(node.tablespace),
            indexname: text(node.usingIndex),
          },
        };
      case "check":
        return { type: "CHECK", rest: { ...inherits, raw_expr: this.expr(node.condition) } };
      case "default":
        return { type: "DEFAULT", rest: { raw_expr: this.expr(node.value) } };
      case "foreign-key":
        return { type: "FOREIGN", rest: foreignKey(node) };
      case "generated": {
        const kind = node.storage === "STORED" ? "s" : "v";
        const rest = { generated_when: "a", generated_kind: kind, raw_expr: this.expr(node.value) };
        return { type: "GENERATED", rest };
      }
      case "identity": {
        const when = node.when === "ALWAYS" ? "a" : "d";
        const rest = { generated_when: when, options: node.options.map(sequenceOption) };
        return { type: "IDENTITY", rest };
      }
      case "exclude":
        return { type: "EXCLUSION", rest: this.exclude(node) };
      case "column-collation":
      case "empty-constraint":
        return { type: node.kind, rest: {} };
    }
  }

  private exclude(node: ExcludeConstraint): JsonObject {
    return {
      access_method: text(node.method) ?? "btree",
      exclusions: node.elements.map(({ term, operator }) => {
        const [element] = this.indexElements([term]);
        return { List: { items: [element ?? null, { List: { items: operatorName(operator) } }] } };
      }),
      including: strings(node.include),
      options: options(node.options),
      indexspace: text(node.tablespace),
      where_clause: this.optional(node.where),
    };
  }

  protected override indexElements(terms: readonly OrderTerm[]): Json[] {
    return terms.map((term) => {
      const collated = term.value.kind === "collate" ? term.value : null;
      const value = collated === null ? term.value : collated.operand;
      const plain = value.kind === "column" && value.table === null;
      const { name, options: parameters } = operatorClass(term.opclass);
      return {
        IndexElem: {
          name: plain ? value.name.text : null,
          expr: plain ? null : this.expr(value),
          collation: collated === null ? [] : dotted(collated.collation),
          opclass: name,
          opclassopts: parameters,
          ordering: `SORTBY_${term.direction === "" ? "DEFAULT" : term.direction}`,
          nulls_ordering: `SORTBY_NULLS_${term.nulls === "" ? "DEFAULT" : term.nulls}`,
        },
      };
    });
  }

  private partitionBy(node: PartitionBy): JsonObject {
    const partParams = this.indexElements(node.terms).map((element) => ({
      PartitionElem: (element as JsonObject)["IndexElem"] ?? null,
    }));
    return { strategy: `PARTITION_STRATEGY_${node.strategy.text.toUpperCase()}`, partParams };
  }

  protected bound(node: PartitionBound): JsonObject {
    const numberOf = (list: PartitionBound["lower"]): number => {
      const [first] = list;
      return first?.kind === "integer" ? Number(first.text) : 0;
    };
    switch (node.form) {
      case "DEFAULT":
        return { is_default: true };
      case "IN":
        return { strategy: "l", listdatums: this.exprs(node.lower) };
      case "RANGE":
        return {
          strategy: "r",
          lowerdatums: this.exprs(node.lower),
          upperdatums: this.exprs(node.upper),
        };
      case "HASH":
        return { strategy: "h", modulus: numberOf(node.lower), remainder: numberOf(node.upper) };
    }
  }

  protected createIndex(node: CreateIndex): Json {
    return {
      IndexStmt: {
        idxname: node.name === null ? null : node.name.name.text,
        relation: relation(node.table, { inh: !node.only }),
        unique: node.unique,
        concurrent: node.concurrently,
        if_not_exists: node.ifNotExists,
        accessMethod: text(node.method) ?? "btree",
        indexParams: this.indexElements(node.terms),
        indexIncludingParams: this.indexElements(node.include),
        nulls_not_distinct: node.nullsNotDistinct,
        options: options(node.options),
        tableSpace: text(node.tablespace),
        whereClause: this.optional(node.where),
      },
    };
  }

  protected createView(node: CreateView): Json {
    const view = relation(node.name, { relpersistence: PERSISTENCE[node.persistence] });
    if (node.materialized) {
      return {
        CreateTableAsStmt: {
          query: this.query(node.query),
          objtype: "OBJECT_MATVIEW",
          if_not_exists: node.ifNotExists,
          into: {
            rel: view,
            colNames: strings(node.columns),
            accessMethod: text(node.method),
            options: options(node.options),
            tableSpaceName: text(node.tablespace),
            skipData: node.data === "NO DATA",
          },
        },
      };
    }
    const query = this.query(node.query);
    return {
      ViewStmt: {
        view,
        aliases: strings(node.columns),
        query: node.recursive ? recursiveView(node, query) : query,
        replace: node.orReplace,
        options: options(node.options),
        withCheckOption: node.check === "" ? "NO_CHECK_OPTION" : `${node.check}_CHECK_OPTION`,
      },
    };
  }
}

/** `CREATE RECURSIVE VIEW v (a) AS q` is `CREATE VIEW v AS WITH RECURSIVE v (a) AS (q) …`. */
function recursiveView(node: CreateView, query: JsonObject): JsonObject {
  const { name } = node.name;
  const aliascolnames = strings(node.columns);
  const table = { CommonTableExpr: { ctename: name.text, aliascolnames, ctequery: query } };
  const bare: ObjectName = { ...node.name, catalog: null, schema: null };
  return {
    SelectStmt: {
      withClause: { recursive: true, ctes: [table] },
      targetList: node.columns.map((each) => ({
        ResTarget: { val: column({ ...each, kind: "column", table: null, name: each }) },
      })),
      fromClause: [{ RangeVar: relation(bare) }],
    },
  };
}

function constraint(type: string, name: string | null, rest: JsonObject): JsonObject {
  return { Constraint: { contype: `CONSTR_${type}`, conname: name, ...rest } };
}

function foreignKey(node: ForeignKey): JsonObject {
  return {
    pktable: relation(node.table),
    fk_attrs: strings(node.columns),
    pk_attrs: strings(node.parents),
    fk_matchtype: node.match === null ? "s" : node.match.text.slice(0, 1).toLowerCase(),
    fk_del_action: REFERENTIAL[node.onDelete] ?? null,
    fk_upd_action: REFERENTIAL[node.onUpdate] ?? null,
    fk_del_set_cols: strings(node.deleteColumns),
    fk_with_period: node.period,
    pk_with_period: node.parentPeriod,
  };
}

function likeTable(node: LikeTable): Json {
  let bits = 0;
  for (const { including, what } of node.options) {
    const bit = what === "ALL" ? ALL_LIKE_OPTIONS : 1 << LIKE_OPTIONS.indexOf(what);
    bits = including ? bits | bit : bits & ~bit;
  }
  return { TableLikeClause: { relation: relation(node.table), options: bits } };
}

function operatorClass(node: OperatorClass | ObjectName | null): { name: Json[]; options: Json[] } {
  if (node === null) return { name: [], options: [] };
  if (node.kind === "object-name") return { name: dotted(node), options: [] };
  return { name: dotted(node.name), options: options(node.options) };
}
