/** SQLSTATEs of SQLite's result codes; the longest prefix that matches counts. */
const STATES_BY_CODE: Readonly<Record<string, string>> = {
  SQLITE_ABORT: "40000",
  SQLITE_AUTH: "42501",
  SQLITE_BUSY: "55P03",
  SQLITE_BUSY_SNAPSHOT: "40001",
  SQLITE_CANTOPEN: "58P01",
  SQLITE_CONSTRAINT: "23000",
  SQLITE_CONSTRAINT_CHECK: "23514",
  SQLITE_CONSTRAINT_DATATYPE: "42804",
  SQLITE_CONSTRAINT_FOREIGNKEY: "23503",
  SQLITE_CONSTRAINT_NOTNULL: "23502",
  SQLITE_CONSTRAINT_PRIMARYKEY: "23505",
  SQLITE_CONSTRAINT_ROWID: "23505",
  SQLITE_CONSTRAINT_TRIGGER: "P0001",
  SQLITE_CONSTRAINT_UNIQUE: "23505",
  SQLITE_CORRUPT: "XX001",
  SQLITE_FULL: "53100",
  SQLITE_INTERRUPT: "57014",
  SQLITE_IOERR: "58030",
  SQLITE_LOCKED: "55P03",
  SQLITE_MISMATCH: "42804",
  SQLITE_NOMEM: "53200",
  SQLITE_NOTADB: "XX001",
  SQLITE_PERM: "42501",
  SQLITE_PROTOCOL: "55P03",
  SQLITE_READONLY: "25006",
  SQLITE_TOOBIG: "54000",
};

/**
 * SQLSTATEs of SQLite's general error, which only its text tells apart. The first pattern that
 * matches counts.
 */
const STATES_BY_TEXT: readonly (readonly [pattern: RegExp, sqlState: string])[] = [
  [/^near "|^incomplete input$|^unrecognized token/, "42601"],
  [/^no such (?:table|view)\b/, "42P01"],
  [/^no such column\b|has no column named/, "42703"],
  [/^ambiguous column name/, "42702"],
  [/^no such function|^wrong number of arguments to|^unknown function/, "42883"],
  [/^no such savepoint/, "3B001"],
  [/^no such (?:index|trigger|collation sequence|module|window)/, "42704"],
  [/^unknown database/, "3F000"],
  [/^duplicate column name/, "42701"],
  [/already exists$|^there is already /, "42P07"],
  [/^table .* has \d+ columns but \d+ values were supplied|^\d+ values for \d+ columns/, "42601"],
  [/do not have the same number of result columns|^sub-select returns \d+ columns/, "42601"],
  [/^row value misused|^all VALUES must have the same number/, "42601"],
  [/^(?:ORDER|GROUP) BY clause should come after|^LIMIT clause should come after/, "42601"],
  [/misuse of aggregate|aggregate functions are not allowed|GROUP BY clause is required/, "42803"],
  [/misuse of window function|window functions? may not|cannot be used as a window/, "42P20"],
  [/(?:ORDER|GROUP) BY term (?:out of range|does not match)/, "42P10"],
  [/^ON CONFLICT clause does not match/, "42P10"],
  [/cannot (?:INSERT into|UPDATE) generated column/, "428C9"],
  [/^cannot modify .* because it is a view|^use DROP (?:TABLE|VIEW) to delete/, "42809"],
  [/may not be (?:modified|dropped|altered|indexed)$|^object name reserved/, "42501"],
  [/^foreign key mismatch/, "42830"],
  [/^(?:recursive|circular) reference/, "42P19"],
  [/^integer overflow/, "22003"],
  [/^malformed JSON|^JSON cannot hold BLOB/, "22P02"],
  [/^bad JSON path/, "2203B"],
  [/^cannot (?:start a transaction|VACUUM from|change into wal mode from) within/, "25001"],
  [/within a transaction$|^cannot VACUUM - /, "25001"],
  [/no transaction is active$/, "25P01"],
  [/^too many (?:SQL variables|columns|terms|arguments|levels|FROM clause)/, "54000"],
  [/^(?:LIKE or GLOB pattern too complex|string or blob too big|at most \d+ tables)/, "54000"],
  [/^(?:Expression tree is too large|parser stack overflow)/, "54001"],
  [/^parameters? prohibited|^bind on a|^column index out of range/, "42P02"],
  [/^cannot add |^Cannot add |^cannot drop |^error in (?:view|trigger|index|table) /, "2BP01"],
];

/** Class 42 as a whole: SQLite refused the statement, and its text says why. */
const REFUSED = "42000";

/** The SQLSTATE for an extended SQLite result name and the message that came with it. */
export function sqlStateOfSqlite(code: string, message: string): string {
  if (code === "SQLITE_ERROR" || code.startsWith("SQLITE_ERROR_")) {
    return STATES_BY_TEXT.find(([pattern]) => pattern.test(message))?.[1] ?? REFUSED;
  }
  for (let name = code; name.includes("_"); name = name.slice(0, name.lastIndexOf("_"))) {
    const state = STATES_BY_CODE[name];
    if (state !== undefined) return state;
  }
  return "XX000";
}

/** What a constraint's message names. */
export interface ConstraintNames {
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

const COLUMNS_FAILED = /^(?:UNIQUE|NOT NULL) constraint failed: (.+)$/;
const CHECK_FAILED = /^CHECK constraint failed: (.+)$/;
const INDEX_FAILED = /^index '(.+)'$/;

/** Table, column or constraint named by `UNIQUE constraint failed: t.a` and its like. */
export function constraintNames(message: string): ConstraintNames {
  const constraint = CHECK_FAILED.exec(message)?.[1];
  if (constraint !== undefined) return { constraint };
  const failed = COLUMNS_FAILED.exec(message)?.[1];
  if (failed === undefined) return {};
  // An index on expressions is named instead of columns.
  const index = INDEX_FAILED.exec(failed)?.[1];
  if (index !== undefined) return { constraint: index };
  const names = failed.split(", ").map((name) => name.split("."));
  const [first] = names;
  const table = first?.length === 2 ? first[0] : undefined;
  if (first === undefined || table === undefined) return {};
  const column = first[1];
  return names.length === 1 && column !== undefined ? { table, column } : { table };
}
