import type { FacadeHome } from "../../compat/better-sqlite3/home.ts";
import { isDataFolder } from "../../server/data-folder.ts";
import { nodeFolderHome } from "./node-home.ts";

/**
 * A home that knows `{ binding: "sharded" }`: a data folder as one synchronous database, whatever
 * number of shards holds it. A folder of one is opened by the other home; `openDataFolder` refuses
 * a folder of several. This is the place where a planner over several shards comes in, as the
 * `SyncDatabase` of `open`: nothing above it will change.
 */
export function withSharded(home: FacadeHome): FacadeHome {
  return {
    ...home,
    openNative(source, options) {
      if (!isSharded(options)) return home.openNative(source, options);
      const folder = typeof source === "string" ? source.trim() : "";
      if (folder === "" || !isDataFolder(nodeFolderHome().files, folder)) {
        throw new TypeError(
          `The "binding" option is "sharded", but ${String(source)} is not a data folder`,
        );
      }
      return home.openNative(source, unbound(options));
    },
  };
}

function isSharded(options: unknown): options is object {
  return (
    typeof options === "object" &&
    options !== null &&
    "binding" in options &&
    options.binding === "sharded"
  );
}

/** The same options, with the binding left to the home. */
function unbound(options: object): object {
  return Object.create(options, { binding: { value: undefined, enumerable: true } }) as object;
}
