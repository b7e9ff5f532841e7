import { DosqlError } from "../../base/errors.ts";
import type { Call } from "../ast/query.ts";
import type { Edit } from "./edit.ts";
import type { Span } from "../ast/name.ts";
import type { HiddenNames } from "./hidden-name.ts";

/** Pragmas whose argument names a table or an index. */
const NAMING_PRAGMAS: ReadonlySet<string> = new Set(
  (
    "foreign_key_check foreign_key_list index_info index_list index_xinfo integrity_check " +
    "quick_check table_info table_list table_xinfo"
  )
    .split(" ")
    .map((name) => `pragma_${name}`),
);

/** Whether a name is that of a pragma that, asked as a table, needs a name to tell anything of. */
export function isNamingPragma(name: string): boolean {
  return NAMING_PRAGMAS.has(name.toLowerCase());
}

/**
 * Puts a call's argument that names a table into a query which makes an empty name of the
 * engine's names, so that a computed name or a parameter finds nothing. The argument stays where
 * it is and is computed once. Nothing for calls of other functions.
 *
 * A pragma's literal stays as it is: as a name it was checked before.
 *
 * @throws DosqlError `unsupported` for a call that cannot be made safe
 */
export function namingArgumentEdits(call: Call, names: HiddenNames): Edit[] {
  const name = call.name.name.text.toLowerCase();
  const isPragma = name.startsWith("pragma_");
  if (name === "dbstat") {
    throw new DosqlError("unsupported", "dbstat with a computed argument is not supported here");
  }
  if (!isPragma && name !== "rtreecheck") return [];
  const argument = isPragma ? call.arguments[0] : call.arguments.at(-1);
  if (argument === undefined || (isPragma && LITERALS.has(argument.kind))) return [];
  // Without a name it would tell of all tables.
  return checkedArgument(argument, names, name === "pragma_table_list");
}

/**
 * The query around an argument.
 *
 * @param nullToo Whether NULL becomes an empty name as well.
 */
export function checkedArgument(argument: Span, names: HiddenNames, nullToo: boolean): Edit[] {
  const hidden = names.indexCondition("v");
  const empty = nullToo ? `(${hidden}) IS NOT FALSE` : hidden;
  const { start, end } = argument;
  // LIMIT and WHERE keep SQLite from computing the argument at each place where `v` stands.
  return [
    {
      start,
      end: start,
      text: `(SELECT CASE WHEN ${empty} THEN '' ELSE v END FROM (SELECT CAST(`,
    },
    { start: end, end, text: " AS TEXT) AS v LIMIT 1) WHERE 1)" },
  ];
}

const LITERALS: ReadonlySet<string> = new Set(["string", "integer", "float"]);

/** A pragma asked as a table whose argument is named elsewhere cannot be checked. */
export function hiddenArgument(name: string): DosqlError {
  return new DosqlError("unsupported", `${name} without its argument is not supported here`, {
    hint: `write ${name}(…) instead of comparing its column arg`,
  });
}
