import type { DataChange, Insert, Query } from "../../ast/query.ts";
import type { Persistence } from "../../ast/schema.ts";
import type { CreateTrigger } from "../../ast/sqlite.ts";
import { SqliteSchema } from "./schema.ts";
import { type ChangeTail, NO_TAIL } from "../changes.ts";

const QUALIFIED =
  "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within triggers";

/** CREATE TRIGGER, whose body takes less than the statements outside. */
export abstract class SqliteTriggers extends SqliteSchema {
  private inBody = false;

  protected override createTrigger(start: number, persistence: Persistence): CreateTrigger {
    const ifNotExists = this.ifNotExists();
    const name = this.objectNameOfTable();
    const timing = this.acceptPair("INSTEAD", "OF")
      ? "INSTEAD OF"
      : this.acceptOneOf(["BEFORE", "AFTER"]);
    const event = this.expectOneOf(["INSERT", "UPDATE", "DELETE"]);
    const ofColumns = event === "UPDATE" && this.accept("OF");
    const columns = ofColumns ? this.list(() => this.name("a column")) : [];
    this.expect("ON");
    const table = this.objectNameOfTable();
    const forEachRow = this.acceptPair("FOR", "EACH");
    if (forEachRow) this.expect("ROW");
    const when = this.accept("WHEN") ? this.expression() : null;
    this.expect("BEGIN");
    const { schema } = name;
    const temporary = persistence === "TEMP" || schema?.text.toLowerCase() === "temp";
    const body = this.body(temporary);
    return {
      kind: "create-trigger",
      start,
      end: this.last,
      persistence,
      ifNotExists,
      name,
      timing,
      event,
      columns,
      table,
      forEachRow,
      when,
      body,
    };
  }

  /** The statements up to END. Those of a temporary trigger may name the schema they change. */
  private body(temporary: boolean): (Query | DataChange)[] {
    const body: (Query | DataChange)[] = [];
    this.inBody = true;
    do {
      const step = this.step();
      if (step.kind !== "query") this.checkChange(step, temporary);
      body.push(step);
      this.expect(";");
    } while (!this.accept("END"));
    this.inBody = false;
    return body;
  }

  private step(): Query | DataChange {
    switch (this.word) {
      case "INSERT":
      case "REPLACE":
      case "UPDATE":
      case "DELETE":
        return this.queryOrChange();
      default:
        return this.query();
    }
  }

  private checkChange(change: DataChange, temporary: boolean): void {
    const { table, returning } = change;
    if (table.name.schema !== null && !temporary) this.refuse(QUALIFIED, table.start);
    if (table.indexedBy !== null || table.notIndexed) {
      const clause = table.notIndexed ? "NOT INDEXED" : "INDEXED BY";
      const where = "UPDATE or DELETE statements within triggers";
      this.refuse(`the ${clause} clause is not allowed on ${where}`, table.start);
    }
    if (returning === null) return;
    if (change.kind === "insert") this.refuse("cannot use RETURNING in a trigger", returning.start);
    this.failAt(returning.start, ";");
  }

  protected override overriding(): Insert["overriding"] {
    if (this.inBody && this.word === "DEFAULT") this.fail("SELECT or VALUES");
    return "";
  }

  /** ORDER BY and LIMIT are no part of an UPDATE or DELETE in a trigger. */
  protected override changeTail(): ChangeTail {
    return this.inBody ? NO_TAIL : super.changeTail();
  }

  /** Fails at a token that was consumed. */
  protected failAt(start: number, expected: string): never {
    this.end = start;
    this.next();
    return this.fail(expected);
  }
}
