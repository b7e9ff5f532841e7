import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { MetaTable, readFormat } from "../meta-table.ts";
import type { CaptureSetting } from "./capture-setting.ts";

/** What a file says about capture; null when it says nothing, as one that is not the engine's. */
export function readCaptureSetting(driver: SqlDriver): CaptureSetting | null {
  try {
    if (readFormat(driver) === null) return null;
    const text = new MetaTable(driver).read("capture");
    return typeof text === "string" ? (JSON.parse(text) as CaptureSetting) : null;
  } catch (error) {
    // Somebody else's table has the name.
    const foreign = error instanceof DosqlError && error.code === "bad-file";
    if (foreign || isSqliteError(error)) return null;
    throw error;
  }
}

function isSqliteError(error: unknown): boolean {
  return error instanceof DosqlError && error.sqlite === "SQLITE_ERROR";
}
