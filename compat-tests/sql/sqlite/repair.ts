import type { RealSqlite } from "./database.ts";

/** Statements that need more guesses than this stay unprepared. */
const MOST_REPAIRS = 40;

/** Table names that a guess must never make or drop. */
const SYSTEM = /^(sqlite_|pragma_)/i;

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `main.t` as `"main"."t"`; a name that holds a dot of its own is guessed wrong, which is fine. */
function quotedPath(name: string): string {
  return name.split(".").map(quoted).join(".");
}

/**
 * Makes what a statement says is missing, until it prepares or complains of something else: the
 * schema that a statement of unknown origin needs is guessed from SQLite's own complaints.
 */
export class Repairs {
  private readonly database: RealSqlite;
  /** The tables that were made for the statement at hand, and their columns. */
  private readonly tables = new Map<string, string[]>();
  private readonly tried = new Set<string>();
  /** Whether anything but a function was made. */
  changedSchema = false;

  constructor(database: RealSqlite) {
    this.database = database;
  }

  /** Prepares with repairs; null, or the complaint that is left. */
  complaint(sql: string): string | null {
    let message = this.database.complaint(sql);
    for (let round = 0; round < MOST_REPAIRS && message !== null; round++) {
      // The same complaint again means that its repair did nothing.
      if (this.tried.has(message)) return message;
      this.tried.add(message);
      if (!this.repair(message)) return message;
      message = this.database.complaint(sql);
    }
    return message;
  }

  private repair(message: string): boolean {
    const table = /^no such (?:table|view): (.+)$/s.exec(message)?.[1];
    if (table !== undefined) return this.makeTable(table, ["a", "b", "c"]);
    const column = /^no such column: (?:"(.+)" - should this be .*|(.+))$/s.exec(message);
    if (column) return this.addColumn(column[1] ?? column[2] ?? "");
    const inserted = /^table (.+) has no column named (.+)$/s.exec(message);
    if (inserted?.[1] !== undefined && inserted[2] !== undefined) {
      return this.addTo(inserted[1], inserted[2]);
    }
    const counted = /^table (.+) has (\d+) columns but (\d+) values were supplied$/s.exec(message);
    if (counted?.[1] !== undefined) return this.widen(counted[1], Number(counted[3]));
    const foreign = /^unknown column "(.+)" in foreign key definition$/s.exec(message)?.[1];
    if (foreign !== undefined) return this.addColumn(foreign);
    const called = /^no such function: (.+)$/s.exec(message)?.[1];
    if (called !== undefined) return this.defineFunction(called);
    const existing = /^(?:(table|view|index|trigger) (.+) already exists)$/s.exec(message);
    if (existing?.[1] !== undefined && existing[2] !== undefined) {
      return this.run(`DROP ${existing[1]} ${nameAsWritten(existing[2])}`);
    }
    const named = /^there is already (?:an index|a table) named (.+)$/s.exec(message)?.[1];
    if (named !== undefined) {
      return this.run(`DROP INDEX ${quoted(named)}`) || this.run(`DROP TABLE ${quoted(named)}`);
    }
    return false;
  }

  private makeTable(name: string, columns: readonly string[]): boolean {
    if (SYSTEM.test(name)) return false;
    // Columns that other guessed tables lacked are likely to be missed in this one too.
    const wanted = new Set(columns);
    if (!this.run(`CREATE TABLE ${quotedPath(name)}(${[...wanted].map(quoted).join(", ")})`)) {
      return false;
    }
    this.tables.set(name, [...wanted]);
    return true;
  }

  private addColumn(written: string): boolean {
    const column = written.slice(written.lastIndexOf(".") + 1);
    let added = false;
    for (const table of this.tables.keys()) added = this.addTo(table, column) || added;
    return added;
  }

  private addTo(table: string, column: string): boolean {
    const has = this.tables.get(table);
    if (has?.some((name) => name.toLowerCase() === column.toLowerCase())) return false;
    if (!this.run(`ALTER TABLE ${quotedPath(table)} ADD COLUMN ${quoted(column)}`)) return false;
    this.tables.set(table, [...(has ?? []), column]);
    return true;
  }

  private widen(table: string, count: number): boolean {
    const has = this.tables.get(table);
    if (has === undefined) return false;
    const columns = Array.from({ length: count }, (_, place) => has[place] ?? `c${place}`);
    return this.run(`DROP TABLE ${quotedPath(table)}`) && this.makeTable(table, columns);
  }

  private defineFunction(name: string): boolean {
    try {
      this.database.defineFunction(name);
      return true;
    } catch {
      return false;
    }
  }

  private run(sql: string): boolean {
    try {
      this.database.exec(sql);
      this.changedSchema = true;
      return true;
    } catch {
      return false;
    }
  }
}

/** The name as SQLite repeats it in "… already exists": with its quotes, if it had any. */
function nameAsWritten(name: string): string {
  return /^["'`[]/.test(name) ? name : name.split(".").map(quoted).join(".");
}
