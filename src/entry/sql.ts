/**
 * The SQL front end of both dialects. No subpath of the package yet: it is what `npm run size`
 * measures (parsing and printing).
 *
 * @module
 */
export { parsePostgres } from "../sql/parse/postgres.ts";
export { parseSqlite } from "../sql/parse/sqlite.ts";
export { printPostgres } from "../sql/print/postgres.ts";
export { printSqlite } from "../sql/print/sqlite.ts";
