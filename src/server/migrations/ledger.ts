import { DosqlError } from "../../base/errors.ts";
import type { SqlValue } from "../../base/value.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import type { Migration, MigrationLayout, MigrationSet } from "./migration.ts";

/** A row of the table that remembers what was applied; null for what its format does not keep. */
export interface LedgerRow {
  readonly name: string | null;
  readonly whenMs: number | null;
  readonly checksum: string | null;
  readonly appliedAt: string | null;
}

interface LedgerFormat {
  readonly tool: string;
  /** Column definitions as the tool itself writes them; wrangler's to the letter. */
  readonly definition: string;
  /** Columns of the table that hold the parts of a `LedgerRow`. */
  readonly columns: Readonly<Record<keyof LedgerRow, string | null>>;
  insert(migration: Migration): Readonly<Record<string, string>>;
}

const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

const FORMATS: Readonly<Record<MigrationLayout, LedgerFormat>> = {
  wrangler: {
    tool: "wrangler",
    definition: `(
\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,
\t\tname       TEXT UNIQUE,
\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`,
    columns: { name: "name", whenMs: null, checksum: null, appliedAt: "applied_at" },
    insert: ({ name }) => ({ name: quoteText(name) }),
  },
  "drizzle-journal": {
    tool: "drizzle",
    definition: " (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
    columns: { name: null, whenMs: "created_at", checksum: "hash", appliedAt: null },
    insert: ({ checksum, whenMs }) => ({ hash: quoteText(checksum), created_at: String(whenMs) }),
  },
  "drizzle-folders": {
    tool: "drizzle 1",
    definition:
      " (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric, " +
      "name text, applied_at TEXT)",
    columns: { name: "name", whenMs: "created_at", checksum: "hash", appliedAt: "applied_at" },
    insert: ({ name, checksum, whenMs }) => ({
      hash: quoteText(checksum),
      created_at: String(whenMs),
      name: quoteText(name),
      applied_at: NOW,
    }),
  },
  plain: {
    tool: "dosql",
    definition: `(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL DEFAULT (${NOW})
)`,
    columns: { name: "name", whenMs: null, checksum: "checksum", appliedAt: "applied_at" },
    insert: ({ name, checksum }) => ({ name: quoteText(name), checksum: quoteText(checksum) }),
  },
};

/** Which table it is, and what its rows mean. */
export type Ledger = Pick<MigrationSet, "layout" | "table">;

/** Makes the ledger's table. */
export async function createLedger(client: SqlClient, { layout, table }: Ledger): Promise<void> {
  const { definition } = FORMATS[layout];
  await client.run(`CREATE TABLE IF NOT EXISTS ${quoteIdentifier(table)}${definition}`);
}

/** Writes a migration down as applied. */
export async function recordMigration(
  client: SqlClient,
  { layout, table }: Ledger,
  migration: Migration,
): Promise<void> {
  const values = FORMATS[layout].insert(migration);
  const columns = Object.keys(values).map(quoteIdentifier).join(", ");
  const row = Object.values(values).join(", ");
  await client.run(`INSERT INTO ${quoteIdentifier(table)} (${columns}) VALUES (${row})`);
}

/**
 * What was applied, oldest first; null when there is no ledger yet.
 *
 * @throws DosqlError `bad-file` when the table is not of the folder's format
 */
export async function readLedger(client: SqlClient, ledger: Ledger): Promise<LedgerRow[] | null> {
  const { layout, table } = ledger;
  const quoted = quoteIdentifier(table);
  const { rows: info } = await client.run(`PRAGMA table_info(${quoted})`);
  if (info.length === 0) return null;
  const present = new Set(info.map((row) => String(row[1]).toLowerCase()));
  checkColumns(ledger, present);
  const { name, whenMs, checksum, appliedAt } = FORMATS[layout].columns;
  const list = [name, whenMs, checksum, appliedAt].map((column) =>
    column === null ? "NULL" : quoteIdentifier(column),
  );
  // Not by id: drizzle's are all NULL before 1.
  const { rows } = await client.run(`SELECT ${list.join(", ")} FROM ${quoted} ORDER BY rowid`);
  return rows.map((row) => ({
    name: textOf(row[0]),
    whenMs: row[1] === null || row[1] === undefined ? null : Number(row[1]),
    // Drizzle in a Durable Object writes no hash.
    checksum: textOf(row[2]) === "" ? null : textOf(row[2]),
    appliedAt: textOf(row[3]),
  }));
}

function textOf(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function checkColumns({ layout, table }: Ledger, present: ReadonlySet<string>): void {
  if (layout === "drizzle-journal" && present.has("hash") && present.has("name")) {
    throw new DosqlError("bad-file", `${table} was brought to drizzle 1, the folder was not`, {
      hint: "drizzle-kit up brings the folder there",
    });
  }
  if (layout === "drizzle-folders" && present.has("hash") && !present.has("name")) {
    throw new DosqlError("bad-file", `${table} was made by a drizzle before 1, the folder by 1`, {
      hint: "run drizzle's own migrate() once: it upgrades the table",
    });
  }
  const { tool, columns } = FORMATS[layout];
  const missing = Object.values(columns).find((column) => column !== null && !present.has(column));
  if (missing === undefined) return;
  throw new DosqlError(
    "bad-file",
    `${table} is no table of ${tool}'s: it has no column ${missing}`,
    {
      hint: "choose another table by --table, or another --format",
    },
  );
}
