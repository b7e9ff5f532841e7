/** Expressions of our tree as PostgreSQL's raw parse tree has them. */
import type { KeywordValue, TestName } from "../../../../src/sql/ast/leaf.ts";
import type { Operator } from "../../../../src/sql/ast/name.ts";
import type {
  Between,
  Cast,
  Expr,
  Field,
  In,
  Like,
  Logical,
  Quantified,
  Query,
  Subquery,
  Subscript,
  Test,
  Unary,
} from "../../../../src/sql/ast/query.ts";
import type { Json, JsonObject } from "./canonical.ts";
import {
  column,
  constant,
  dotted,
  literal,
  operatorName,
  star,
  string,
  typeName,
} from "./names.ts";

const BOOLEAN_TESTS: ReadonlySet<string> = new Set<TestName>(["TRUE", "FALSE", "UNKNOWN"]);
const LIKE_KINDS = { LIKE: "AEXPR_LIKE", ILIKE: "AEXPR_ILIKE", "SIMILAR TO": "AEXPR_SIMILAR" };
const LIKE_NAMES: Readonly<Record<string, string>> = {
  LIKE: "~~",
  ILIKE: "~~*",
  "SIMILAR TO": "~",
};
const SUBLINKS = { subquery: "EXPR", exists: "EXISTS", "array-query": "ARRAY" };

/** A call of a function by a syntax of its own. */
export function systemCall(name: string, args: readonly Json[]): JsonObject {
  return { FuncCall: { funcname: [string(name)], args } };
}

/** A call that PostgreSQL puts in by itself. */
function catalogCall(name: string, args: readonly Json[]): JsonObject {
  return { FuncCall: { funcname: [string("pg_catalog"), string(name)], args } };
}

function not(negated: boolean, node: Json): Json {
  return negated ? { BoolExpr: { boolop: "NOT_EXPR", args: [node] } } : node;
}

export function operation(kind: string, name: readonly Json[], rest: JsonObject): JsonObject {
  return { A_Expr: { kind, name, ...rest } };
}

/** Expressions, but for what they hold of queries and calls. */
export abstract class ExpressionShapes {
  protected abstract query(query: Query): JsonObject;

  protected abstract call(node: Extract<Expr, { kind: "call" }>): Json;

  expr(node: Expr): Json {
    switch (node.kind) {
      case "column":
        return column(node);
      case "star":
        return star(node);
      case "parameter":
        return { ParamRef: { number: Number(node.name) } };
      case "default-value":
        return { SetToDefault: {} };
      case "keyword-value":
        return keywordValue(node);
      case "current-of":
        return { CurrentOfExpr: { cursor_name: "text" in node.cursor ? node.cursor.text : null } };
      case "unary":
        return this.unary(node);
      case "binary":
        return this.operator(node.operator, this.expr(node.left), this.expr(node.right));
      case "logical":
        return this.logical(node);
      case "not":
        return not(true, this.expr(node.operand));
      case "is":
        return operation(node.not ? "AEXPR_NOT_DISTINCT" : "AEXPR_DISTINCT", [string("=")], {
          lexpr: this.expr(node.left),
          rexpr: this.expr(node.right),
        });
      case "test":
        return this.test(node);
      case "like":
        return this.like(node);
      case "between":
        return this.between(node);
      case "in":
        return this.membership(node);
      case "quantified":
        return this.quantified(node);
      default:
        return this.composite(node);
    }
  }

  protected exprs(nodes: readonly Expr[]): Json[] {
    return nodes.map((node) => this.expr(node));
  }

  protected optional(node: Expr | null): Json {
    return node === null ? null : this.expr(node);
  }

  private composite(node: Exclude<Expr, { kind: "column" | "star" | "parameter" }>): Json {
    switch (node.kind) {
      case "subquery":
      case "exists":
      case "array-query":
        return this.subLink(node);
      case "row":
        return {
          RowExpr: {
            args: this.exprs(node.items),
            row_format: node.explicit ? "COERCE_EXPLICIT_CALL" : "COERCE_IMPLICIT_CAST",
          },
        };
      case "array":
        return { A_ArrayExpr: { elements: this.exprs(node.items) } };
      case "subscript":
      case "field":
        return { A_Indirection: { arg: this.expr(node.object), indirection: [this.step(node)] } };
      case "case":
        return {
          CaseExpr: {
            arg: this.optional(node.operand),
            args: node.whens.map(({ condition, result }) => ({
              CaseWhen: { expr: this.expr(condition), result: this.expr(result) },
            })),
            defresult: this.optional(node.otherwise),
          },
        };
      case "cast":
        return this.cast(node);
      case "collate":
        return {
          CollateClause: { arg: this.expr(node.operand), collname: dotted(node.collation) },
        };
      case "at-time-zone": {
        const zone = node.zone === null ? [] : [this.expr(node.zone)];
        return systemCall("timezone", [...zone, this.expr(node.operand)]);
      }
      case "call":
        return this.call(node);
      case "null":
      case "boolean":
      case "integer":
      case "float":
      case "string":
      case "blob":
      case "bits":
        return literal(node);
      default:
        throw new Error(`no shape for ${node.kind}`);
    }
  }

  private cast(node: Cast): Json {
    return { TypeCast: { arg: this.expr(node.operand), typeName: typeName(node.type) } };
  }

  private operator(operator: Operator, left: Json, right: Json): JsonObject {
    return operation("AEXPR_OP", operatorName(operator), { lexpr: left, rexpr: right });
  }

  /** A minus sign before a constant is part of it. */
  private unary(node: Unary): Json {
    const operand = this.expr(node.operand);
    const negated = node.operator === "-" ? negative(operand) : null;
    return negated ?? this.operator(node.operator, null, operand);
  }

  /** The left operand's own chain joins in, in parentheses or not. */
  private logical(node: Logical): Json {
    const boolop = node.operator === "AND" ? "AND_EXPR" : "OR_EXPR";
    const [first, ...rest] = this.exprs(node.operands);
    const inner = ((first ?? null) as JsonObject | null)?.["BoolExpr"] as JsonObject | undefined;
    const joins = inner !== undefined && inner["boolop"] === boolop;
    const head = joins ? (inner["args"] as readonly Json[]) : [first ?? null];
    return { BoolExpr: { boolop, args: [...head, ...rest] } };
  }

  private test(node: Test): Json {
    const arg = this.expr(node.operand);
    const { test } = node;
    if (test === "NULL") {
      return { NullTest: { arg, nulltesttype: node.not ? "IS_NOT_NULL" : "IS_NULL" } };
    }
    if (BOOLEAN_TESTS.has(test)) {
      return { BooleanTest: { arg, booltesttype: `IS_${node.not ? "NOT_" : ""}${test}` } };
    }
    if (test === "DOCUMENT") {
      const xml = { op: "IS_DOCUMENT", args: [arg], xmloption: "XMLOPTION_DOCUMENT" };
      return not(node.not, { XmlExpr: xml });
    }
    if (test.startsWith("JSON")) return not(node.not, jsonTest(arg, test));
    const form = test.endsWith(" NORMALIZED") ? [test.split(" ")[0] ?? ""] : [];
    const forms = form.map((word) => constant({ sval: { sval: word } }));
    return not(node.not, systemCall("is_normalized", [arg, ...forms]));
  }

  private like(node: Like): Json {
    const { operator } = node;
    const kind = LIKE_KINDS[operator as keyof typeof LIKE_KINDS];
    const name = [string(`${node.not ? "!" : ""}${LIKE_NAMES[operator] ?? operator}`)];
    const pattern = [this.expr(node.pattern)];
    if (node.escape !== null) pattern.push(this.expr(node.escape));
    let rexpr = pattern[0] ?? null;
    if (operator === "SIMILAR TO") rexpr = catalogCall("similar_to_escape", pattern);
    else if (node.escape !== null) rexpr = catalogCall("like_escape", pattern);
    return operation(kind, name, { lexpr: this.expr(node.left), rexpr });
  }

  private between(node: Between): Json {
    const kind = `AEXPR_${node.not ? "NOT_" : ""}BETWEEN${node.symmetric ? "_SYM" : ""}`;
    const name = `${node.not ? "NOT " : ""}BETWEEN${node.symmetric ? " SYMMETRIC" : ""}`;
    return operation(kind, [string(name)], {
      lexpr: this.expr(node.operand),
      rexpr: { List: { items: [this.expr(node.low), this.expr(node.high)] } },
    });
  }

  private membership(node: In): Json {
    const { source } = node;
    if (source.kind === "row") {
      return operation("AEXPR_IN", [string(node.not ? "<>" : "=")], {
        lexpr: this.expr(node.operand),
        rexpr: { List: { items: this.exprs(source.items) } },
      });
    }
    if (source.kind !== "query") throw new Error("an IN of SQLite");
    const testexpr = this.expr(node.operand);
    const subselect = this.query(source);
    return not(node.not, { SubLink: { subLinkType: "ANY_SUBLINK", testexpr, subselect } });
  }

  private quantified(node: Quantified): Json {
    const words: Readonly<Record<string, string>> = {
      LIKE: "~~",
      "NOT LIKE": "!~~",
      ILIKE: "~~*",
      "NOT ILIKE": "!~~*",
    };
    const { operator } = node;
    const symbol = typeof operator === "string" ? (words[operator] ?? operator) : operator;
    const name = operatorName(symbol);
    const left = this.expr(node.left);
    if (node.source.kind !== "query") {
      const kind = `AEXPR_OP_${node.quantifier}`;
      return operation(kind, name, { lexpr: left, rexpr: this.expr(node.source) });
    }
    const subLinkType = `${node.quantifier}_SUBLINK`;
    const subselect = this.query(node.source);
    return { SubLink: { subLinkType, testexpr: left, operName: name, subselect } };
  }

  private subLink(node: Subquery): Json {
    const subLinkType = `${SUBLINKS[node.kind]}_SUBLINK`;
    return { SubLink: { subLinkType, subselect: this.query(node.query) } };
  }

  /** One `[index]` or `.field`. */
  protected step(node: Subscript | Field): Json {
    if (node.kind === "field") return node.name === null ? { A_Star: {} } : string(node.name.text);
    const lower = this.optional(node.lower);
    if (!node.slice) return { A_Indices: { uidx: lower } };
    return { A_Indices: { is_slice: true, lidx: lower, uidx: this.optional(node.upper) } };
  }
}

/** The constant with its sign turned; null for anything else. */
function negative(node: Json): Json {
  const value = (node as JsonObject)["A_Const"] as JsonObject | undefined;
  if (value === undefined) return null;
  const whole = value["ival"] as JsonObject | undefined;
  if (whole !== undefined) {
    return constant({ ival: { ival: 0 - Number(whole["ival"] ?? 0) } });
  }
  const text = (value["fval"] as JsonObject | undefined)?.["fval"];
  if (typeof text !== "string") return null;
  return constant({ fval: { fval: text.startsWith("-") ? text.slice(1) : `-${text}` } });
}

function keywordValue(node: KeywordValue): Json {
  if (node.keyword === "SYSTEM_USER") return systemCall("system_user", []);
  const precision = node.precision === null ? null : Number(node.precision.text);
  const op = `SVFOP_${node.keyword}${precision === null ? "" : "_N"}`;
  return { SQLValueFunction: { op, typmod: precision ?? -1 } };
}

function jsonTest(arg: Json, test: TestName): Json {
  const unique = test.endsWith(" WITH UNIQUE");
  const item = test.replace(" WITH UNIQUE", "").replace(/^JSON ?/, "");
  const type = item === "" || item === "VALUE" ? "ANY" : item;
  return {
    JsonIsPredicate: {
      expr: arg,
      format: { format_type: "JS_FORMAT_DEFAULT", encoding: "JS_ENC_DEFAULT" },
      item_type: `JS_TYPE_${type}`,
      unique_keys: unique,
    },
  };
}
