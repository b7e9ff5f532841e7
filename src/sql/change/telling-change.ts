import { DosqlError } from "../../base/errors.ts";
import type { Delete, Insert, Update } from "../ast/query.ts";
import { quoteIdentifier } from "../quote.ts";
import type { HiddenNames } from "./hidden-name.ts";
import type { Edit } from "./edit.ts";

const SCHEMA_TABLE = /^sqlite_(temp_)?(?:master|schema)$/i;
const STATISTICS = /^sqlite_stat[14]$/i;

/**
 * What to change in an INSERT, UPDATE or DELETE of a table of SQLite's that holds rows about the
 * engine's objects, so that it leaves them alone; nothing for other tables.
 *
 * @throws DosqlError `sqlite` for the schema tables, in SQLite's words: a program may have taken
 *   its own protection away. `unsupported` for an INSERT of statistics that may change rows.
 */
export function tellingChangeEdits(change: Insert | Update | Delete, names: HiddenNames): Edit[] {
  const { text } = change.table.name.name;
  const schemaTable = SCHEMA_TABLE.exec(text);
  if (schemaTable !== null) {
    const table = schemaTable[1] === undefined ? "sqlite_master" : "sqlite_temp_master";
    throw new DosqlError("sqlite", `table ${table} may not be modified`, {
      sqlite: "SQLITE_ERROR",
    });
  }
  if (!STATISTICS.test(text)) return [];
  if (change.kind !== "insert") return whereEdits(change, names);
  if (change.upserts.length === 0) return [];
  throw new DosqlError("unsupported", `ON CONFLICT of ${text} is not supported here`);
}

function whereEdits(change: Update | Delete, names: HiddenNames): Edit[] {
  const { table, where } = change;
  const called = quoteIdentifier(table.alias?.name?.text ?? table.name.name.text);
  const others = `(${names.condition(`${called}.tbl`)}) IS NOT TRUE`;
  if (where === null) {
    const end = lastEnd(change);
    return [{ start: end, end, text: ` WHERE ${others}` }];
  }
  const { start, end } = where;
  // CASE computes in order: what the statement asks never sees a row of the engine's.
  return [
    { start, end: start, text: `CASE WHEN ${others} THEN (` },
    { start: end, end, text: ") ELSE 0 END" },
  ];
}

/** Where a WHERE would stand. */
function lastEnd(change: Update | Delete): number {
  if (change.kind === "delete") return (change.using ?? change.table).end;
  return change.from?.end ?? Math.max(...change.assignments.map(({ end }) => end));
}
