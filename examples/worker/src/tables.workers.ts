/** A table and how many rows it has. */
export interface TableInfo {
  readonly name: string;
  readonly rows: number;
}

/** A table's columns and rows, as they came out of D1. */
export interface Dump {
  readonly columns: string[];
  readonly rows: unknown[][];
}

/** Runs a script as one transaction: D1 takes several statements in one text. */
export async function importScript(
  DB: D1Database,
  script: string,
): Promise<{ tables: TableInfo[] }> {
  await DB.prepare(script).run();
  return { tables: await listTables(DB) };
}

/** SQLite's own tables, and those of the runtime, which begin with an underscore, are left out. */
const USER_TABLES = `SELECT name FROM sqlite_master WHERE type = 'table'
  AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name`;

/** Every table with its number of rows. */
export async function listTables(DB: D1Database): Promise<TableInfo[]> {
  const { results } = await DB.prepare(USER_TABLES).all<{ name: string }>();
  if (results.length === 0) return [];
  const counts = await DB.batch<{ n: number }>(
    results.map(({ name }) => DB.prepare(`SELECT count(*) AS n FROM ${quoted(name)}`)),
  );
  return results.map(({ name }, i) => ({ name, rows: counts[i]?.results[0]?.n ?? 0 }));
}

/** All rows of one table, in the order of its primary key. */
export async function dumpTable(DB: D1Database, table: string): Promise<Dump> {
  const { results } = await DB.prepare("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid")
    .bind(table)
    .all<{ name: string; pk: number }>();
  if (results.length === 0) throw new Error(`there is no table ${table}`);
  const keys = results.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const order = keys.length === 0 ? "rowid" : keys.map(({ name }) => quoted(name)).join(", ");
  const select = DB.prepare(`SELECT * FROM ${quoted(table)} ORDER BY ${order}`);
  const [columns, ...rows] = await select.raw({ columnNames: true });
  return { columns, rows };
}

/** The table is known by now, and so it is only a name that may need quotes. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
