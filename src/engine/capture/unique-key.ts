import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { CreateIndex, CreateTable, KeyConstraint } from "../../sql/ast/schema.ts";
import type { Expr } from "../../sql/ast/query.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { walk } from "../../sql/tree/walk.ts";
import type { TableShape } from "./table-shape.ts";

/** What makes rows of a table conflict, as SQL for the inside of a trigger on that table. */
export interface UniqueKey {
  /** True for rows of the table (by bare column names) that conflict with NEW. */
  readonly condition: string;
  /** Declared with ON CONFLICT REPLACE. */
  readonly replaces: boolean;
  /** Columns by whose change a row can come to conflict; null where any may do. */
  readonly columns: readonly string[] | null;
  /** The rowid: before an INSERT it reads as -1 when SQLite is to choose it. */
  readonly rowid: boolean;
}

type BareShape = Omit<TableShape, "uniqueKeys">;

/** All keys of a table by which REPLACE may delete rows. */
export function readUniqueKeys(driver: SqlDriver, table: BareShape): UniqueKey[] {
  const definition = readDefinition(table.sql);
  const keys: UniqueKey[] = [];
  const rowid = rowidKey(table, definition);
  if (rowid !== null) keys.push(rowid);
  const indexes = driver
    .prepare(
      "SELECT l.name, l.origin, l.partial, s.sql " +
        `FROM pragma_index_list(${quoteText(table.name)}) AS l ` +
        "LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = l.name " +
        'WHERE l."unique" = 1 ORDER BY l.seq',
    )
    .all([], "number");
  for (const [name, , , sql] of indexes) {
    keys.push(indexKey(driver, table, definition, { name: String(name), sql }));
  }
  return keys;
}

function readDefinition(sql: string): CreateTable | null {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-table") return null;
  return parsed.statement;
}

function rowidKey(table: BareShape, definition: CreateTable | null): UniqueKey | null {
  const name = table.rowidAlias ?? table.rowidName;
  if (table.withoutRowid || name === null) return null;
  const column = quoteIdentifier(name);
  return {
    condition: `${column} = NEW.${column}`,
    replaces:
      keyAction(definition, table.rowidAlias === null ? [] : [table.rowidAlias]) === "REPLACE",
    columns: ["rowid", "_rowid_", "oid", ...(table.rowidAlias === null ? [] : [table.rowidAlias])],
    rowid: true,
  };
}

interface IndexRow {
  readonly name: string;
  readonly sql: unknown;
}

function indexKey(
  driver: SqlDriver,
  table: BareShape,
  definition: CreateTable | null,
  { name, sql }: IndexRow,
): UniqueKey {
  const terms = driver
    .prepare(
      `SELECT name, coll, cid FROM pragma_index_xinfo(${quoteText(name)}) ` +
        "WHERE key = 1 ORDER BY seqno",
    )
    .all([], "number");
  const index = typeof sql === "string" ? readIndex(sql) : null;
  const names = terms.map(([column]) => (typeof column === "string" ? column : null));
  const generated = new Set(table.columns.filter((c) => c.generated).map((c) => c.name));
  const plain = names.every((column) => column !== null && !generated.has(column));
  const conditions = terms.map(([column, collation], place) =>
    typeof column === "string"
      ? columnCondition(table, column, String(collation))
      : expressionCondition(sql, index, place, String(collation)),
  );
  if (index !== null && index.where !== null && typeof sql === "string") {
    conditions.push(`(${textOf(sql, index.where)})`, `(${ofNew(sql, index.where)})`);
  }
  return {
    condition: conditions.join(" AND "),
    replaces: typeof sql !== "string" && keyAction(definition, names) === "REPLACE",
    columns: plain && (index?.where ?? null) === null ? names.filter((n) => n !== null) : null,
    rowid: false,
  };
}

/** REPLACE puts a NOT NULL column's default in the place of NULL before it looks at keys. */
function columnCondition(table: BareShape, name: string, collation: string): string {
  const column = quoteIdentifier(name);
  const { notNull = false, defaultSql = null } = table.columns.find((c) => c.name === name) ?? {};
  const value =
    notNull && defaultSql !== null ? `coalesce(NEW.${column}, (${defaultSql}))` : `NEW.${column}`;
  return `${column} = ${value} COLLATE ${quoteIdentifier(collation)}`;
}

function expressionCondition(
  sql: unknown,
  index: CreateIndex | null,
  place: number,
  collation: string,
): string {
  const value = index?.terms[place]?.value;
  if (typeof sql !== "string" || value === undefined) {
    throw new DosqlError("unsupported", `capture cannot read the unique index: ${String(sql)}`);
  }
  const collate = `COLLATE ${quoteIdentifier(collation)}`;
  return `(${textOf(sql, value)}) = (${ofNew(sql, value)}) ${collate}`;
}

function readIndex(sql: string): CreateIndex | null {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-index") return null;
  return parsed.statement;
}

function textOf(sql: string, { start, end }: Expr): string {
  return sql.slice(start, end);
}

/** An expression over the row that is to come. */
function ofNew(sql: string, root: Expr): string {
  const places: number[] = [];
  walk(root, (node) => {
    if (node.kind === "column" && node.table === null) places.push(node.start);
  });
  let text = "";
  let done = root.start;
  for (const place of places.sort((a, b) => a - b)) {
    text += `${sql.slice(done, place)}NEW.`;
    done = place;
  }
  return text + sql.slice(done, root.end);
}

/** The ON CONFLICT of the PRIMARY KEY or UNIQUE constraint over just these columns. */
function keyAction(
  definition: CreateTable | null,
  columns: readonly (string | null)[],
): ConflictAction {
  const wanted = columns.map((name) => name?.toLowerCase()).join("\0");
  for (const element of definition?.elements ?? []) {
    const constraints = element.kind === "column-definition" ? element.constraints : [element];
    for (const constraint of constraints) {
      if (constraint.kind !== "key") continue;
      const own =
        element.kind === "column-definition" ? [element.name.text] : constraintColumns(constraint);
      if (own.map((name) => name.toLowerCase()).join("\0") === wanted) return constraint.onConflict;
    }
  }
  return "";
}

function constraintColumns(constraint: KeyConstraint): string[] {
  return constraint.columns.map(({ value }) => columnName(value));
}

/** `a COLLATE nocase` names `a` too. */
function columnName(value: Expr): string {
  if (value.kind === "column") return value.name.text;
  return value.kind === "collate" ? columnName(value.operand) : "";
}
