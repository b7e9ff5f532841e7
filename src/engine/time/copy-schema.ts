import { LSN_ZERO } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { relationOf } from "../capture/relation-change.ts";
import { readTableShape } from "../capture/table-shape.ts";
import type { Relation } from "../log/relation.ts";
import type { Ground } from "./ground.ts";
import { noSuchTable, refuseReserved, unsupportedTable } from "./past-schema.ts";
import type { PastView } from "./past-schema.ts";
import { TwinShape } from "./twin-shape.ts";

/** A table of a copy. */
export interface CopiedTable {
  readonly kind: "copied";
  readonly driver: SqlDriver;
  readonly relation: Relation;
}

/** The schema of a copy of the database as it was. */
export class CopySchema {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** What a name stands for in the copy; errors as those of `PastSchema.find`. */
  find(name: string, shown: string): CopiedTable | PastView {
    refuseReserved(name);
    const [row] = this.#driver
      .prepare(
        "SELECT s.type, s.name, s.sql, l.type FROM sqlite_schema AS s " +
          "LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name " +
          "WHERE s.type IN ('table', 'view') AND lower(s.name) = lower(?1)",
      )
      .all([name], "number");
    if (row === undefined) throw noSuchTable(shown);
    const [type, called, sql, kind] = row.map(String);
    if (type === "view") return { kind: "view", name: called ?? name, sql: sql ?? "" };
    if (kind !== "table") throw unsupportedTable(`virtual table ${name}`);
    const shape = readTableShape(this.#driver, called ?? name, sql ?? "");
    const place = { id: 1, newTableId: 1, highestColumnId: 0, fromLsn: LSN_ZERO, schemaVersion: 0 };
    const relation = relationOf(shape, null, { table: null, column: null }, place);
    return { kind: "copied", driver: this.#driver, relation };
  }
}

/** A table with all rows of one in a copy. */
export function fillFromCopy(
  ground: Ground,
  { driver, relation }: CopiedTable,
  asksRowid: boolean,
): string {
  const shape = new TwinShape(relation);
  const rows = ground.name("rows", relation.name);
  ground.make("TABLE", rows, shape.createLike(rows));
  const rowid = asksRowid ? shape.rowidName : null;
  const stored = relation.columns.map(({ name }) => quoteIdentifier(name));
  const columns = rowid === null ? stored : [rowid, ...stored];
  const marks = columns.map((_, i) => `?${i + 1}`);
  const insert = ground.prepare(`INSERT INTO ${rows} (${columns.join()}) VALUES (${marks.join()})`);
  const from = `SELECT ${columns.join()} FROM main.${quoteIdentifier(relation.name)}`;
  for (const row of driver.prepare(from).iterate([], "bigint")) insert.run(row);
  return rows;
}
