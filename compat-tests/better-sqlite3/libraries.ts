import { createRequire } from "node:module";
import { referenceState } from "../../scripts/references.ts";
// Not by the public name: this folder is a package of its own.
import Database from "../../src/entry/better-sqlite3.ts";
import type { AnyClass } from "./contract.ts";

/** Whether the real library is installed; if not, why its tests skip. */
export const reference = referenceState("better-sqlite3");

/** The class of the real library. */
export function realDatabase(): AnyClass {
  return createRequire(import.meta.url)("better-sqlite3");
}

/** Our class. */
export const ourDatabase: AnyClass = Database;
