import { DosqlError } from "../../base/errors.ts";
import type { Node } from "../ast/statement.ts";
import { isTellingText } from "../read/telling-name.ts";
import { isCommonTable, type Scope } from "../read/scope.ts";

/** Tables of SQLite's that show its file, or its statements, as they are. Names of users differ. */
const RAW_TABLES: ReadonlySet<string> = new Set([
  "sqlite_dbdata",
  "sqlite_dbpage",
  "sqlite_dbptr",
  "sqlite_stmt",
]);

/** Functions that run code from elsewhere. */
const FUNCTIONS: ReadonlySet<string> = new Set(["fts3_tokenizer", "load_extension"]);

/**
 * Refuses what reaches the engine's objects below SQL's names.
 *
 * @throws DosqlError `unsupported`; `sqlite` for functions
 */
export function refuseRawAccess(node: Node, scope: Scope): void {
  switch (node.kind) {
    case "table":
      if (!isCommonTable(node.name, scope)) refuseTable(node.name.name.text);
      break;
    case "insert":
    case "update":
    case "delete":
      refuseTable(node.table.name.name.text);
      break;
    case "in":
      if (node.source.kind === "object-name") refuseTable(node.source.name.text);
      break;
    case "call":
      refuseTable(node.name.name.text);
      if (FUNCTIONS.has(node.name.name.text.toLowerCase())) {
        // SQLite's own words where extensions are off.
        throw new DosqlError("sqlite", "not authorized", {
          sqlite: "SQLITE_ERROR",
          hint: `${node.name.name.text}() is not supported here`,
        });
      }
      break;
    case "create-virtual-table": {
      // A table made of it may have any name.
      const module = node.module.text.toLowerCase();
      if (module === "dbstat" || RAW_TABLES.has(module)) {
        throw unsupported(`a virtual table of ${module}`);
      }
      // FTS reads its content from any table, and only when it is asked.
      for (const { text } of module.startsWith("fts") ? node.arguments : []) {
        const word = text.match(/\w+/g)?.find(isTellingText);
        if (word !== undefined) throw unsupported(`${word} in a virtual table`);
      }
      break;
    }
    default:
  }
}

function refuseTable(name: string): void {
  if (RAW_TABLES.has(name.toLowerCase())) throw unsupported(name);
}

function unsupported(what: string): DosqlError {
  return new DosqlError("unsupported", `${what} is not supported here`);
}
