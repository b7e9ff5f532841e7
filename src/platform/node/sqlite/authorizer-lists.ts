/** Functions that run code from elsewhere. */
const FUNCTIONS: ReadonlySet<string> = new Set(["fts3_tokenizer", "load_extension"]);

/** Modules that show the file, or the connection, as it is. */
const MODULES: ReadonlySet<string> = new Set([
  "dbstat",
  "sqlite_dbdata",
  "sqlite_dbpage",
  "sqlite_dbptr",
  "sqlite_stmt",
]);

/** Pragmas whose argument names what to look at. */
const QUESTIONS: ReadonlySet<string> = new Set([
  "foreign_key_check",
  "foreign_key_list",
  "index_info",
  "index_list",
  "index_xinfo",
  "integrity_check",
  "quick_check",
  "table_info",
  "table_list",
  "table_xinfo",
]);

/** Pragmas that a user may set; all else would reach every session of the connection. */
const SETTINGS: ReadonlySet<string> = new Set([
  "application_id",
  "auto_vacuum",
  "defer_foreign_keys",
  "incremental_vacuum",
  "optimize",
  "user_version",
  "wal_checkpoint",
]);

/** Whether a user may not call a function. */
export function refusesFunction(name: string | null): boolean {
  return name !== null && FUNCTIONS.has(name.toLowerCase());
}

/** Whether a user may not make a virtual table of a module. */
export function refusesModule(name: string | null): boolean {
  return name !== null && MODULES.has(name.toLowerCase());
}

/** Whether a user may not run a pragma with this argument; null is none. */
export function refusesPragma(name: string | null, argument: string | null): boolean {
  if (name === null || argument === null) return false;
  const folded = name.toLowerCase();
  return !QUESTIONS.has(folded) && !SETTINGS.has(folded);
}
