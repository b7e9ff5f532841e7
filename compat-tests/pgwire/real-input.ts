/** A script that people really import, and what SQLite makes of it. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { referenceState } from "../../scripts/references.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const CHINOOK = path.join(ROOT, "../shared/data/chinook");

/** A script in SQLite's dialect. */
export interface RealInput {
  readonly file: string;
  /** For titles: which script, and why, when it is not the large one. */
  readonly name: string;
}

/** Chinook beside the repository, or the small shop that comes with it. */
export function realInput(): RealInput {
  const file = path.join(CHINOOK, "Chinook_Sqlite.sql");
  if (existsSync(file)) return { file, name: "Chinook" };
  // psql cuts a trigger at the semicolons of its body.
  const text = readFileSync(path.join(ROOT, "examples/store.sql"), "utf8");
  const store = path.join(mkdtempSync(path.join(tmpdir(), "dosql-store-")), "store.sql");
  writeFileSync(store, text.replaceAll(/^CREATE TRIGGER[^]*?^END;$/gm, ""));
  const why = "../shared/data/chinook is not here";
  return { file: store, name: `examples/store.sql without its triggers (${why})` };
}

/** Chinook as its authors wrote it for PostgreSQL, or null. */
export function chinookForPostgres(): string | null {
  const file = path.join(CHINOOK, "Chinook_PostgreSql.sql");
  return existsSync(file) ? file : null;
}

/** What a database holds: texts of its schema, and the literal of every value by table. */
export interface Contents {
  readonly schema: readonly string[];
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** Rows as arrays of the texts that `quote()` makes: exact in value and in storage class. */
export type QueryTexts = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

/** Reads everything through one function, so that both sides are asked the same. */
export async function readContents(query: QueryTexts): Promise<Contents> {
  const all = await query(
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' " +
      "ORDER BY type, name",
  );
  const tables: Record<string, readonly string[]> = {};
  for (const [type, table] of all) {
    if (type !== "table" || table === null || table === undefined) continue;
    const columns = await query(`SELECT name FROM pragma_table_xinfo('${table}') ORDER BY cid`);
    const quoted = columns.map(([name]) => `quote("${name}")`).join(` || ',' || `);
    const rows = await query(`SELECT ${quoted} AS row FROM "${table}" ORDER BY row`);
    tables[table] = rows.map(([row]) => row ?? "");
  }
  return { schema: all.map((row) => row.join(" ")), tables };
}

/** An SQLite that is not ours. */
export interface ReferenceSqlite {
  readonly name: string;
  query: QueryTexts;
  close(): void;
}

interface AnyDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { all(): unknown[] };
  close(): unknown;
}

/** Runs the script with the real better-sqlite3, or with node:sqlite when it is not installed. */
export function referenceSqlite(file: string): ReferenceSqlite {
  const state = referenceState("better-sqlite3");
  const db = state.ready ? openBetterSqlite3() : new DatabaseSync(":memory:");
  db.exec(readFileSync(file, "utf8"));
  return {
    name: state.ready ? "the real better-sqlite3" : `node:sqlite (${state.reason})`,
    query: (sql) => {
      const rows = db.prepare(sql).all() as Record<string, unknown>[];
      return Promise.resolve(
        rows.map((row) =>
          Object.values(row).map((value) => (value === null ? null : String(value))),
        ),
      );
    },
    close: () => db.close(),
  };
}

function openBetterSqlite3(): AnyDatabase {
  const require = createRequire(path.join(ROOT, "compat-tests/better-sqlite3/package.json"));
  const Database = require("better-sqlite3") as new (file: string) => AnyDatabase;
  return new Database(":memory:");
}
