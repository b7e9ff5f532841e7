import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { readLedger } from "./ledger.ts";
import type { LedgerRow } from "./ledger.ts";
import { USUAL_TABLES } from "./migration.ts";
import type { Migration, MigrationLayout, MigrationSet } from "./migration.ts";
import { compareNames } from "./name-order.ts";

/**
 * - `applied`: as it stands in its file, as far as the ledger can tell
 * - `changed`: applied, but the file is another one now
 * - `missing`: applied, but the file is gone
 * - `pending`: to be applied
 * - `out-of-order`: not applied, and older than one that is
 */
export type MigrationState = "applied" | "changed" | "missing" | "pending" | "out-of-order";

/** What is known of one migration. */
export interface MigrationStatus {
  readonly name: string;
  readonly state: MigrationState;
  /** In the words of the ledger; null where it says nothing. */
  readonly appliedAt: string | null;
  /** The checksum in the ledger; null where it holds none. */
  readonly recorded: string | null;
  /** Null when the file is missing. */
  readonly migration: Migration | null;
}

/**
 * Compares the files with what was applied: first what is missing, then the files in their order.
 *
 * @throws DosqlError `bad-file` when the table is not of the folder's format, or when drizzle's
 * journal names a file that is neither there nor applied
 */
export async function migrationHistory(
  client: SqlClient,
  set: MigrationSet,
): Promise<MigrationStatus[]> {
  const rows = (await readLedger(client, set)) ?? [];
  const known = new Map(set.migrations.map((migration) => [keyOf(set, migration), migration]));
  const byKey = new Map(rows.map((row) => [keyOf(set, row), row]));
  const missing = rows
    .filter((row) => !known.has(keyOf(set, row)))
    .map((row): MigrationStatus => {
      const { appliedAt, checksum: recorded } = row;
      return { name: lostName(set, row), state: "missing", appliedAt, recorded, migration: null };
    });
  for (const { name, whenMs } of set.lost) {
    if (byKey.has(keyOf(set, { name, whenMs }))) continue;
    throw new DosqlError("bad-file", `${name}.sql is in drizzle's journal, but not in the folder`, {
      hint: "bring the file back, or take it out of meta/_journal.json",
    });
  }
  const states = set.migrations.map((migration): MigrationStatus => {
    const row = byKey.get(keyOf(set, migration));
    const { name } = migration;
    if (row === undefined) {
      const late = rows.some((applied) => isOlder(set.layout, migration, applied));
      const state = late ? "out-of-order" : "pending";
      return { name, state, appliedAt: null, recorded: null, migration };
    }
    const same = row.checksum === null || hasChecksum(migration, row.checksum);
    const state = same ? "applied" : "changed";
    return { name, state, appliedAt: row.appliedAt, recorded: row.checksum, migration };
  });
  return [...missing, ...states];
}

/**
 * The first file that the ledger of another format knows, or null. Then the folder is probably
 * read in the wrong format, and all of it would be applied a second time.
 */
export async function appliedElsewhere(
  client: SqlClient,
  set: MigrationSet,
): Promise<{ readonly migration: Migration; readonly table: string } | null> {
  for (const layout of ["wrangler", "drizzle-journal", "drizzle-folders", "plain"] as const) {
    const table = USUAL_TABLES[layout === "wrangler" || layout === "plain" ? layout : "drizzle"];
    if (table === set.table) continue;
    // Somebody else's table of that name says nothing of ours.
    const rows = await readLedger(client, { layout, table }).catch((error: unknown) => {
      if (error instanceof DosqlError && error.code === "bad-file") return null;
      throw error;
    });
    const names = new Set((rows ?? []).map(({ name }) => (name === null ? null : bareName(name))));
    const sums = new Set((rows ?? []).map(({ checksum }) => checksum));
    const migration = set.migrations.find(
      ({ name, checksum }) => names.has(bareName(name)) || sums.has(checksum),
    );
    if (migration !== undefined) return { migration, table };
  }
  return null;
}

/** A migration's name without what makes it a file. */
export function bareName(name: string): string {
  return name.replace(/(?:\/migration)?\.sql$/, "");
}

/** What a file and its row share. */
export function keyOf(
  { layout }: Pick<MigrationSet, "layout">,
  { name, whenMs }: Pick<LedgerRow, "name" | "whenMs">,
): string {
  return layout === "drizzle-journal" ? `@${whenMs ?? ""}` : `=${name ?? ""}`;
}

/** Whether a checksum is the file's, but for its line ends. */
export function hasChecksum(migration: Migration, checksum: string | null): boolean {
  if (checksum === null) return false;
  return checksum === migration.checksum || migration.sameChecksums.includes(checksum);
}

function isOlder(layout: MigrationLayout, migration: Migration, applied: LedgerRow): boolean {
  if (layout === "drizzle-journal") return (migration.whenMs ?? 0) <= (applied.whenMs ?? 0);
  return applied.name !== null && compareNames(migration.name, applied.name) < 0;
}

function lostName(set: MigrationSet, row: LedgerRow): string {
  const lost = set.lost.find((one) => keyOf(set, one) === keyOf(set, row));
  return lost?.name ?? row.name ?? `made at ${timeText(row.whenMs)}`;
}

function timeText(timeMs: number | null): string {
  // The range of a date; beyond it there is no text.
  if (timeMs === null || !(Math.abs(timeMs) <= 8.64e15)) return "an unknown time";
  return new Date(timeMs).toISOString();
}
