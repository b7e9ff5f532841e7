import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { Relation } from "../log/relation.ts";

/** A trigger that was taken away. */
interface ParkedTrigger {
  readonly name: string;
  readonly sql: string;
}

/**
 * The schema of a file that a log is replayed into. The user's triggers are taken away while rows
 * are applied, because what they did is in the log, and stand again while DDL runs, because
 * ALTER TABLE changes their texts.
 */
export class SchemaReplay {
  readonly #driver: SqlDriver;
  /** Triggers that were taken away, in their order; null while they stand. */
  #parked: readonly ParkedTrigger[] | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** Before rows are applied. */
  park(): void {
    if (this.#parked !== null) return;
    this.#parked = this.#driver
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
      .all([], "number")
      .map(([name, sql]) => ({ name: String(name), sql: String(sql) }));
    for (const { name } of this.#parked) this.#run(`DROP TRIGGER ${quoteIdentifier(name)}`);
  }

  /** Before DDL, and at the end. */
  unpark(): void {
    const parked = this.#parked ?? [];
    this.#parked = null;
    for (const { sql } of parked) this.#run(sql);
  }

  /** Where a savepoint begins. */
  mark(): readonly ParkedTrigger[] | null {
    return this.#parked;
  }

  /** After a rollback to where the mark was made. */
  reset(mark: readonly ParkedTrigger[] | null): void {
    this.#parked = mark;
  }

  /**
   * Runs what a DDL entry says.
   *
   * @param relations the shapes of tables that begin with the entry
   * @returns the statement, if it can be read
   * @throws DosqlError `bad-file` where it cannot run
   */
  run(sql: string, relations: readonly Relation[]): Statement | null {
    this.unpark();
    const parsed = attemptSqlite(sql);
    const statement = parsed instanceof DosqlError ? null : parsed.statement;
    this.#makeRoom(statement);
    this.#run(creationText(statement, relations) ?? sql);
    if (statement?.kind === "create-table" && statement.query !== null) {
      // Its rows are in the log.
      this.#run(`DELETE FROM ${quoteIdentifier(statement.name.name.text)}`);
    }
    return statement;
  }

  /** When capture begins anew, the log creates once more what stands. */
  #makeRoom(statement: Statement | null): void {
    const kind = CREATED[statement?.kind ?? ""];
    const name = createdName(statement);
    if (kind === undefined || name === null) return;
    const found = this.#driver
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = ?1 AND lower(name) = lower(?2)")
      .all([kind, name], "number");
    if (found.length > 0) this.#run(`DROP ${kind} ${quoteIdentifier(name)}`);
  }

  #run(sql: string): void {
    try {
      this.#driver.exec(sql);
    } catch (error) {
      if (!(error instanceof DosqlError)) throw error;
      throw new DosqlError("bad-file", `the schema cannot be made again: ${error.message}`, {
        hint: `the statement is: ${sql.length > 200 ? `${sql.slice(0, 200)}…` : sql}`,
        cause: error,
      });
    }
  }
}

const CREATED: Readonly<Record<string, "table" | "view" | "trigger" | "index">> = {
  "create-table": "table",
  "create-virtual-table": "table",
  "create-view": "view",
  "create-trigger": "trigger",
  "create-index": "index",
};

function createdName(statement: Statement | null): string | null {
  switch (statement?.kind) {
    case "create-table":
    case "create-virtual-table":
    case "create-view":
    case "create-trigger":
      return statement.name.name.text;
    case "create-index":
      return statement.name?.name.text ?? null;
    default:
      return null;
  }
}

/** CREATE TABLE AS would ask for rows once more: its outcome is known. */
function creationText(statement: Statement | null, relations: readonly Relation[]): string | null {
  if (statement?.kind !== "create-table" || statement.query === null) return null;
  const name = statement.name.name.text.toLowerCase();
  return relations.find((relation) => relation.name.toLowerCase() === name)?.sql ?? null;
}
