/**
 * SQLite's half of the SQL front end, for Workers that need no other. No subpath of the package
 * yet: it is what `npm run size` measures.
 *
 * @module
 */
export { parseSqlite } from "../sql/parse/sqlite.ts";
export { printSqlite } from "../sql/print/sqlite.ts";
