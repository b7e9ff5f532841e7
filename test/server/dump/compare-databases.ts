import { DatabaseSync } from "node:sqlite";

/** Everything that two equal databases agree on, as text. */
export function fingerprint(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const lines: string[] = [];
    const objects = database
      .prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema " +
          "WHERE name NOT LIKE '~_cf~_dosql%' ESCAPE '~' AND name NOT LIKE 'sqlite_autoindex%'",
      )
      .all();
    const order = objects.filter(({ type }) => type === "trigger").map(({ name }) => name);
    lines.push(`trigger order: ${order.join(" ")}`);
    // The engine takes a statement without the comment behind it.
    const bare = objects.map((row) => ({
      ...row,
      sql: String(row["sql"]).replace(/\s*--.*$/, ""),
    }));
    lines.push(...bare.map((row) => JSON.stringify(row)).sort());
    for (const pragma of ["user_version", "application_id"]) {
      lines.push(JSON.stringify(database.prepare(`PRAGMA ${pragma}`).get()));
    }
    // How a virtual table arranges its own storage depends on the order of its inserts.
    const tables = database.prepare("PRAGMA table_list").all();
    const stored = new Set(tables.filter(({ type }) => type === "table").map(({ name }) => name));
    for (const { name, sql } of objects) {
      if (stored.has(name ?? null)) lines.push(...rowLines(database, String(name), String(sql)));
    }
    return lines;
  } finally {
    database.close();
  }
}

function rowLines(database: DatabaseSync, table: string, sql: string): string[] {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  const columns = database.prepare(`SELECT * FROM ${quoted} LIMIT 0`).columns();
  const rowid = /WITHOUT\s+ROWID/i.test(sql) ? [] : ["rowid"];
  const shown = [...rowid, ...columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`)];
  // Bytes and type, whatever they are: the driver would decode text that is not UTF-8.
  const values = shown.map((c) => `typeof(${c}) || ':' || hex(${c}) || ':' || quote(${c})`);
  const rows = database.prepare(`SELECT ${values.join(", ")} FROM ${quoted}`);
  rows.setReturnArrays(true);
  return rows
    .all()
    .map((row) => `${table}: ${JSON.stringify(row)}`)
    .sort();
}
