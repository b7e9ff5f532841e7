import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { CreateIndex, CreateTable, KeyConstraint } from "../../sql/ast/schema.ts";
import type { Expr } from "../../sql/ast/query.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { walk } from "../../sql/tree/walk.ts";
import { newValue } from "./probe-table.ts";
import type { TableFacts } from "./table-facts.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What makes rows of a table conflict, as SQL for the inside of a trigger on that table. */
export interface UniqueKey {
  /**
   * True for rows of the table (by bare column names) that conflict with NEW, or with the row in
   * the probe table of that name, for a key that is `probed`.
   */
  condition(probe: string): string;
  readonly probed: boolean;
  /** Declared with ON CONFLICT REPLACE. */
  readonly replaces: boolean;
  /** Columns by whose change a row can come to conflict; null where any may do. */
  readonly columns: readonly string[] | null;
  /**
   * The key is the rowid, or it reads the rowid in an expression. Before an INSERT it reads as -1
   * when SQLite is to choose it.
   */
  readonly rowid: "" | "is" | "reads";
}

/** All keys of a table by which REPLACE may delete rows. */
export function readUniqueKeys(driver: SqlDriver, table: TableFacts): UniqueKey[] {
  const keys: UniqueKey[] = [];
  const rowid = rowidKey(table);
  if (rowid !== null) keys.push(rowid);
  const indexes = driver
    .prepare(
      "SELECT l.name, s.sql " +
        `FROM pragma_index_list(${quoteText(table.name)}) AS l ` +
        "LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = l.name " +
        'WHERE l."unique" = 1 ORDER BY l.seq',
    )
    .all([], "number");
  for (const [name, sql] of indexes) {
    keys.push(indexKey(driver, table, String(name), typeof sql === "string" ? sql : null));
  }
  return keys;
}

/** The SQL of the rowid after the greatest, as SQLite chooses it until there is none. */
export function chosenRowid({ name, rowidAlias, definition }: TableFacts): string {
  const column = quoteIdentifier(rowidAlias ?? "rowid");
  const next = `(SELECT coalesce(max(${column}) + 1, 1) FROM ${quoteIdentifier(name)})`;
  const counts = (definition?.elements ?? []).some(
    (element) =>
      element.kind === "column-definition" &&
      element.constraints.some((one) => one.kind === "key" && one.autoincrement),
  );
  if (!counts) return next;
  const last = `(SELECT seq FROM sqlite_sequence WHERE name = ${quoteText(name)})`;
  return `max(${next}, coalesce(${last}, 0) + 1)`;
}

function rowidKey(table: TableFacts): UniqueKey | null {
  const { rowidAlias, definition } = table;
  const name = rowidAlias ?? table.rowidName;
  if (table.withoutRowid || name === null) return null;
  const column = quoteIdentifier(name);
  const own = rowidAlias === null ? [] : [rowidAlias];
  return {
    condition: () => `${column} = NEW.${column}`,
    probed: false,
    replaces: keyAction(definition, own) === "REPLACE",
    columns: ["rowid", "_rowid_", "oid", ...own],
    rowid: "is",
  };
}

/** @param sql its CREATE INDEX; null for the index of a constraint */
function indexKey(
  driver: SqlDriver,
  table: TableFacts,
  name: string,
  sql: string | null,
): UniqueKey {
  const index = sql === null ? null : readIndex(sql);
  const terms = driver
    .prepare(
      `SELECT name, coll FROM pragma_index_xinfo(${quoteText(name)}) WHERE key = 1 ORDER BY seqno`,
    )
    .all([], "number")
    .map(([column, collation], place) =>
      keyTerm(table, sql, index, place, { column, collation: String(collation) }),
    );
  const names = terms.map(({ column }) => column);
  const where = sql === null || index === null || index.where === null ? null : index.where;
  const whereText = where === null || sql === null ? null : textOf(sql, where);
  const columns = names.filter((column) => column !== null);
  const plain = columns.length === names.length && terms.every(({ generated }) => !generated);
  return {
    condition(probe) {
      const conditions = terms.map((term) => term.condition(probe));
      if (whereText !== null) {
        conditions.push(`(${whereText})`, `(SELECT (${whereText}) FROM ${probe})`);
      }
      return conditions.join(" AND ");
    },
    probed: where !== null || !plain,
    replaces: sql === null && keyAction(table.definition, names) === "REPLACE",
    columns: plain && where === null ? columns : null,
    rowid: readsRowid(table, names, index) ? "reads" : "",
  };
}

/** One term of an index. `column` is null for an expression. */
interface KeyTerm {
  readonly column: string | null;
  readonly generated: boolean;
  condition(probe: string): string;
}

function keyTerm(
  table: TableFacts,
  sql: string | null,
  index: CreateIndex | null,
  place: number,
  { column: name, collation }: { readonly column: unknown; readonly collation: string },
): KeyTerm {
  const collate = `COLLATE ${quoteIdentifier(collation)}`;
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) {
    const own = quoteIdentifier(column.name);
    const value = (probe: string): string =>
      column.generated ? `(SELECT ${own} FROM ${probe})` : newValue(column);
    return {
      column: column.name,
      generated: column.generated,
      condition: (probe) => `${own} = ${value(probe)} ${collate}`,
    };
  }
  const value = index?.terms[place]?.value;
  if (sql === null || value === undefined) {
    throw new DosqlError("unsupported", `capture cannot read the unique index: ${sql}`);
  }
  const text = textOf(sql, value);
  return {
    column: null,
    generated: false,
    condition: (probe) => `(${text}) = (SELECT (${text}) FROM ${probe}) ${collate}`,
  };
}

/** Whether a key is made of the rowid, which must be a column for that. */
function readsRowid(
  { rowidAlias, definition }: TableFacts,
  names: readonly (string | null)[],
  index: CreateIndex | null,
): boolean {
  if (rowidAlias === null) return false;
  const alias = foldName(rowidAlias);
  const generated = generatedColumns(definition);
  const reads = (name: string): boolean => {
    const value = generated.get(foldName(name));
    return foldName(name) === alias || (value !== undefined && mentions(value, reads));
  };
  const expressions = [...(index?.terms ?? []).map(({ value }) => value), index?.where ?? null];
  return (
    names.some((name) => name !== null && reads(name)) ||
    expressions.some((expression) => expression !== null && mentions(expression, reads))
  );
}

function mentions(root: Expr, test: (name: string) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind === "column" && test(node.name.text)) found = true;
  });
  return found;
}

function generatedColumns(definition: CreateTable | null): Map<string, Expr> {
  const columns = new Map<string, Expr>();
  for (const element of definition?.elements ?? []) {
    if (element.kind !== "column-definition") continue;
    for (const constraint of element.constraints) {
      if (constraint.kind !== "generated") continue;
      columns.set(foldName(element.name.text), constraint.value);
    }
  }
  return columns;
}

function readIndex(sql: string): CreateIndex | null {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-index") return null;
  return parsed.statement;
}

function textOf(sql: string, { start, end }: Expr): string {
  return sql.slice(start, end);
}

/** The ON CONFLICT of the PRIMARY KEY or UNIQUE constraint over just these columns. */
function keyAction(
  definition: CreateTable | null,
  columns: readonly (string | null)[],
): ConflictAction {
  const wanted = columns.map((name) => name && foldName(name)).join("\0");
  for (const element of definition?.elements ?? []) {
    const constraints = element.kind === "column-definition" ? element.constraints : [element];
    for (const constraint of constraints) {
      if (constraint.kind !== "key") continue;
      const own =
        element.kind === "column-definition" ? [element.name.text] : constraintColumns(constraint);
      const isSame = own.map((name) => foldName(name)).join("\0") === wanted;
      // Of two constraints over the same columns, the one counts that says something.
      if (isSame && constraint.onConflict !== "") return constraint.onConflict;
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
