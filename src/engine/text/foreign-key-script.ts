import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { readPragma } from "../../sql/read/pragma.ts";
import { KeyReach } from "./key-reach.ts";
import type { KnownText } from "./known-text.ts";
import { pragmaFlag } from "./pragma-value.ts";
import type { Statement } from "../session/session.ts";
import { foldName } from "../../sql/fold-name.ts";

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
  #reach: KeyReach | null = null;
  /** What the script would read of the PRAGMA. */
  enforced: boolean;

  /** @param enforced what it would read when it begins, or goes on */
  constructor(driver: SqlDriver, enforced = true) {
    this.#driver = driver;
    this.enforced = enforced;
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
    if (kind !== "write") {
      this.#known.clear();
      this.#reach = null;
    }
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

  /**
   * Whether a foreign key leads from the table or to it, or to what its triggers change. What is no
   * table may change any.
   */
  #isInvolved(name: string): boolean {
    const wanted = foldName(name);
    const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?1)";
    if (this.#driver.prepare(sql).all([name], "number").length === 0) return true;
    this.#reach ??= new KeyReach(this.#driver);
    return this.#reach.meets(wanted);
  }
}

/** Only a table that is dropped deletes rows. */
function droppedTable(command: string, sql: string): string | null {
  if (command !== "DROP TABLE") return null;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "drop") return "";
  return parsed.statement.names[0]?.name.text ?? "";
}
