import type { Alias, ConflictAction } from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type {
  FromItem,
  Join,
  OrderTerm,
  Query,
  TableRef,
  Target,
  Upsert,
  Values,
} from "../../ast/query.ts";
import type { ChangeTail } from "../changes.ts";
import type { QueryTail } from "../queries.ts";
import { SqliteExpressions } from "./expressions.ts";

const CONFLICT_ACTIONS = ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"] as const;

// What a word before JOIN asks for.
const NATURAL = 1;
const INNER = 2;
const CROSS = 4;
const OUTER = 8;
const LEFT = 16;
const RIGHT = 32;

function joinBits(word: string): number {
  switch (word) {
    case "NATURAL":
      return NATURAL;
    case "INNER":
      return INNER;
    case "CROSS":
      return INNER | CROSS;
    case "OUTER":
      return OUTER;
    case "LEFT":
      return OUTER | LEFT;
    case "RIGHT":
      return OUTER | RIGHT;
    case "FULL":
      return OUTER | LEFT | RIGHT;
    default:
      return INNER | OUTER;
  }
}

/** Null for words that contradict each other, and for OUTER alone. */
function joinTypeOf(bits: number): Join["type"] | null {
  const sides = bits & (LEFT | RIGHT);
  if (bits & OUTER) {
    if (bits & INNER || sides === 0) return null;
    return sides === LEFT ? "LEFT" : sides === RIGHT ? "RIGHT" : "FULL";
  }
  if (bits & CROSS) return "CROSS";
  return bits & INNER ? "INNER" : "";
}

/** SQLite's FROM, LIMIT, and what INSERT, UPDATE and DELETE have of their own. */
export abstract class SqliteQueries extends SqliteExpressions {
  protected override commonTableBody(): Query {
    return this.query();
  }

  protected override isWindowClause(): boolean {
    return this.behind(() => {
      if (!this.isName()) return false;
      this.next();
      return this.is("AS");
    });
  }

  /** A name behind AS, or one that no clause begins with. */
  private aliasName(): Name | null {
    if (this.accept("AS")) return this.name("an alias");
    if (!this.isBareAlias() || (this.word === "WINDOW" && this.isWindowClause())) return null;
    return this.takeName();
  }

  protected override resultAlias(): Name | null {
    return this.aliasName();
  }

  private alias(): Alias | null {
    const start = this.start;
    const name = this.aliasName();
    if (name === null) return null;
    return { kind: "alias", start, end: this.last, name, columns: [], definitions: [] };
  }

  protected override queryTail(): QueryTail {
    const orderBy = this.orderBy();
    const { limit, offset, offsetFirst } = this.limit();
    if (this.compoundLevel() > 0 && (orderBy.length > 0 || limit !== null)) {
      const all = this.word === "UNION" && this.peek() === "ALL" ? " ALL" : "";
      const clause = orderBy.length > 0 ? "ORDER BY" : "LIMIT";
      this.refuse(`${clause} clause should come after ${this.word}${all} not before`);
    }
    return { orderBy, limit, offset, offsetFirst, withTies: false, locking: [] };
  }

  /** `LIMIT n OFFSET m` and `LIMIT m, n`. */
  private limit(): Pick<Query, "limit" | "offset" | "offsetFirst"> {
    if (!this.accept("LIMIT")) return { limit: null, offset: null, offsetFirst: false };
    const first = this.expression();
    const offsetFirst = this.word === ",";
    const both = this.accept("OFFSET") || this.accept(",");
    const second = both ? this.expression() : null;
    return offsetFirst
      ? { limit: second, offset: first, offsetFirst }
      : { limit: first, offset: second, offsetFirst };
  }

  protected override fromClause(): FromItem {
    const start = this.start;
    let left = this.fromItem();
    if (this.word === "ON" || this.word === "USING") {
      this.refuse(`a JOIN clause is required before ${this.word}`);
    }
    for (let length = 1; ; length++) {
      const type = this.joinType();
      if (type === null) return left;
      this.limitChain(length);
      const right = this.fromItem();
      const on = this.accept("ON") ? this.expression() : null;
      const using = on === null && this.accept("USING") ? this.joinColumns() : [];
      const natural = type.natural;
      left = {
        kind: "join",
        start,
        end: this.last,
        type: type.type,
        natural,
        left,
        right,
        on,
        using,
        usingAlias: null,
      };
    }
  }

  private joinColumns(): Name[] {
    return this.parenthesised(() => this.name("a column"));
  }

  private joinType(): Pick<Join, "type" | "natural"> | null {
    if (this.accept(",")) return { type: ",", natural: false };
    if (this.accept("JOIN")) return { type: "", natural: false };
    switch (this.word) {
      case "CROSS":
      case "FULL":
      case "INNER":
      case "LEFT":
      case "NATURAL":
      case "OUTER":
      case "RIGHT":
        return this.joinWords();
      default:
        return null;
    }
  }

  /** One to three words before JOIN: the grammar takes any names, the meaning only some. */
  private joinWords(): Pick<Join, "type" | "natural"> {
    const at = this.start;
    let written = "";
    let bits = 0;
    for (let words = 0; words < 3 && this.word !== "JOIN"; words++) {
      if (!this.isName()) this.fail("JOIN");
      written += ` ${this.sql.slice(this.start, this.end)}`;
      bits |= joinBits(this.word);
      this.advance();
    }
    this.expect("JOIN");
    const type = joinTypeOf(bits);
    if (type === null) this.refuse(`unknown join type:${written}`, at);
    return { type, natural: (bits & NATURAL) !== 0 };
  }

  private fromItem(): FromItem {
    if (this.word === "(") return this.fromInBrackets();
    const name = this.objectNameOfTable();
    if (this.is("(")) return this.tableFunction(name);
    const asOf = this.asOf();
    return this.tableRef(name, this.alias(), asOf);
  }

  /** The rest of a table: INDEXED BY. */
  private tableRef(name: ObjectName, alias: Alias | null, asOf: TableRef["asOf"]): TableRef {
    const notIndexed = this.acceptPair("NOT", "INDEXED");
    const indexed = !notIndexed && this.acceptPair("INDEXED", "BY");
    const indexedBy = indexed ? this.name("an index") : null;
    return this.plainTable(name, alias, asOf, indexedBy, notIndexed);
  }

  private plainTable(
    name: ObjectName,
    alias: Alias | null,
    asOf: TableRef["asOf"],
    indexedBy: Name | null,
    notIndexed: boolean,
  ): TableRef {
    return {
      kind: "table",
      start: name.start,
      end: this.last,
      name,
      alias,
      indexedBy,
      notIndexed,
      only: false,
      sample: null,
      asOf,
    };
  }

  private tableFunction(name: ObjectName): FromItem {
    const { start } = name;
    const call = this.tableCall(name);
    const source = {
      kind: "function-source",
      start,
      end: this.last,
      call,
      definitions: [],
    } as const;
    const alias = this.alias();
    return {
      kind: "table-function",
      start,
      end: this.last,
      lateral: false,
      rowsFrom: false,
      sources: [source],
      ordinality: false,
      alias,
    };
  }

  private fromInBrackets(): FromItem {
    const start = this.start;
    this.advance();
    this.enter();
    if (this.isQuery()) {
      const query = this.query();
      this.expect(")");
      this.leave();
      const alias = this.alias();
      return { kind: "derived", start, end: this.last, lateral: false, query, alias };
    }
    const from = this.fromClause();
    this.expect(")");
    this.leave();
    const alias = this.alias();
    return { kind: "nested", start, end: this.last, from, alias };
  }

  protected override insertTable(): TableRef {
    const name = this.objectNameOfTable();
    return this.plainTable(name, this.aliasOfTarget(), null, null, false);
  }

  protected override changedTable(): TableRef {
    const name = this.objectNameOfTable();
    return this.tableRef(name, this.aliasOfTarget(), null);
  }

  /** The alias of the table that changes needs its AS. */
  private aliasOfTarget(): Alias | null {
    return this.word === "AS" ? this.alias() : null;
  }

  protected override target(): Target {
    const name = this.name("a column");
    return { kind: "column", start: name.start, end: name.end, table: null, name };
  }

  /** A term of a conflict target, an index or a key, which has no NULLS FIRST. */
  protected override conflictTerm(): OrderTerm {
    const term = this.orderTerm();
    if (term.nulls !== "") this.refuse(`unsupported use of NULLS ${term.nulls}`, term.start);
    return term;
  }

  /** Columns of a table, a view or a WITH. Old versions of SQLite took a collation and order. */
  protected override nameList(expected: string): Name[] {
    if (this.word !== "(") return [];
    return this.parenthesised(() => {
      const name = this.name(expected);
      const collated = this.accept("COLLATE");
      if (collated) this.collation();
      if (this.acceptOneOf(["ASC", "DESC"]) !== "" || collated) {
        const written = this.sql.slice(name.start, name.end);
        this.refuse(`syntax error after column name "${written}"`, name.start);
      }
      return name;
    });
  }

  /** Only a SELECT may be followed by ORDER BY and LIMIT. */
  protected override values(): Values {
    const values = super.values();
    if (this.word === "ORDER" || this.word === "LIMIT") this.fail("the end of the query");
    return values;
  }

  protected override conflictAction(): ConflictAction {
    return this.accept("OR") ? this.resolution() : "";
  }

  /** How a conflict is resolved: what follows OR and ON CONFLICT. */
  protected resolution(): ConflictAction {
    return this.expectOneOf(CONFLICT_ACTIONS);
  }

  /** Only a clause with a target may be followed by another one. */
  protected override upserts(source: Query | null): readonly Upsert[] {
    const upserts: Upsert[] = [];
    while (source !== null && this.acceptPair("ON", "CONFLICT")) {
      const upsert = this.upsert();
      upserts.push(upsert);
      if (upsert.target.length === 0) break;
    }
    return upserts;
  }

  protected override changeTail(): ChangeTail {
    const orderBy = this.orderBy();
    return { orderBy, ...this.limit() };
  }
}
