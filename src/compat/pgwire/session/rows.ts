import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { Row } from "../../../base/value.ts";
import { writeRow } from "../datatypes/row-writer.ts";
import type { RowShape } from "../datatypes/row-writer.ts";
import type { Output } from "../output.ts";
import type { Work } from "../work.ts";

/** Sends rows `[from, to)`, resting whenever the transport has no room. */
export function* sendRows(
  output: Output,
  rows: readonly Row[],
  shape: RowShape,
  from: number,
  to: number,
): Work {
  const { writer } = output;
  for (let index = from; index < to; index++) {
    const row = rows[index];
    if (row === undefined) return;
    try {
      writeRow(writer, row, shape, index + 1);
    } catch (error) {
      writer.discard();
      throw error;
    }
    if (output.full && !output.send()) yield "room-for-rows";
  }
}

/** The command tag of a result, as Postgres words it, for so many returned rows. */
export function commandTag(result: ResultSet, rowCount: number): string {
  const { command, columns, changes } = result;
  const count = columns.length > 0 ? rowCount : changes;
  switch (command) {
    case "INSERT":
    case "REPLACE":
      return `INSERT 0 ${count}`;
    case "UPDATE":
    case "DELETE":
      return `${command} ${count}`;
    case "SELECT":
    case "VALUES":
    case "WITH":
      return `SELECT ${rowCount}`;
    default:
      return command;
  }
}
