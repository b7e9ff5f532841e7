import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { referenceState } from "../../scripts/references.ts";

/** A script run by a SQLite that is not ours. */
export interface ReferenceDatabase {
  /** Which one it is, for the titles of tests. */
  readonly name: string;
  exec(script: string): void;
  tables(): string[];
  /** Column names and rows in the order of the primary key, values as D1 hands them out. */
  dump(table: string): { columns: string[]; rows: unknown[][] };
  close(): void;
}

/** Runs a query: column names, and rows as arrays. */
type Query = (sql: string) => { columns: string[]; rows: unknown[][] };

/** The real better-sqlite3, or Node's own SQLite where that is not installed. */
export function openReference(): ReferenceDatabase {
  const state = referenceState("better-sqlite3");
  if (!state.ready) return overNode(`node:sqlite (${state.reason})`);
  const require = createRequire(new URL("../better-sqlite3/package.json", import.meta.url));
  const Database = require("better-sqlite3");
  const db = new Database(":memory:");
  const query: Query = (sql) => {
    const statement = db.prepare(sql).raw();
    return {
      columns: statement.columns().map((c: { name: string }) => c.name),
      rows: statement.all(),
    };
  };
  return reference(
    "better-sqlite3",
    query,
    (sql) => db.exec(sql),
    () => db.close(),
  );
}

function overNode(name: string): ReferenceDatabase {
  const db = new DatabaseSync(":memory:");
  const query: Query = (sql) => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    const rows = statement.all() as unknown as unknown[][];
    return { columns: statement.columns().map((c) => c.name), rows };
  };
  return reference(
    name,
    query,
    (sql) => db.exec(sql),
    () => db.close(),
  );
}

function reference(
  name: string,
  query: Query,
  exec: (script: string) => void,
  close: () => void,
): ReferenceDatabase {
  return {
    name,
    exec,
    close,
    tables: () =>
      query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
      ).rows.map(([table]) => String(table)),
    dump(table) {
      const info = query(
        `SELECT name, pk FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`,
      );
      const keys = info.rows.map(([column]) => `"${String(column)}"`);
      const order = keys.length === 0 ? "rowid" : keys.join(", ");
      const { columns, rows } = query(`SELECT * FROM "${table}" ORDER BY ${order}`);
      return { columns, rows: rows.map((row) => row.map(asD1)) };
    },
  };
}

/** As D1 says it in JSON. */
function asD1(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return Array.from(value);
  return Object.is(value, -0) ? 0 : value;
}
