import { createRequire } from "node:module";
import { referenceState } from "../../scripts/references.ts";
import { createDatabaseClass } from "../../src/compat/better-sqlite3/database.ts";
import { facadeHome } from "../../src/entry/node/facade-home.ts";
import type { AnyClass } from "./contract.ts";
import { workerDatabase } from "./worker-class.ts";

/** Whether the real library is installed; if not, why its tests skip. */
export const reference = referenceState("better-sqlite3");

/** The class of the real library. */
export function realDatabase(): AnyClass {
  return createRequire(import.meta.url)("better-sqlite3");
}

/** Our class over Node's own SQLite. */
export const ourDatabase: AnyClass = createDatabaseClass(facadeHome("builtin"));

/** What opens a database in this process behind our class. */
export type Binding = "builtin" | "native";

/** What stands behind our class. */
export type AnyBinding = Binding | "worker";

/** Our class over one binding. */
export function boundDatabase(binding: AnyBinding): AnyClass {
  switch (binding) {
    case "builtin":
      return ourDatabase;
    case "native":
      return createDatabaseClass(facadeHome(realDatabase()));
    case "worker":
      return workerDatabase();
  }
}

/** All bindings of this process. */
export const BINDINGS: readonly Binding[] = ["builtin", "native"];
