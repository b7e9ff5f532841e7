import { type ChangeTail, NO_TAIL } from "../../../src/sql/parse/changes.ts";
import type {
  Assignment,
  DataChange,
  Delete,
  Expr,
  Insert,
  Merge,
  MergeWhen,
  OrderTerm,
  Query,
  QueryBody,
  Returning,
  TableRef,
  Target,
  Update,
  Upsert,
} from "../../../src/sql/ast/query.ts";
import { NOWHERE } from "./generate-leaf.ts";
import { QueryGenerator } from "./generate-query.ts";

/**
 * Random trees of queries and changes, as a parser of a dialect would make them: what such a tree
 * is printed as must be read back as the same tree.
 */
export class TreeGenerator extends QueryGenerator {
  statement(depth: number): Query | DataChange {
    this.extended = false;
    return this.chance(2) ? this.query(depth) : this.change(depth);
  }

  override change(depth: number): DataChange {
    switch (this.random.below(this.postgres ? 4 : 3)) {
      case 0:
        return this.insert(depth);
      case 1:
        return this.update(depth);
      case 2:
        return this.delete(depth);
      default:
        return this.merge(depth);
    }
  }

  private withClause(depth: number): Insert["with"] {
    return depth > 0 ? this.maybe(() => this.with(depth - 1), 6) : null;
  }

  private changed(): TableRef {
    const table = this.plainTable(this.maybe(() => this.alias()));
    if (this.postgres) return { ...table, only: this.chance(5) };
    const indexedBy = this.maybe(() => this.name(), 5);
    return { ...table, indexedBy, notIndexed: indexedBy === null && this.chance(5) };
  }

  private wholeColumn(): Target {
    return { kind: "column", ...NOWHERE, table: null, name: this.name() };
  }

  /** A column; in Postgres perhaps a part of one. */
  private target(depth: number): Target {
    let target: Target = this.wholeColumn();
    if (!this.postgres) return target;
    for (const part of this.some(0, 2, () => this.chance(3))) {
      if (!part) continue;
      target = this.chance(2)
        ? { kind: "field", ...NOWHERE, object: target, name: this.name() }
        : {
            kind: "subscript",
            ...NOWHERE,
            object: target,
            slice: false,
            lower: this.expression(depth - 1),
            upper: null,
          };
    }
    return target;
  }

  private assignments(depth: number): Assignment[] {
    return this.some(1, 3, (): Assignment => {
      const row = this.chance(4);
      const targets = this.some(1, row ? 3 : 1, () => this.target(depth));
      return { kind: "assignment", ...NOWHERE, row, targets, value: this.value(depth) };
    });
  }

  private returning(depth: number): Returning | null {
    if (!this.chance(4)) return null;
    const named = this.postgres && this.chance(2);
    return {
      kind: "returning",
      ...NOWHERE,
      old: named ? this.maybe(() => this.name(), 2) : null,
      new: named ? this.maybe(() => this.name(), 2) : null,
      columns: this.resultColumns(1, depth - 1),
    };
  }

  private insert(depth: number): Insert {
    const replace = !this.postgres && this.chance(5);
    const upserts = this.upserts(depth - 1);
    const source = this.chance(6) ? null : this.query(depth - 1);
    const named = source !== null || !this.postgres;
    const closed = source === null || upserts.length === 0 ? source : this.closed(source);
    return {
      kind: "insert",
      ...NOWHERE,
      with: this.withClause(depth),
      table: this.plainTable(this.maybe(() => this.alias())),
      returning: this.returning(depth),
      replace,
      or: this.postgres || replace ? "" : this.pick("", "", "IGNORE", "REPLACE", "FAIL"),
      columns: this.some(0, named ? 3 : 0, () => this.target(depth)),
      overriding: this.postgres && source !== null ? this.pick("", "", "SYSTEM", "USER") : "",
      source: closed,
      upserts: source === null && !this.postgres ? [] : upserts,
    };
  }

  /** In SQLite an ON CONFLICT right behind a FROM would be the ON of a join. */
  private closed(source: Query): Query {
    if (this.postgres) return source;
    const close = (body: QueryBody): QueryBody => {
      if (body.kind === "compound") return { ...body, right: close(body.right) };
      return body.kind === "select" ? { ...body, where: body.where ?? this.atom() } : body;
    };
    return { ...source, body: close(source.body) };
  }

  private upserts(depth: number): Upsert[] {
    const count = this.postgres ? this.random.below(2) : this.random.below(3);
    return Array.from({ length: count }, (_, at) => this.upsert(depth, at < count - 1));
  }

  private upsert(depth: number, targeted: boolean): Upsert {
    const updates = this.chance(2);
    const constraint = this.postgres && !targeted ? this.maybe(() => this.name()) : null;
    // Only DO NOTHING may have no target in Postgres; the grammar alone does not say so.
    const target = targeted || (constraint === null && this.chance(2));
    return {
      kind: "upsert",
      ...NOWHERE,
      target: target ? this.some(1, 2, () => this.conflictTerm(depth)) : [],
      targetWhere: target ? this.maybe(() => this.expression(depth)) : null,
      constraint,
      assignments: updates ? this.assignments(depth) : [],
      where: updates ? this.maybe(() => this.expression(depth)) : null,
    };
  }

  private conflictTerm(depth: number): OrderTerm {
    const term = { ...this.orderTerm(depth), using: null };
    if (!this.postgres) return { ...term, nulls: "" };
    const opclass = this.maybe(() => this.objectName(), 4);
    return { ...term, opclass };
  }

  private update(depth: number): Update {
    return {
      kind: "update",
      ...NOWHERE,
      with: this.withClause(depth),
      table: this.changed(),
      returning: this.returning(depth),
      or: this.postgres ? "" : this.pick("", "", "ROLLBACK", "ABORT"),
      assignments: this.assignments(depth - 1),
      from: this.maybe(() => this.from(depth - 1)),
      where: this.condition(depth - 1),
      ...this.changeCut(depth),
    };
  }

  private condition(depth: number): Expr | null {
    if (!this.postgres || !this.chance(6)) return this.maybe(() => this.expression(depth), 2);
    return { kind: "current-of", ...NOWHERE, cursor: this.name() };
  }

  /** ORDER BY and LIMIT, which SQLite has as an option of its build. */
  private changeCut(depth: number): ChangeTail {
    if (this.postgres || !this.chance(9)) return NO_TAIL;
    this.extended = true;
    const limit = this.maybe(() => this.expression(depth - 1), 2);
    return {
      orderBy: this.some(0, 2, () => this.orderTerm(depth - 1)),
      limit,
      offset: limit === null ? null : this.maybe(() => this.expression(depth - 1)),
      offsetFirst: false,
    };
  }

  private delete(depth: number): Delete {
    return {
      kind: "delete",
      ...NOWHERE,
      with: this.withClause(depth),
      table: this.changed(),
      returning: this.returning(depth),
      using: this.postgres ? this.maybe(() => this.from(depth - 1)) : null,
      where: this.condition(depth - 1),
      ...this.changeCut(depth),
    };
  }

  private merge(depth: number): Merge {
    return {
      kind: "merge",
      ...NOWHERE,
      with: this.withClause(depth),
      table: this.changed(),
      returning: this.returning(depth),
      using: this.joined(depth - 1),
      on: this.expression(depth - 1),
      whens: this.some(1, 3, () => this.mergeWhen(depth - 1)),
    };
  }

  private mergeWhen(depth: number): MergeWhen {
    const existing = this.chance(2);
    const matched: MergeWhen["matched"] = existing
      ? this.pick("MATCHED", "NOT MATCHED BY SOURCE")
      : this.pick("NOT MATCHED", "NOT MATCHED BY TARGET");
    const action = existing
      ? this.pick("UPDATE", "DELETE", "NOTHING")
      : this.pick("INSERT", "NOTHING");
    const insert = action === "INSERT";
    const values = insert && this.chance(4) ? null : this.some(1, 3, () => this.value(depth));
    const filled = insert && values !== null;
    return {
      kind: "merge-when",
      ...NOWHERE,
      matched,
      condition: this.maybe(() => this.expression(depth), 2),
      action,
      columns: filled ? this.some(0, 2, () => this.target(depth)) : [],
      overriding: filled ? this.pick("", "", "SYSTEM", "USER") : "",
      values: filled ? { kind: "row", ...NOWHERE, explicit: false, items: values } : null,
      assignments: action === "UPDATE" ? this.assignments(depth) : [],
    };
  }
}
