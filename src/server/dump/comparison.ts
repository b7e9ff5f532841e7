import type { SqlClient } from "../../ports/sql-client.ts";
import { ftsSettings } from "./dump.ts";
import { tableRows } from "./source-rows.ts";
import type { SourceSchema, SourceTable } from "./source-schema.ts";
import { readSchema } from "./source-schema.ts";
import { bare } from "./statement-end.ts";

/** What one side has of a table. */
export interface TableDigest {
  readonly rows: number;
  /** SHA-256 over all rows in the order of their key, the AUTOINCREMENT mark and what is set. */
  readonly hash: string;
}

/** A table on both sides; null where it is missing. */
export interface TableCheck {
  readonly name: string;
  readonly source: TableDigest | null;
  readonly target: TableDigest | null;
  /** The same rows, and the same definition with its indexes and triggers. */
  readonly equal: boolean;
}

/** What a comparison found. */
export interface Comparison {
  readonly tables: readonly TableCheck[];
  /** Views that are missing on one side or differ. */
  readonly views: readonly string[];
  readonly equal: boolean;
}

/** How to compare. */
export interface ComparisonOptions {
  sha256(data: Uint8Array): Uint8Array;
  /** Called now and then with the rows that were read; true stops. */
  progress(rows: number): Promise<boolean>;
}

/** Rows that go into one step of the hash. */
const STEP_ROWS = 256;

/**
 * Compares two databases, wherever they are, by SQL that both answer: page by page in the order of
 * the key, each value as the literal that SQLite writes for it, so that storage classes, 64-bit
 * integers and all digits of a REAL count. Null when it was stopped.
 */
export async function compareDatabases(
  source: SqlClient,
  target: SqlClient,
  options: ComparisonOptions,
): Promise<Comparison | null> {
  const [there, here] = [await readSchema(source), await readSchema(target)];
  const names = new Map([...there.tables, ...here.tables].map(({ name }) => [key(name), name]));
  const tables: TableCheck[] = [];
  const reader = new TableReader(options);
  for (const [lower, name] of names) {
    const [one, two] = [there, here].map((side) => side.tables.find((t) => key(t.name) === lower));
    const sourceDigest = one === undefined ? null : await reader.digest(source, one, there);
    const targetDigest = two === undefined ? null : await reader.digest(target, two, here);
    if (reader.isStopped) return null;
    const sameRows =
      sourceDigest !== null &&
      targetDigest !== null &&
      sourceDigest.rows === targetDigest.rows &&
      sourceDigest.hash === targetDigest.hash;
    const equal = sameRows && definitionOf(there, lower) === definitionOf(here, lower);
    tables.push({ name, source: sourceDigest, target: targetDigest, equal });
  }
  const views = differingViews(there, here);
  return { tables, views, equal: views.length === 0 && tables.every(({ equal }) => equal) };
}

function key(name: string): string {
  return name.toLowerCase();
}

/** A table's own text, and those of its indexes and triggers, in the order in which they fire. */
function definitionOf({ tables, later }: SourceSchema, lower: string): string {
  const own = bare(tables.find(({ name }) => key(name) === lower)?.sql ?? "");
  const more = later.filter(({ table }) => key(table) === lower);
  return JSON.stringify([own, ...more.map(({ sql }) => bare(sql))]);
}

/** With their triggers: whatever belongs to no table. */
function differingViews(source: SourceSchema, target: SourceSchema): string[] {
  const views = ({ tables, later }: SourceSchema): Map<string, string> => {
    const names = new Set(tables.map(({ name }) => key(name)));
    const texts = new Map<string, string>();
    for (const { name, table, sql } of later) {
      // A trigger may have the name of its view.
      if (!names.has(key(table))) texts.set(name, `${texts.get(name) ?? ""}${bare(sql)}; `);
    }
    return texts;
  };
  const [there, here] = [views(source), views(target)];
  return [...new Set([...there.keys(), ...here.keys()])].filter(
    (name) => there.get(name) !== here.get(name),
  );
}

class TableReader {
  readonly #options: ComparisonOptions;
  readonly #utf8 = new TextEncoder();
  #rows = 0;
  isStopped = false;

  constructor(options: ComparisonOptions) {
    this.#options = options;
  }

  async digest(client: SqlClient, table: SourceTable, schema: SourceSchema): Promise<TableDigest> {
    let hash = new Uint8Array(0);
    let rows = 0;
    let lines: string[] = [];
    const step = async (): Promise<void> => {
      hash = this.#next(hash, JSON.stringify(lines));
      this.#rows += lines.length;
      lines = [];
      this.isStopped ||= await this.#options.progress(this.#rows);
    };
    for await (const row of tableRows(client, table, table.columns)) {
      rows += 1;
      lines.push(row.map(plain).join());
      if (lines.length === STEP_ROWS) await step();
      if (this.isStopped) break;
    }
    await step();
    // A side may have no AUTOINCREMENT at all.
    hash = this.#next(hash, schema.hasSequences ? await markOf(client, table.name) : "");
    const settings = await ftsSettings(client, table);
    if (settings.length > 0) hash = this.#next(hash, JSON.stringify(settings));
    const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return { rows, hash: hex };
  }

  #next(hash: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
    const added = this.#utf8.encode(text);
    const whole = new Uint8Array(hash.length + added.length);
    whole.set(hash);
    whole.set(added, hash.length);
    return new Uint8Array(this.#options.sha256(whole));
  }
}

const REAL = /^-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const INTEGER = /^-?\d+$/;

/** Versions of SQLite write the same double with other digits. */
function plain(literal: string): string {
  if (!REAL.test(literal) || INTEGER.test(literal)) return literal;
  return `real ${Number(literal)}`;
}

/** Where AUTOINCREMENT goes on; empty for a table without. */
async function markOf(client: SqlClient, table: string): Promise<string> {
  const name = `'${table.replaceAll("'", "''")}'`;
  const { rows } = await client.run(`SELECT quote(seq) FROM sqlite_sequence WHERE name = ${name}`);
  return String(rows[0]?.[0] ?? "");
}
