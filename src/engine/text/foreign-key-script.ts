import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { readPragma } from "../../sql/read/pragma.ts";
import type { KnownText } from "./known-text.ts";
import { pragmaFlag } from "./pragma-policy.ts";
import type { Statement } from "../session/session.ts";

/** Whether a script turns foreign keys off, as migrations do that make a table anew. */
export function turnsForeignKeysOff(statements: readonly Pick<Statement, "sql">[]): boolean {
  return statements.some(({ sql }) => turnsOff(sql));
}

function turnsOff(sql: string): boolean {
  if (!/\bforeign_keys\b/i.test(sql)) return false;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "pragma") return false;
  const { name, hasValue, value = "" } = readPragma(parsed.statement);
  return name === "foreign_keys" && hasValue && !pragmaFlag(value);
}

/**
 * A script that is one transaction and turns foreign keys off in it. SQLite can switch only
 * outside of transactions, so they are off from its first statement to its last. What stands where
 * they should be on may run as long as no foreign key has a say in it.
 */
export class ForeignKeyScript {
  readonly #driver: SqlDriver;
  /** By name, what `#isInvolved` said; until the schema changes. */
  readonly #known = new Map<string, boolean>();
  /** What the script would read of the PRAGMA. */
  enforced = true;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /**
   * To be told of each statement before it runs.
   *
   * @throws DosqlError `misuse` for one that needs foreign keys on
   */
  meet({ class: { pragma, command, kind }, change, sql }: KnownText): void {
    if (pragma !== undefined) {
      if (pragma.name === "foreign_keys" && pragma.hasValue) {
        this.enforced = pragmaFlag(pragma.value ?? "");
      }
      return;
    }
    if (kind !== "write") this.#known.clear();
    if (!this.enforced) return;
    const table = kind === "write" ? (change?.table ?? "") : droppedTable(command, sql);
    if (table === null) return;
    const isInvolved = this.#known.get(table) ?? this.#isInvolved(table);
    this.#known.set(table, isInvolved);
    if (!isInvolved) return;
    throw new DosqlError("misuse", `${command} of ${table} needs foreign keys on`, {
      hint:
        "the script turns them off elsewhere, and it is one transaction: put the statement " +
        "behind PRAGMA foreign_keys = OFF, or into a script of its own",
    });
  }

  /** Whether a foreign key leads from the table or to it. What is no table may change any. */
  #isInvolved(name: string): boolean {
    const wanted = name.toLowerCase();
    const tables = this.#rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .map(([table]) => String(table))
      .filter((table) => !/^_cf_/i.test(table));
    if (!tables.some((table) => table.toLowerCase() === wanted)) return true;
    return tables.some((table) => {
      const keys = this.#rows(`PRAGMA foreign_key_list(${quoteIdentifier(table)})`);
      if (table.toLowerCase() === wanted && keys.length > 0) return true;
      return keys.some(([, , parent]) => String(parent).toLowerCase() === wanted);
    });
  }

  #rows(sql: string): unknown[][] {
    return this.#driver.prepare(sql).all([], "number");
  }
}

/** Only a table that is dropped deletes rows. */
function droppedTable(command: string, sql: string): string | null {
  if (command !== "DROP TABLE") return null;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "drop") return "";
  return parsed.statement.names[0]?.name.text ?? "";
}
