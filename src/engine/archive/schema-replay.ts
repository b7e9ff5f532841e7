import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { renamedTo } from "../capture/ddl-telling.ts";
import type { Relation } from "../log/relation.ts";
import { cannotMake } from "./left-out.ts";
import type { LeftOut } from "./left-out.ts";
import { watchNames } from "./nameless-rows.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A trigger that was taken away. */
interface ParkedTrigger {
  readonly name: string;
  readonly sql: string;
}

/** What a rollback takes back besides the file's own. */
export interface ReplayMark {
  readonly parked: readonly ParkedTrigger[] | null;
  readonly leftOut: ReturnType<LeftOut["mark"]>;
}

/**
 * The schema of a file that a log is replayed into. The user's triggers are taken away while rows
 * are applied, because what they did is in the log, and stand again while DDL runs, because
 * ALTER TABLE changes their texts.
 */
export class SchemaReplay {
  readonly #driver: SqlDriver;
  readonly #leftOut: LeftOut;
  /** Triggers that were taken away, in their order; null while they stand. */
  #parked: readonly ParkedTrigger[] | null = null;

  /** @param leftOut hears of indexes that cannot be made */
  constructor(driver: SqlDriver, leftOut: LeftOut) {
    this.#driver = driver;
    this.#leftOut = leftOut;
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
  mark(): ReplayMark {
    return { parked: this.#parked, leftOut: this.#leftOut.mark() };
  }

  /** After a rollback to where the mark was made. */
  reset({ parked, leftOut }: ReplayMark): void {
    this.#parked = parked;
    this.#leftOut.reset(leftOut);
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
    if (this.#leftOut.follow(statement)) return statement;
    this.#makeRoom(statement);
    const run = (): void => this.#run(creationText(statement, relations) ?? sql);
    if (statement?.kind === "create-index" && statement.name !== null) {
      this.#leftOut.makeIndex(statement.name.name.text, statement.table.name.text, run);
    } else watchNames(this.#driver, statement, run);
    if (statement?.kind === "create-table" && statement.query !== null) {
      // Its rows are in the log.
      this.#run(`DELETE FROM ${quoteIdentifier(statement.name.name.text)}`);
    }
    return statement;
  }

  /**
   * When capture begins anew, the log creates once more what stands. And of a table that is left
   * out of the log, nobody said that it went, or got another name.
   */
  #makeRoom(statement: Statement | null): void {
    const to = renamedTo(statement);
    const kind = to === null ? CREATED[statement?.kind ?? ""] : "table";
    const name = to ?? createdName(statement);
    if (kind === undefined || name === null) return;
    const found = this.#driver
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = ?1 AND lower(name) = lower(?2)")
      .all([kind, name], "number");
    // A table may get its own name in other letters.
    if (to !== null && alteredTable(statement) === foldName(name)) return;
    if (found.length > 0) this.#run(`DROP ${kind} ${quoteIdentifier(name)}`);
  }

  #run(sql: string): void {
    try {
      this.#driver.exec(sql);
    } catch (error) {
      if (!(error instanceof DosqlError)) throw error;
      throw cannotMake("the schema", error, sql);
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

/** The table that ALTER TABLE is about, in lower case. */
function alteredTable(statement: Statement | null): string | null {
  return statement?.kind === "alter-table" ? foldName(statement.name.name.text) : null;
}

/** CREATE TABLE AS would ask for rows once more: its outcome is known. */
function creationText(statement: Statement | null, relations: readonly Relation[]): string | null {
  if (statement?.kind !== "create-table" || statement.query === null) return null;
  const name = foldName(statement.name.name.text);
  return relations.find((relation) => foldName(relation.name) === name)?.sql ?? null;
}
