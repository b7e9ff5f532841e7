/** Queries of our tree, and calls, as PostgreSQL's raw parse tree has them. */
import type { Cycle, FrameSide, Into, Locking, Search } from "../../../../src/sql/ast/leaf.ts";
import type { Name } from "../../../../src/sql/ast/name.ts";
import type {
  Call,
  CommonTable,
  DataChange,
  Expr,
  Frame,
  GroupingSet,
  NamedArgument,
  OrderTerm,
  Query,
  QueryBody,
  ResultColumn,
  Select,
  Window,
  With,
} from "../../../../src/sql/ast/query.ts";
import type { Json, JsonObject } from "./canonical.ts";
import { ExpressionShapes, operation } from "./expressions.ts";
import { constant, dotted, literal, operatorName, relation, string, strings } from "./names.ts";
import { text } from "./names.ts";

const STRENGTHS: Readonly<Record<Locking["strength"], string>> = {
  UPDATE: "LCS_FORUPDATE",
  "NO KEY UPDATE": "LCS_FORNOKEYUPDATE",
  SHARE: "LCS_FORSHARE",
  "KEY SHARE": "LCS_FORKEYSHARE",
};
const WAITS: Readonly<Record<Locking["wait"], string>> = {
  "": "LockWaitBlock",
  NOWAIT: "LockWaitError",
  "SKIP LOCKED": "LockWaitSkip",
};

/** PostgreSQL's bits of a window frame. */
const UNIT_BITS = { RANGE: 0x2, ROWS: 0x4, GROUPS: 0x8 };
const START_BITS: Readonly<Record<FrameSide, number>> = {
  "UNBOUNDED PRECEDING": 0x20,
  "UNBOUNDED FOLLOWING": 0x80,
  "CURRENT ROW": 0x2_00,
  PRECEDING: 0x8_00,
  FOLLOWING: 0x20_00,
};
const EXCLUDE_BITS = {
  "": 0,
  "NO OTHERS": 0,
  "CURRENT ROW": 0x80_00,
  GROUP: 0x1_00_00,
  TIES: 0x2_00_00,
};
/** RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW, not written. */
const DEFAULT_FRAME = 0x2 | 0x20 | 0x4_00;
const WRITTEN_FRAME = 0x1;
const BETWEEN_FRAME = 0x10;

/** Queries, but for what they hold of FROM items and changes. */
export abstract class QueryShapes extends ExpressionShapes {
  protected abstract fromItems(select: Select): Json[];

  protected abstract change(node: DataChange): JsonObject;

  /** A SelectStmt in its wrapper. */
  query(node: Query): JsonObject {
    return { SelectStmt: this.selectStatement(node) };
  }

  private selectStatement(node: Query): JsonObject {
    const inner = this.body(node.body);
    const { with: common, orderBy, limit, offset, locking } = node;
    const more: Record<string, Json> = {};
    if (common !== null) more["withClause"] = this.with(common);
    if (orderBy.length > 0) more["sortClause"] = this.orderTerms(orderBy);
    if (offset !== null) more["limitOffset"] = this.expr(offset);
    if (limit !== null) {
      more["limitCount"] = this.expr(limit);
      more["limitOption"] = `LIMIT_OPTION_${node.withTies ? "WITH_TIES" : "COUNT"}`;
    } else if (offset !== null && inner["limitOption"] === undefined) {
      more["limitOption"] = "LIMIT_OPTION_COUNT";
    }
    const locks = [...((inner["lockingClause"] ?? []) as Json[]), ...locking.map(lockingClause)];
    return { ...inner, ...more, lockingClause: locks };
  }

  private body(body: QueryBody): JsonObject {
    switch (body.kind) {
      case "query":
        return this.selectStatement(body);
      case "values":
        return {
          valuesLists: body.rows.map(({ items }) => ({ List: { items: this.exprs(items) } })),
        };
      case "compound":
        return {
          op: `SETOP_${body.operator}`,
          all: body.all,
          larg: this.body(body.left),
          rarg: this.body(body.right),
        };
      case "select":
        return this.select(body);
    }
  }

  private select(node: Select): JsonObject {
    const distinct = node.quantifier === "DISTINCT" ? [{}] : [];
    const groupDistinct = node.groupQuantifier === "DISTINCT";
    return {
      distinctClause: node.distinctOn.length > 0 ? this.exprs(node.distinctOn) : distinct,
      intoClause: node.into === null ? null : intoClause(node.into),
      targetList: this.resultColumns(node.columns),
      fromClause: this.fromItems(node),
      whereClause: this.optional(node.where),
      groupClause: node.groupBy.map((item) => this.groupItem(item)),
      groupDistinct,
      havingClause: this.optional(node.having),
      windowClause: node.windows.map((window) => ({ WindowDef: this.window(window) })),
    };
  }

  protected resultColumns(columns: readonly ResultColumn[]): Json[] {
    return columns.map(({ value, alias }) => ({
      ResTarget: { name: text(alias), val: this.expr(value) },
    }));
  }

  private groupItem(item: Expr | GroupingSet): Json {
    if (item.kind !== "grouping-set") return this.expr(item);
    const content = item.items.map((inner) => this.groupItem(inner));
    return { GroupingSet: { kind: `GROUPING_SET_${item.type}`, content } };
  }

  protected orderTerms(terms: readonly OrderTerm[]): Json[] {
    return terms.map(({ value, direction, nulls, using }) => {
      const order = direction === "" ? "DEFAULT" : direction;
      return {
        SortBy: {
          node: this.expr(value),
          sortby_dir: `SORTBY_${using === null ? order : "USING"}`,
          sortby_nulls: `SORTBY_NULLS_${nulls === "" ? "DEFAULT" : nulls}`,
          useOp: using === null ? null : operatorName(using),
        },
      };
    });
  }

  protected with(node: With): JsonObject {
    return { ctes: node.tables.map((table) => this.commonTable(table)), recursive: node.recursive };
  }

  private commonTable(node: CommonTable): Json {
    const materialized = {
      "": "Default",
      MATERIALIZED: "Always",
      "NOT MATERIALIZED": "Never",
    }[node.materialized];
    const { query } = node;
    return {
      CommonTableExpr: {
        ctename: node.name.text,
        aliascolnames: strings(node.columns),
        ctematerialized: `CTEMaterialize${materialized}`,
        ctequery: query.kind === "query" ? this.query(query) : this.change(query),
        search_clause: node.search === null ? null : searchClause(node.search),
        cycle_clause: node.cycle === null ? null : cycleClause(node.cycle),
      },
    };
  }

  protected window(node: Window): JsonObject {
    const { frame } = node;
    return {
      name: text(node.name),
      refname: text(node.base),
      partitionClause: this.exprs(node.partitionBy),
      orderClause: this.orderTerms(node.orderBy),
      frameOptions: frame === null ? DEFAULT_FRAME : frameBits(frame),
      startOffset: this.optional(frame?.fromOffset ?? null),
      endOffset: this.optional(frame?.toOffset ?? null),
    };
  }

  private over(over: Name | Window | null): Json {
    if (over === null) return null;
    if (over.kind === "window") return this.window(over);
    return { name: over.text, frameOptions: DEFAULT_FRAME };
  }

  protected override call(node: Call): Json {
    const bare = node.name.schema === null && node.name.name.quote === "";
    const special = bare ? this.specialCall(node) : null;
    if (special !== null) return special;
    const [first] = node.arguments;
    const onlyStar = node.arguments.length === 1 && first?.kind === "star" && first.table === null;
    const last = node.arguments.at(-1);
    return {
      FuncCall: {
        funcname: dotted(node.name),
        args: onlyStar ? [] : node.arguments.map((item) => this.argument(item)),
        agg_star: onlyStar,
        agg_distinct: node.quantifier === "DISTINCT",
        agg_order: this.orderTerms(node.orderBy),
        agg_within_group: node.withinGroup,
        agg_filter: this.optional(node.filter),
        func_variadic: last?.kind === "argument" && last.variadic,
        over: this.over(node.over),
      },
    };
  }

  private argument(node: Expr | NamedArgument): Json {
    if (node.kind !== "argument") return this.expr(node);
    const value = this.expr(node.value);
    if (node.name === null) return value;
    return { NamedArgExpr: { name: node.name.text, arg: value, argnumber: -1 } };
  }

  /** What PostgreSQL's grammar makes no function call of. */
  private specialCall(node: Call): Json {
    const args = node.arguments.map((item) => this.argument(item));
    switch (node.name.name.text) {
      case "coalesce":
        return { CoalesceExpr: { args } };
      case "greatest":
      case "least":
        return { MinMaxExpr: { op: `IS_${node.name.name.text.toUpperCase()}`, args } };
      case "nullif":
        return operation("AEXPR_NULLIF", [string("=")], {
          lexpr: args[0] ?? null,
          rexpr: args[1] ?? null,
        });
      case "grouping":
        return { GroupingFunc: { args } };
      case "merge_action":
        return { MergeSupportFunc: { msftype: 25 } };
      default:
        return null;
    }
  }
}

function frameBits(frame: Frame): number {
  const to = frame.to === "" ? "CURRENT ROW" : frame.to;
  const between = frame.to === "" ? 0 : BETWEEN_FRAME;
  // The bit of an end is the one behind that of a start.
  const ends = START_BITS[frame.from] | (START_BITS[to] << 1);
  return WRITTEN_FRAME | UNIT_BITS[frame.unit] | between | ends | EXCLUDE_BITS[frame.exclude];
}

function lockingClause(node: Locking): Json {
  return {
    LockingClause: {
      lockedRels: node.of.map((name) => ({ RangeVar: relation(name) })),
      strength: STRENGTHS[node.strength],
      waitPolicy: WAITS[node.wait],
    },
  };
}

function intoClause(node: Into): JsonObject {
  const persistence = { "": "p", TEMP: "t", UNLOGGED: "u" }[node.persistence];
  return { rel: relation(node.name, { relpersistence: persistence }) };
}

function searchClause(node: Search): JsonObject {
  return {
    search_col_list: strings(node.by),
    search_breadth_first: node.order === "BREADTH",
    search_seq_column: node.column.text,
  };
}

function cycleClause(node: Cycle): JsonObject {
  const mark = (value: Cycle["value"], otherwise: boolean): Json =>
    value === null ? constant({ boolval: { boolval: otherwise } }) : literal(value);
  return {
    cycle_col_list: strings(node.columns),
    cycle_mark_column: node.mark.text,
    cycle_mark_value: mark(node.value, true),
    cycle_mark_default: mark(node.otherwise, false),
    cycle_path_column: node.path.text,
  };
}
