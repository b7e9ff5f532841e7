import type { SqlClient } from "../../ports/sql-client.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Comparison } from "./comparison.ts";
import type { DumpStatement } from "./dump.ts";
import { dumpStatements } from "./dump.ts";
import type { SourceSchema } from "./source-schema.ts";
import { readSchema } from "./source-schema.ts";
import { sealed } from "./statement-end.ts";

/**
 * The statements that bring what differs in the target to what the source has: tables and views
 * that differ are dropped and made anew. A full-text index may tell of another table, so all
 * virtual tables are made anew as well.
 *
 * @param portable as in `DumpOptions`
 */
export async function* againStatements(
  source: SqlClient,
  target: SqlClient,
  found: Comparison,
  portable: boolean,
): AsyncGenerator<DumpStatement> {
  const [there, here] = [await readSchema(source), await readSchema(target)];
  const virtual = [...there.tables, ...here.tables].filter(({ kind }) => kind === "virtual");
  const differing = found.tables.filter(({ equal }) => !equal).map(({ name }) => name);
  const names = new Set([...differing, ...virtual.map(({ name }) => name)].map(lower));
  const views = new Set(found.views.map(lower));
  // Views first, since their triggers go with them; virtual tables before what they read.
  for (const { name, table } of withoutTable(here, views)) {
    const kind = lower(name) === lower(table) ? "VIEW" : "TRIGGER";
    yield { sql: `DROP ${kind} IF EXISTS ${quoteIdentifier(name)}`, rows: 0 };
  }
  const dropped = here.tables.filter(({ name }) => names.has(lower(name)));
  for (const { name } of dropped.sort(
    (a, b) => Number(b.kind === "virtual") - Number(a.kind === "virtual"),
  )) {
    yield { sql: `DROP TABLE ${quoteIdentifier(name)}`, rows: 0 };
  }
  // A full-text index may read a view; a view may read what is not there yet.
  for (const { sql } of withoutTable(there, views)) yield { sql: sealed(sql), rows: 0 };
  const tables = there.tables.map(({ name }) => name).filter((name) => names.has(lower(name)));
  if (tables.length > 0) yield* dumpStatements(source, { bare: true, portable, tables });
}

/** Views and triggers on views that differ, and triggers of such views, which go with them. */
function withoutTable(
  { tables, later }: SourceSchema,
  views: ReadonlySet<string>,
): SourceSchema["later"] {
  const names = new Set(tables.map(({ name }) => lower(name)));
  return later.filter(
    ({ name, table }) =>
      !names.has(lower(table)) && (views.has(lower(name)) || views.has(lower(table))),
  );
}

function lower(name: string): string {
  return name.toLowerCase();
}
