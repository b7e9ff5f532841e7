import { DatabaseSync, type StatementSync } from "node:sqlite";
import { expect } from "vitest";
import type { SqlValue } from "../../src/base/value.ts";
import { classify } from "../../src/sql/read/classify.ts";
import type { LiftedStatement } from "../../src/sql/change/lift.ts";
import { liftText } from "./lift-text.ts";

/**
 * Two databases that get the same statements, one as they are, one with literals lifted, and that
 * must not differ in anything a user or the planner sees.
 */
export class LiftTwins {
  private readonly plain = new DatabaseSync(":memory:");
  private readonly lifted = new DatabaseSync(":memory:");
  private readonly excluded: ReadonlySet<string>;
  statements = 0;
  liftedStatements = 0;
  liftedValues = 0;

  /** @param excluded Columns that keep their literals, in lower case. */
  constructor(excluded: readonly string[]) {
    this.excluded = new Set(excluded);
  }

  /** Runs a statement on both without a look. */
  setUp(sql: string): void {
    this.plain.exec(sql);
    this.lifted.exec(sql);
  }

  /** Runs a statement both ways and compares nothing. */
  run(sql: string): void {
    const lifted = this.lift(sql);
    outcome(this.plain, sql, []);
    outcome(this.lifted, lifted?.text ?? sql, lifted?.values ?? []);
  }

  lift(sql: string): LiftedStatement | null {
    return liftText(sql, {
      exclude: (column) => this.excluded.has(column.toLowerCase()),
      arithmeticInSet: true,
    });
  }

  /** Runs a statement both ways and compares; a statement that SQLite refuses, too. */
  compare(sql: string): void {
    this.statements++;
    const lifted = this.lift(sql);
    if (lifted === null) {
      const refused = failure(() => this.plain.exec(sql));
      expect(failure(() => this.lifted.exec(sql))).toBe(refused);
      return;
    }
    this.liftedStatements++;
    this.liftedValues += lifted.values.length;
    const note = `${sql}\n${lifted.text}`;
    const plan = planOf(this.lifted, sql, []);
    expect(planOf(this.lifted, lifted.text, []), note).toEqual(plan);
    expect(planOf(this.lifted, lifted.text, lifted.values), note).toEqual(plan);
    expect(outcome(this.lifted, lifted.text, lifted.values), note).toEqual(
      outcome(this.plain, sql, []),
    );
    if (classify(sql).kind === "write")
      expect(this.dump(this.lifted)).toEqual(this.dump(this.plain));
  }

  planDiffers(one: string, other: string): boolean {
    const plans = [one, other].map((sql) => JSON.stringify(planOf(this.plain, sql, [])));
    return plans[0] !== plans[1];
  }

  private dump(database: DatabaseSync): unknown {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.map(({ name }) => outcome(database, `SELECT * FROM "${String(name)}"`, []));
  }
}

function failure(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The plan as a tree of texts: each with the index of its parent, since ids are addresses. */
function planOf(database: DatabaseSync, sql: string, values: readonly SqlValue[]): unknown {
  try {
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    const ids = rows.map((row) => row["id"]);
    return rows.map((row) => [ids.indexOf(row["parent"] ?? null), row["detail"]]);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Names and rows, or the error. A bigint is an INTEGER, a number a REAL: types are compared. */
function outcome(database: DatabaseSync, sql: string, values: readonly SqlValue[]): unknown {
  let statement: StatementSync;
  try {
    statement = database.prepare(sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    const rows = statement.all(...values);
    return { names: statement.columns().map(({ name }) => name), rows };
  } catch (error) {
    return (error as Error).message;
  }
}
