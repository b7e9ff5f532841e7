import type { RealSqlite, RealSqliteSource } from "./database.ts";
import { messageKind } from "./parser-messages.ts";
import { Repairs } from "./repair.ts";

/**
 * What the real SQLite says of a text: it prepares; its parser refuses it; the answer depends on
 * how this SQLite was built; or it was understood and means nothing here. In the last case SQLite
 * may have stopped reading before the end: what stands behind was never judged.
 */
export interface Verdict {
  readonly kind: "prepared" | "parser" | "build" | "meaning";
  /** The complaint; empty when it prepares. */
  readonly message: string;
}

/** Some pragmas change the connection when they are merely prepared. */
const CHANGES_CONNECTION = /\bpragma\b/i;

/** Pragmas whose preparation changes the whole process. */
const CHANGES_PROCESS = /\b(heap_limit|temp_store_directory|data_store_directory)\b/i;

/** `$a::b` and `$a(b)` are parameters only in builds that kept Tcl's variables. */
const TCL_VARIABLE = /[$@:#][\w$]*(::|\()/;

/** Complaints about meaning that come before the end of the text is read, even in a trigger. */
const STOPS_READING =
  /^(\d+ columns assigned|duplicate WITH|no such window|cannot override|IN\(\.\.\.\)|ORDER BY may not|all VALUES must)/;

/** Statements that take ORDER BY and LIMIT only in some builds. */
const CHANGES_ROWS = /\b(UPDATE|DELETE)\b/i;

/**
 * A real SQLite with a schema, asked about one statement after the other. What a statement's
 * repairs made is gone before the next one, and a pragma gets a connection of its own.
 */
export class Oracle {
  private readonly source: RealSqliteSource;
  private readonly others: readonly RealSqliteSource[];
  private readonly setUp: string;
  /** Another build, asked where the first one's options decide. */
  private second: Oracle | null = null;
  private database: RealSqlite | null = null;
  /** Has one table, for `readsWhole`. */
  private reader: RealSqlite | null = null;

  constructor(sources: readonly RealSqliteSource[], setUp: string) {
    const [source, ...others] = sources;
    if (source === undefined) throw new RangeError("no SQLite to ask");
    this.source = source;
    this.others = others;
    this.setUp = setUp;
  }

  /** Judges a text, and lets `look` see the database in which it prepares. */
  judge(sql: string, look?: (database: RealSqlite) => void): Verdict {
    if (!CHANGES_CONNECTION.test(sql)) {
      const verdict = this.judgeIn(this.open(), sql, look);
      if (verdict.kind !== "build" || this.others.length === 0) return verdict;
      this.second ??= new Oracle(this.others, this.setUp);
      return this.second.judge(sql, look);
    }
    if (CHANGES_PROCESS.test(sql)) {
      return { kind: "build", message: "not asked: it would change the whole process" };
    }
    const passing = this.openNew();
    try {
      return this.judgeIn(passing, sql, look);
    } finally {
      passing.close();
    }
  }

  /** Runs a definition that later statements need, with repairs, and keeps what it makes. */
  make(sql: string): void {
    const database = this.open();
    if (new Repairs(database).complaint(sql) !== null) return;
    try {
      database.exec(sql);
    } catch {
      // It fails when it runs: then the scripts that have it do without, too.
    }
  }

  /**
   * Whether SQLite's parser takes a text that it did not read to its end: in a trigger nothing is
   * looked up. Undefined where a trigger takes less than a statement of its own.
   */
  readsWhole(sql: string): boolean | undefined {
    const text = sql.trim().replace(/;$/, "");
    if (text.includes(";") || !/^(SELECT|VALUES|WITH|INSERT|REPLACE|UPDATE|DELETE)\b/i.test(text)) {
      return undefined;
    }
    if (this.reader === null) {
      this.reader = this.source.open();
      this.reader.exec("CREATE TABLE subject(a)");
    }
    // The line break ends a comment at the end of the text.
    const trigger = `CREATE TEMP TRIGGER wrapped INSERT ON subject BEGIN ${text}\n; END`;
    const message = this.reader.complaint(trigger);
    if (message !== null && STOPS_READING.test(message)) return undefined;
    const read = message === null || messageKind(message) !== "parser";
    const less = /\b(RETURNING|INDEXED|DEFAULT|LIMIT|ORDER|WITH)\b/i.test(text);
    return read || !less || /^(SELECT|VALUES)\b/i.test(text) ? read : undefined;
  }

  /** The complaint about a text, without repairs; null for what must not be prepared here. */
  complaint(sql: string): string | null {
    return CHANGES_CONNECTION.test(sql) ? null : this.open().complaint(sql);
  }

  close(): void {
    this.database?.close();
    this.reader?.close();
    this.second?.close();
    this.database = null;
    this.reader = null;
    this.second = null;
  }

  private judgeIn(
    database: RealSqlite,
    sql: string,
    look: ((database: RealSqlite) => void) | undefined,
  ): Verdict {
    const plain = database.complaint(sql);
    if (plain === null) look?.(database);
    if (plain === null || messageKind(plain) !== "meaning") return this.verdict(sql, plain);
    database.exec("SAVEPOINT repairs");
    try {
      const left = new Repairs(database).complaint(sql);
      if (left === null) look?.(database);
      return this.verdict(sql, left);
    } finally {
      database.exec("ROLLBACK TO repairs; RELEASE repairs");
    }
  }

  private verdict(sql: string, message: string | null): Verdict {
    if (message === null) return { kind: "prepared", message: "" };
    const kind = messageKind(message);
    if (kind === "limit") return { kind: "build", message };
    if (kind !== "parser") return { kind, message };
    const { updateLimit, tclVariables } = this.source;
    const tcl = !tclVariables && TCL_VARIABLE.test(sql);
    const limited =
      !updateLimit && CHANGES_ROWS.test(sql) && /^near "(ORDER|LIMIT)"/i.test(message);
    return { kind: tcl || limited ? "build" : "parser", message };
  }

  private open(): RealSqlite {
    this.database ??= this.openNew();
    return this.database;
  }

  private openNew(): RealSqlite {
    const database = this.source.open();
    database.exec(this.setUp);
    return database;
  }
}
