import type { Row } from "../base/value.ts";
import type { StatementClass } from "../sql/read/statement-class.ts";

/**
 * Leaves out of a result what tells of the engine's objects, where no change of the statement's
 * text can.
 */
export function withoutEngineRows(statement: StatementClass, rows: Row[], prefix: string): Row[] {
  if (statement.explain) return withoutEnginePrograms(rows, prefix);
  const pragma = statement.pragma?.name;
  if (pragma === "optimize") {
    // What it would do, as statements.
    return rows.filter((row) => !String(row[0]).toLowerCase().includes(`."${prefix}`));
  }
  if (pragma !== "table_list") return rows;
  // It names every table; its second column is the name.
  return rows.filter((row) => !String(row[1]).toLowerCase().startsWith(prefix));
}

/**
 * EXPLAIN lists the program of each trigger behind that of the statement; its first row, `Init`,
 * has the trigger's name in the sixth column.
 */
function withoutEnginePrograms(rows: Row[], prefix: string): Row[] {
  let shown = true;
  return rows.filter(([, opcode, , , , comment]) => {
    if (opcode === "Init") {
      shown = !String(comment).toLowerCase().startsWith(`-- trigger ${prefix}`);
    }
    return shown;
  });
}
