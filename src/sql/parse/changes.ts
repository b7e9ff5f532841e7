import type { ConflictAction } from "../ast/leaf.ts";
import type {
  Assignment,
  DataChange,
  Expr,
  FromItem,
  Insert,
  OrderTerm,
  Query,
  Returning,
  TableRef,
  Target,
  Upsert,
  With,
} from "../ast/query.ts";
import { Queries } from "./queries.ts";

/** What may stand behind an UPDATE or DELETE. */
export type ChangeTail = Pick<Query, "orderBy" | "limit" | "offset" | "offsetFirst">;

export const NO_TAIL: ChangeTail = { orderBy: [], limit: null, offset: null, offsetFirst: false };

/** INSERT, UPDATE and DELETE as both dialects have them; what differs is abstract. */
export abstract class Changes extends Queries {
  /** The table of an INSERT, with its alias. */
  protected abstract insertTable(): TableRef;

  /** The table of an UPDATE or DELETE, with what may follow it. */
  protected abstract changedTable(): TableRef;

  /** What an INSERT or SET names: a column, in Postgres a part of one. */
  protected abstract target(): Target;

  /** A term of a conflict target. */
  protected abstract conflictTerm(): OrderTerm;

  /** A statement that begins with WITH, a SELECT or a change. */
  protected queryOrChange(): Query | DataChange {
    const start = this.start;
    const clause = this.word === "WITH" ? this.withClause() : null;
    switch (this.word) {
      case "INSERT":
      case "REPLACE":
        return this.insert(clause, start);
      case "UPDATE":
        return this.update(clause, start);
      case "DELETE":
        return this.deletion(clause, start);
      default:
        return this.otherChange(clause, start);
    }
  }

  /** A MERGE or a query. */
  protected otherChange(clause: With | null, start: number): Query | DataChange {
    return this.queryBehind(clause, start);
  }

  /** `OR action` behind INSERT and UPDATE. */
  protected conflictAction(): ConflictAction {
    return "";
  }

  /** OVERRIDING SYSTEM VALUE. */
  protected overriding(): Insert["overriding"] {
    return "";
  }

  protected insert(clause: With | null, start: number): Insert {
    const replace = this.word === "REPLACE";
    this.advance();
    const or = replace ? "" : this.conflictAction();
    this.expect("INTO");
    const table = this.insertTable();
    const columns = this.isColumnList() ? this.parenthesised(() => this.target()) : [];
    const overriding = this.overriding();
    const source = this.insertSource(columns);
    const upserts = this.upserts(source);
    const returning = this.returning();
    const end = this.last;
    return {
      kind: "insert",
      start,
      end,
      with: clause,
      table,
      returning,
      replace,
      or,
      columns,
      overriding,
      source,
      upserts,
    };
  }

  /** Whether a parenthesis behind an INSERT's table holds columns, not a query. */
  protected isColumnList(): boolean {
    return this.word === "(";
  }

  /** A query, or null for DEFAULT VALUES. */
  protected insertSource(_columns: readonly Target[]): Query | null {
    return this.acceptPair("DEFAULT", "VALUES") ? null : this.query();
  }

  /** The WHERE of an UPDATE or DELETE. */
  protected changeCondition(): Expr | null {
    return this.accept("WHERE") ? this.expression() : null;
  }

  /** All ON CONFLICT clauses of an INSERT from a source. */
  protected abstract upserts(source: Query | null): readonly Upsert[];

  /** What follows ON CONFLICT. */
  protected upsert(): Upsert {
    const start = this.start;
    let target: readonly OrderTerm[] = [];
    let targetWhere: Expr | null = null;
    let constraint: Upsert["constraint"] = null;
    if (this.word === "(") {
      target = this.parenthesised(() => this.conflictTerm());
      if (this.accept("WHERE")) targetWhere = this.expression();
    } else {
      constraint = this.conflictConstraint();
    }
    this.expect("DO");
    let assignments: readonly Assignment[] = [];
    let where: Expr | null = null;
    if (!this.accept("NOTHING")) {
      this.expect("UPDATE");
      assignments = this.assignments();
      if (this.accept("WHERE")) where = this.expression();
    }
    const end = this.last;
    return {
      kind: "upsert",
      start,
      end,
      target,
      targetWhere,
      constraint,
      assignments,
      where,
    };
  }

  /** ON CONSTRAINT name. */
  protected conflictConstraint(): Upsert["constraint"] {
    return null;
  }

  /** SET and what follows it. */
  protected assignments(): Assignment[] {
    this.expect("SET");
    const assignments = [this.assignment()];
    while (this.word === ",") {
      this.advance();
      assignments.push(this.assignment());
    }
    return assignments;
  }

  private assignment(): Assignment {
    const start = this.start;
    const row = this.word === "(";
    const targets = row ? this.parenthesised(() => this.target()) : [this.target()];
    this.expect("=");
    const value = this.value();
    return { kind: "assignment", start, end: this.last, row, targets, value };
  }

  protected update(clause: With | null, start: number): DataChange {
    this.advance();
    const or = this.conflictAction();
    const table = this.changedTable();
    const assignments = this.assignments();
    const from = this.accept("FROM") ? this.fromClause() : null;
    const where = this.changeCondition();
    const returning = this.returning();
    const { orderBy, limit, offset, offsetFirst } = this.changeTail();
    const end = this.last;
    return {
      kind: "update",
      start,
      end,
      with: clause,
      table,
      returning,
      orderBy,
      limit,
      offset,
      offsetFirst,
      or,
      assignments,
      from,
      where,
    };
  }

  protected deletion(clause: With | null, start: number): DataChange {
    this.advance();
    this.expect("FROM");
    const table = this.changedTable();
    const using = this.usingClause();
    const where = this.changeCondition();
    const returning = this.returning();
    const { orderBy, limit, offset, offsetFirst } = this.changeTail();
    const end = this.last;
    return {
      kind: "delete",
      start,
      end,
      with: clause,
      table,
      returning,
      orderBy,
      limit,
      offset,
      offsetFirst,
      using,
      where,
    };
  }

  /** USING of a DELETE. */
  protected usingClause(): FromItem | null {
    return null;
  }

  /** ORDER BY and LIMIT of an UPDATE or DELETE. */
  protected changeTail(): ChangeTail {
    return NO_TAIL;
  }

  protected returning(): Returning | null {
    if (this.word !== "RETURNING") return null;
    const start = this.start;
    this.advance();
    const [old, fresh] = this.returningNames();
    const columns = this.resultColumns();
    return { kind: "returning", start, end: this.last, old, new: fresh, columns };
  }

  /** `WITH (OLD AS o, NEW AS n)`. */
  protected returningNames(): [Returning["old"], Returning["new"]] {
    return [null, null];
  }
}
