import type { DataChange, MergeWhen, Query, With } from "../../ast/query.ts";
import { PostgresQueries } from "./changes.ts";

/** MERGE. */
export abstract class PostgresMerge extends PostgresQueries {
  protected override otherChange(clause: With | null, start: number): Query | DataChange {
    if (!this.accept("MERGE")) return super.otherChange(clause, start);
    this.expect("INTO");
    const table = this.changedTable();
    this.expect("USING");
    const using = this.joined();
    this.expect("ON");
    const on = this.expression();
    const whens: MergeWhen[] = [];
    do whens.push(this.mergeWhen());
    while (this.is("WHEN"));
    const returning = this.returning();
    const end = this.last;
    return { kind: "merge", start, end, with: clause, table, returning, using, on, whens };
  }

  private mergeWhen(): MergeWhen {
    const { start } = this;
    this.expect("WHEN");
    const matched = this.mergeMatched();
    const condition = this.accept("AND") ? this.expression() : null;
    this.expect("THEN");
    const existing = matched === "MATCHED" || matched === "NOT MATCHED BY SOURCE";
    const action = this.accept("DO")
      ? "NOTHING"
      : this.expectOneOf(existing ? ["UPDATE", "DELETE"] : ["INSERT"]);
    if (action === "NOTHING") this.expect("NOTHING");
    const insert = action === "INSERT";
    const columns = insert && this.is("(") ? this.parenthesised(() => this.target()) : [];
    const overriding = insert ? this.overriding() : "";
    const values = insert ? this.mergeValues(columns.length === 0 && overriding === "") : null;
    const assignments = action === "UPDATE" ? this.assignments() : [];
    return {
      kind: "merge-when",
      start,
      end: this.last,
      matched,
      condition,
      action,
      columns,
      overriding,
      values,
      assignments,
    };
  }

  private mergeMatched(): MergeWhen["matched"] {
    if (this.accept("MATCHED")) return "MATCHED";
    this.expect("NOT");
    this.expect("MATCHED");
    if (!this.accept("BY")) return "NOT MATCHED";
    return `NOT MATCHED BY ${this.expectOneOf(["SOURCE", "TARGET"])}`;
  }

  /** The row of an INSERT; null is DEFAULT VALUES, which stands without columns alone. */
  private mergeValues(alone: boolean): MergeWhen["values"] {
    if (alone && this.acceptPair("DEFAULT", "VALUES")) return null;
    this.expect("VALUES");
    return this.valuesRow();
  }
}
