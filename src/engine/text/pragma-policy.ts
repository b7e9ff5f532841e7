import { DosqlError } from "../../base/errors.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import { pragmaFlag } from "./pragma-value.ts";

/** What becomes of a PRAGMA on a connection that many sessions share. */
export type PragmaRoute =
  /** Only reads; any connection answers. */
  | "read"
  /** Changes the database file itself: a write. */
  | "write"
  /** Turns off what is off for everybody: nothing. */
  | "off"
  /** State of the session, kept by us. */
  | "foreign_keys"
  | "defer_foreign_keys";

const READ = new Set(
  (
    "application_id auto_vacuum cache_size cache_spill collation_list compile_options " +
    "data_version " +
    "database_list defer_foreign_keys encoding foreign_key_check foreign_key_list foreign_keys " +
    "freelist_count function_list hard_heap_limit ignore_check_constraints index_info " +
    "index_list index_xinfo " +
    "integrity_check journal_mode journal_size_limit legacy_alter_table locking_mode " +
    "max_page_count mmap_size module_list page_count page_size pragma_list quick_check " +
    "recursive_triggers reverse_unordered_selects schema_version secure_delete synchronous " +
    "table_info table_list table_xinfo threads user_version wal_autocheckpoint"
  ).split(" "),
);

/** Pragmas whose argument names what to look at, not what to set. */
const ARGUMENT_IS_QUESTION = new Set(
  (
    "foreign_key_check foreign_key_list index_info index_list index_xinfo integrity_check " +
    "quick_check table_info table_list table_xinfo"
  ).split(" "),
);

const WRITE_WITH_VALUE = new Set(["application_id", "user_version"]);
const WRITE = new Set(["optimize", "wal_checkpoint", "incremental_vacuum"]);

/** They change what statements mean, and scripts that turn them on turn them off again. */
const OFF = new Set(
  (
    "case_sensitive_like ignore_check_constraints legacy_alter_table recursive_triggers " +
    "reverse_unordered_selects"
  ).split(" "),
);

/**
 * Where a PRAGMA goes. A setting of the connection would leak into every other session, so what
 * is not emulated is refused by name.
 */
export function routePragma(pragma: PragmaStatement): PragmaRoute {
  const name = pragma.name.toLowerCase();
  const sets = pragma.hasValue && !ARGUMENT_IS_QUESTION.has(name);
  if (sets && (name === "foreign_keys" || name === "defer_foreign_keys")) return name;
  if (!sets && name === "foreign_keys") return name;
  if (sets && OFF.has(name) && !pragmaFlag(pragma.value ?? "")) return "off";
  if (WRITE.has(name) || (sets && WRITE_WITH_VALUE.has(name))) return "write";
  if (!sets && READ.has(name)) return "read";
  if (READ.has(name) || sets) throw cannotSet(name);
  throw new DosqlError("unsupported", `PRAGMA ${name} is not supported here`, { hint: SHARED });
}

const SHARED = "its effect would reach every session that shares this database";

/** A setting that the engine cannot grant. */
export function cannotSet(name: string, hint: string = SHARED): DosqlError {
  return new DosqlError("unsupported", `PRAGMA ${name} cannot be set here`, { hint });
}
