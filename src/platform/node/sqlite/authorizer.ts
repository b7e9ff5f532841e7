import type { DatabaseSync } from "node:sqlite";
import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type {
  ColumnInfo,
  DriverStatement,
  IntegerMode,
  RunResult,
} from "../../../ports/sql-driver.ts";
import { refusesFunction, refusesModule, refusesPragma } from "./authorizer-lists.ts";

/** What node:sqlite calls for each thing that SQLite is about to compile. */
type Callback = (
  action: number,
  first: string | null,
  second: string | null,
  schema: string | null,
  within: string | null,
) => number;

/** Newer versions of node:sqlite have it; it is a second wall, never the only one. */
interface Authorizing {
  readonly setAuthorizer?: (callback: Callback) => void;
}

/** SQLite's answers and action codes, which never change. */
const OK = 0;
const DENY = 1;
/** Leaves the thing out; for ANALYZE and REINDEX, one table of them. */
const IGNORE = 2;
const ACTION = {
  createTempIndex: 3,
  createTempTable: 4,
  createTempTrigger: 5,
  createTempView: 6,
  createTrigger: 7,
  createView: 8,
  delete: 9,
  dropTable: 11,
  dropTrigger: 16,
  dropView: 17,
  insert: 18,
  pragma: 19,
  read: 20,
  update: 23,
  attach: 24,
  detach: 25,
  reindex: 27,
  analyze: 28,
  createVirtualTable: 29,
  function: 31,
} as const;

/** Actions that make something in a schema that they name. */
const CREATES: ReadonlySet<number> = new Set([1, 2, 7, 8, ACTION.createVirtualTable]);

const AUTOMATIC_INDEX = "sqlite_autoindex_";

/** VACUUM as the first word: it copies all tables by SQL of its own. */
const VACUUM = /^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))*vacuum\b/i;

function isVacuum(sql: string): boolean {
  return VACUUM.test(sql) && !/\binto\b/i.test(sql);
}

/**
 * The second wall around the engine's objects: SQLite asks, for each thing that it compiles for a
 * user's statement, whether that may be. What the engine itself compiles on the same connection
 * passes, and so does what the engine's own triggers do inside of a user's statement.
 *
 * SQLite compiles a statement anew when the schema has changed, at a step: so a user's statement is
 * watched whenever it runs, not only when it is prepared.
 */
export class Authorizer {
  readonly #prefix: string;
  /** Such a name with more than the prefix. */
  readonly #name: RegExp;
  /** The user's statement under way; null while the engine's own are. */
  #text: string | null = null;
  #vacuum = false;
  /** The table or view that the statement drops, with its triggers. */
  #dropped: string | null = null;
  #refusal: DosqlError | null = null;

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.#name = new RegExp(`${prefix}[\\w$\\u0080-\\uffff]`, "i");
  }

  /**
   * Installs it on a connection; null where this Node cannot.
   *
   * @param prefix that of the engine's objects, in lower case
   */
  static on(database: DatabaseSync & Authorizing, prefix: string): Authorizer | null {
    if (database.setAuthorizer === undefined) return null;
    const authorizer = new Authorizer(prefix);
    database.setAuthorizer((action, first, second, schema, within) => {
      if (authorizer.#text === null) return OK;
      if (schema === "temp" && CREATES.has(action)) return authorizer.#refuse("a temporary object");
      return authorizer.#judge(action, first, second, within);
    });
    return authorizer;
  }

  /** A user's statement; `prepare` compiles it. */
  prepare(sql: string, prepare: () => DriverStatement): DriverStatement {
    this.enter(sql);
    try {
      return new WatchedStatement(prepare(), this, sql);
    } catch (error) {
      throw this.reason(error);
    } finally {
      this.leave();
    }
  }

  /** Before SQLite compiles or steps a user's statement. */
  enter(sql: string): void {
    this.#text = sql;
    this.#vacuum = false;
    this.#dropped = null;
    this.#refusal = null;
  }

  leave(): void {
    this.#text = null;
  }

  /** What to throw for an error: a virtual table words its own when something is refused. */
  reason(error: unknown): unknown {
    return this.#refusal ?? error;
  }

  #judge(
    action: number,
    first: string | null,
    second: string | null,
    within: string | null,
  ): number {
    if (this.#vacuum) return OK;
    switch (action) {
      case ACTION.read:
      case ACTION.insert:
      case ACTION.update:
      case ACTION.delete:
        if (!this.#isHidden(first) || this.#isEngines(within)) return OK;
        return this.#hide(first);
      case ACTION.dropTable:
      case ACTION.dropView:
        this.#dropped = first;
        break;
      case ACTION.dropTrigger:
        if (second !== null && second === this.#dropped) return OK;
        break;
      case ACTION.analyze:
      case ACTION.reindex:
        return this.#isHidden(first) ? IGNORE : OK;
      default:
        return this.#judgeRare(action, first, second);
    }
    return this.#judgeNames(first, second);
  }

  #judgeRare(action: number, first: string | null, second: string | null): number {
    switch (action) {
      case ACTION.function:
        return refusesFunction(second) ? this.#forbid() : OK;
      case ACTION.pragma:
        return refusesPragma(first, second)
          ? this.#refuse(`PRAGMA ${first}`)
          : this.#judgeNames(second, null);
      case ACTION.attach:
        // VACUUM attaches a nameless file; with INTO it has a name.
        this.#vacuum = first === "" && isVacuum(this.#text ?? "");
        return this.#vacuum ? OK : this.#refuse("ATTACH");
      case ACTION.detach:
        return this.#refuse("DETACH");
      case ACTION.createTempIndex:
      case ACTION.createTempTable:
      case ACTION.createTempTrigger:
      case ACTION.createTempView:
        return this.#refuse("a temporary object");
      case ACTION.createVirtualTable:
        if (refusesModule(second)) return this.#refuse(`a virtual table of ${second}`);
        break;
      case ACTION.createTrigger:
      case ACTION.createView:
        // Stored, it could pretend to be one of the engine's triggers.
        if (this.#pretends()) return this.#hide(this.#prefix);
        break;
      default:
    }
    return this.#judgeNames(first, second);
  }

  #judgeNames(first: string | null, second: string | null): number {
    if (this.#isHidden(first)) return this.#hide(first);
    return this.#isHidden(second) ? this.#hide(second) : OK;
  }

  /**
   * Whether what is being compiled is the inside of a trigger or view of the engine's. SQLite names
   * it there, but also common table expressions, whose names a user chooses.
   */
  #isEngines(within: string | null): boolean {
    return this.#isHidden(within) && !this.#pretends();
  }

  /** Whether the text may name a common table expression as the engine would. */
  #pretends(): boolean {
    const text = this.#text ?? "";
    return /\bwith\b/i.test(text) && this.#name.test(text);
  }

  #isHidden(name: string | null): name is string {
    if (name === null || name.length < this.#prefix.length) return false;
    const folded = name.toLowerCase();
    return (
      folded.startsWith(this.#prefix) ||
      (folded.startsWith(AUTOMATIC_INDEX) &&
        folded.startsWith(this.#prefix, AUTOMATIC_INDEX.length))
    );
  }

  #hide(name: string): number {
    this.#refusal ??= new DosqlError("hidden-object", `no such table: ${name}`, {
      hint: `names that begin with ${this.#prefix} belong to DoSQL`,
    });
    return DENY;
  }

  /** In the words of SQLite. */
  #forbid(): number {
    this.#refusal ??= new DosqlError("sqlite", "not authorized", { sqlite: "SQLITE_ERROR" });
    return DENY;
  }

  #refuse(what: string): number {
    this.#refusal ??= new DosqlError("unsupported", `${what} is not supported here`);
    return DENY;
  }
}

/** A user's statement, watched while it runs. */
class WatchedStatement implements DriverStatement {
  readonly #inner: DriverStatement;
  readonly #authorizer: Authorizer;
  readonly #sql: string;

  constructor(inner: DriverStatement, authorizer: Authorizer, sql: string) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#sql = sql;
  }

  columns(): readonly ColumnInfo[] {
    return this.#inner.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    const authorizer = this.#authorizer;
    authorizer.enter(this.#sql);
    try {
      return this.#inner.all(params, integers);
    } catch (error) {
      throw authorizer.reason(error);
    } finally {
      authorizer.leave();
    }
  }

  *iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    const rows = this.#inner.iterate(params, integers);
    try {
      for (let next = this.#next(rows); next.done !== true; next = this.#next(rows)) {
        yield next.value;
      }
    } finally {
      rows.return?.();
    }
  }

  run(params: Row): RunResult {
    const authorizer = this.#authorizer;
    authorizer.enter(this.#sql);
    try {
      return this.#inner.run(params);
    } catch (error) {
      throw authorizer.reason(error);
    } finally {
      authorizer.leave();
    }
  }

  /** Watched only while SQLite steps: between two rows the engine may run its own statements. */
  #next(rows: IterableIterator<Row>): IteratorResult<Row> {
    const authorizer = this.#authorizer;
    authorizer.enter(this.#sql);
    try {
      return rows.next();
    } catch (error) {
      throw authorizer.reason(error);
    } finally {
      authorizer.leave();
    }
  }
}
