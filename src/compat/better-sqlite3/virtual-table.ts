import type { Connection } from "./connection.ts";
import { SqliteError } from "./errors.ts";
import { stringArgument } from "./options.ts";

/** `db.table(name, definition)`: arguments are checked, then the missing part is named. */
export function defineTable(connection: Connection, given: readonly unknown[]): never {
  const [first, definition] = given;
  const name = stringArgument(first);
  if ((typeof definition !== "object" && typeof definition !== "function") || definition === null) {
    throw new TypeError("Expected second argument to be a function or a table definition object");
  }
  if (name === "") throw new TypeError("Virtual table module name cannot be an empty string");
  connection.requireIdle();
  throw new SqliteError(
    `cannot define the virtual table "${name}": node:sqlite has no virtual tables in JavaScript ` +
      "(write the rows into a TEMP table, or use db.function() with json_each())",
    "DOSQL_UNSUPPORTED",
  );
}
