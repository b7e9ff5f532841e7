import type { SqlClient } from "../../ports/sql-client.ts";
import { dumpStatements } from "../dump/dump.ts";
import type { ExportOptions } from "./transfer.ts";

/** Pieces of about this size: few enough trips, and well below what one value may weigh. */
const PIECE_LENGTH = 256 * 1024;

/** A database as the script that `wrangler d1 execute --file` and any SQLite take. */
export async function* scriptText(
  client: SqlClient,
  { tables, schema, data }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder();
  // Rows may come before those that they refer to.
  let text = "PRAGMA defer_foreign_keys=TRUE;\n";
  const options = { bare: true, portable: true, schema, data };
  const chosen = tables.length === 0 ? options : { ...options, tables };
  for await (const { sql } of dumpStatements(client, chosen)) {
    text += `${sql};\n`;
    if (text.length < PIECE_LENGTH) continue;
    // A surrogate pair is never cut: pieces end after a line.
    yield utf8.encode(text);
    text = "";
  }
  yield utf8.encode(text);
}
