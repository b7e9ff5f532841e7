const NO_VIRTUAL_TABLES =
  "node:sqlite cannot register virtual tables; the error says so and names what to use instead";
const NO_UPDATE_LIMIT =
  "node:sqlite's SQLite lacks SQLITE_ENABLE_UPDATE_DELETE_LIMIT; the error says so by its name";

/** Where we rightly or for now answer otherwise than better-sqlite3, by case and question. */
export const KNOWN_GAPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "opening: defaults": {
    "WAL, before anything was read":
      "synchronous is NORMAL as soon as the file is in WAL mode, not only after the next read",
  },
  "preparing: DELETE and UPDATE with LIMIT": {
    DELETE: NO_UPDATE_LIMIT,
    UPDATE: NO_UPDATE_LIMIT,
  },
  "copies: serialize": {
    missing: 'a missing schema is "unknown database", not "Out of memory"',
  },
  "copies: backup": {
    "pauses on the way":
      "node:sqlite takes the size of a slice once: a pause after the first page is refused",
  },
  "copies: virtual tables and extensions": {
    table: NO_VIRTUAL_TABLES,
    "table by a factory": NO_VIRTUAL_TABLES,
  },
};
