import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import { readStatement } from "../../engine/embedded/embedded-text.ts";
import type { StatementFacts } from "../../engine/embedded/embedded-text.ts";
import type { SyncRunResult, SyncStatement } from "../../engine/session/sync-database.ts";
import type { EmbeddedColumn } from "../../ports/embedded-driver.ts";
import type { DriverStatement, IntegerMode, SqlDriver } from "../../ports/sql-driver.ts";
import { Lexer } from "../../sql/lex/lexer.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import { expandedSql } from "./expanded-sql.ts";
import { onlyTells } from "./statement-text.ts";

/** What a statement is made of. */
export interface DurableParts {
  readonly sql: string;
  /** With what stood around it. */
  readonly shown: string;
  readonly facts: StatementFacts;
  /** It counts as one that writes, whatever its facts say. */
  readonly writes: boolean;
  /** The connection may not write. */
  readonly readonly: boolean;
}

/** `SyncStatement` over the SQLite of a Durable Object. */
export class DurableStatement implements SyncStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly parameters: readonly (string | null)[];
  readonly unsettledColumns: boolean;
  /** The runtime tells of a result column nothing but its name. */
  readonly origins = false;
  readonly #parts: DurableParts;
  /** It is nothing for a readonly connection. */
  readonly #writes: boolean;
  readonly #statement: DriverStatement;
  readonly #names: ReadonlyMap<string, string>;

  /** @throws DosqlError what SQLite has against the text, which it compiles here */
  constructor(driver: Pick<SqlDriver, "prepare">, parts: DurableParts) {
    const { sql, facts } = parts;
    this.#parts = parts;
    if (facts.kind === "control") throw noControls(sql);
    refuseRollback(sql);
    const numbered = numberedText(sql, facts.parameters);
    this.#names = numbered.names;
    this.parameters = facts.parameters;
    this.#statement = driver.prepare(numbered.sql);
    try {
      if (!isPragma(sql) && facts.explained === sql) explain(driver, numbered.sql, facts);
      this.reader = facts.reader ?? this.#statement.columns().length > 0;
    } catch (error) {
      throw namedPragma(error, sql);
    }
    const explained = facts.explained === sql ? facts : readStatement(facts.explained);
    this.readonly = !parts.writes && (explained.readonly ?? true);
    this.#writes = !this.readonly && !onlyTells(sql, facts.explained);
    // The rows of RETURNING come with rounded integers only, so their names are asked for once.
    this.unsettledColumns = facts.star && facts.kind === "query";
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#statement.columns().map((column) => ({
      ...column,
      name: this.#named(column.name),
      database: null,
    }));
  }

  all(params: Row, integers: IntegerMode): Row[] {
    this.#refuseWrite();
    return this.#statement.all(params, integers);
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    // A statement that is not read to its end keeps its tables locked.
    return this.all(params, integers)[0];
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const row = this.first(params, "bigint");
    if (row === undefined) return undefined;
    const record: Record<string, SqlValue> = {};
    this.columns().forEach(({ name }, index) => (record[name] = row[index] ?? null));
    return record;
  }

  iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    this.#refuseWrite();
    return this.#statement.iterate(params, integers);
  }

  run(params: Row, integers: IntegerMode): SyncRunResult {
    this.#refuseWrite();
    const { changes, lastRowid } = this.#statement.run(params);
    return { changes, lastRowid: integers === "bigint" ? lastRowid : Number(lastRowid) };
  }

  expanded(params: Row): string {
    return expandedSql(this.#parts.shown, params);
  }

  /** SQLite names a column after its expression, in which parameters stand under our numbers. */
  #named(name: string): string {
    return this.#names.size === 0
      ? name
      : name.replace(/\?\d+/g, (text) => this.#names.get(text) ?? text);
  }

  #refuseWrite(): void {
    if (!this.#parts.readonly || !this.#writes) return;
    throw new DosqlError("sqlite", "attempt to write a readonly database", {
      sqlite: "SQLITE_READONLY",
    });
  }
}

interface NumberedText {
  readonly sql: string;
  /** What stood where a number stands now. */
  readonly names: ReadonlyMap<string, string>;
}

/** The runtime binds by position only, so names become numbers. */
function numberedText(sql: string, parameters: readonly (string | null)[]): NumberedText {
  const names = new Map<string, string>();
  if (parameters.every((name) => name === null || name.startsWith("?"))) return { sql, names };
  let text = "";
  let copied = 0;
  for (const { number, start, end } of listParameters(sql)) {
    names.set(`?${number}`, names.get(`?${number}`) ?? sql.slice(start, end));
    text += `${sql.slice(copied, start)}?${number}`;
    copied = end;
  }
  return { sql: text + sql.slice(copied), names };
}

/**
 * Has SQLite compile a text without running it. Not by EXPLAIN: that of an INSERT with RETURNING
 * ends the whole process of workerd 2026-08-15 a few statements later (measured).
 */
function explain(
  driver: Pick<SqlDriver, "prepare">,
  sql: string,
  { parameters }: StatementFacts,
): void {
  const unbound = parameters.map(() => null);
  driver.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(unbound, "number");
}

/** It would end the transaction of the whole event, which the runtime answers with a reset. */
function refuseRollback(sql: string): void {
  if (!/rollback/i.test(sql)) return;
  const lexer = new Lexer(sql);
  let before = "";
  while (lexer.next()) {
    const asked = before === "OR" || before === "CONFLICT" || before === "(";
    if (lexer.word === "ROLLBACK" && asked) {
      throw new DosqlError(
        "unsupported",
        "ROLLBACK for conflicts is not supported in a Durable Object",
        {
          hint: "say ABORT",
        },
      );
    }
    before = lexer.word;
  }
}

function isPragma(sql: string): boolean {
  return /^\s*pragma\b/i.test(sql);
}

/** The runtime allows few pragmas, and does not say which one it refused. */
function namedPragma(error: unknown, sql: string): unknown {
  if (!(error instanceof DosqlError) || error.sqlite !== "SQLITE_AUTH") return error;
  const name = /^\s*pragma\s+(?:\w+\s*\.\s*)?(\w+)/i.exec(sql)?.[1];
  if (name === undefined) return error;
  return new DosqlError("unsupported", `PRAGMA ${name} is not supported in a Durable Object`);
}

function noControls(sql: string): DosqlError {
  const word = /\w+/.exec(sql)?.[0].toUpperCase() ?? "";
  return new DosqlError("unsupported", `${word} is not supported in a Durable Object`, {
    hint: "use db.transaction(…)",
  });
}
