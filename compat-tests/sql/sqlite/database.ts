import { createRequire } from "node:module";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { referenceState } from "../../../scripts/references.ts";

/** One open real SQLite, in memory: what the comparison needs of a binding. */
export interface RealSqlite {
  /** Prepares the first statement of the text; null, or the complaint. */
  complaint(sql: string): string | null;
  /** All rows of a statement; its parameters are NULL. */
  rows(sql: string): readonly (readonly unknown[])[];
  exec(sql: string): void;
  /** Makes a name a function of any number of arguments that answers NULL. */
  defineFunction(name: string): void;
  close(): void;
}

/** Which SQLite is asked, and how to open one. */
export interface RealSqliteSource {
  readonly name: string;
  /** UPDATE and DELETE take ORDER BY and LIMIT: a compile-time option. */
  readonly updateLimit: boolean;
  /** `$a::b` and `$a(b)` are parameters: another one. */
  readonly tclVariables: boolean;
  open(): RealSqlite;
}

interface NativeStatement {
  raw(): NativeStatement;
  all(...parameters: unknown[]): unknown[][];
  run(): unknown;
  readonly reader: boolean;
}

interface NativeDatabase {
  prepare(sql: string): NativeStatement;
  exec(sql: string): void;
  function(name: string, options: { varargs: boolean }, body: () => null): void;
  close(): void;
}

/** SQLite's own limit. */
const MOST_PARAMETERS = 32_766;

/** What the binding itself says of texts that SQLite takes. */
const BINDING_COMPLAINT = /^The supplied SQL string contains (no|more than one) statement/;

class NativeSqlite implements RealSqlite {
  private readonly database: NativeDatabase;

  constructor(database: NativeDatabase) {
    this.database = database;
  }

  complaint(sql: string): string | null {
    try {
      this.database.prepare(sql);
      return null;
    } catch (error) {
      const message = messageOf(error);
      return BINDING_COMPLAINT.test(message) ? null : message;
    }
  }

  rows(sql: string): readonly (readonly unknown[])[] {
    const statement = this.database.prepare(sql);
    if (!statement.reader) {
      statement.run();
      return [];
    }
    // The binding wants every parameter, and says neither their names nor how many have none.
    const byName: Record<string, null> = {};
    let fewest = 0;
    let most = Infinity;
    for (;;) {
      const middle = most === Infinity ? fewest * 2 : Math.floor((fewest + most) / 2);
      try {
        return statement.raw().all(
          Array.from({ length: middle }, () => null),
          byName,
        );
      } catch (error) {
        const message = messageOf(error);
        const missing = /^Missing named parameter "(.*)"$/s.exec(message)?.[1];
        if (missing !== undefined) byName[missing] = null;
        else if (message.startsWith("Too few parameter values")) fewest = middle + 1;
        else if (message.startsWith("Too many parameter values")) most = middle;
        else throw error;
        if (fewest > MOST_PARAMETERS || fewest >= most) throw error;
      }
    }
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  defineFunction(name: string): void {
    this.database.function(name, { varargs: true }, () => null);
  }

  close(): void {
    this.database.close();
  }
}

class NodeSqlite implements RealSqlite {
  private readonly database = new DatabaseSync(":memory:", {
    enableDoubleQuotedStringLiterals: false,
  });

  complaint(sql: string): string | null {
    try {
      this.database.prepare(sql);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  rows(sql: string): readonly (readonly unknown[])[] {
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all().map((row) => Object.values(row));
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  defineFunction(name: string): void {
    this.database.function(name, { varargs: true }, () => null);
  }

  close(): void {
    this.database.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const NODE: RealSqliteSource = {
  name: "node:sqlite",
  updateLimit: false,
  tclVariables: true,
  open: () => new NodeSqlite(),
};

/**
 * The real SQLites at hand, the first one to be asked first: better-sqlite3's where it is
 * installed, and Node's own, which was built with other options.
 */
export function realSqlites(): readonly RealSqliteSource[] {
  if (!referenceState("better-sqlite3").ready) return [NODE];
  const folder = path.join(import.meta.dirname, "../../better-sqlite3/package.json");
  const Native = createRequire(folder)("better-sqlite3") as new (file: string) => NativeDatabase;
  const open = (): RealSqlite => new NativeSqlite(new Native(":memory:"));
  return [{ name: "better-sqlite3", updateLimit: true, tclVariables: false, open }, NODE];
}
