import path from "node:path";
import { createDatabaseClass } from "../../src/compat/better-sqlite3/database.ts";
import { facadeHome } from "../../src/entry/node/facade-home.ts";
import { withWorker } from "../../src/entry/node/worker-home.ts";
import type { AnyClass } from "./contract.ts";

const ROOT = path.join(import.meta.dirname, "../..");

/**
 * Our class, whose databases are all in processes of their own; there the better-sqlite3 of this
 * folder opens them.
 */
export function workerDatabase(): AnyClass {
  // They start in a third of the time when they find their modules compiled.
  process.env["NODE_COMPILE_CACHE"] ??= path.join(ROOT, "node_modules/.cache/compiled");
  const program = path.join(import.meta.dirname, "package.json");
  const home = withWorker(facadeHome("builtin"), { binding: "native", program });
  return createDatabaseClass({
    ...home,
    open: (request) => home.open({ ...request, options: inWorker(request.options) }),
    openNative: (source, options) => home.openNative(source, inWorker(options)),
  });
}

function inWorker(options: unknown): Readonly<Record<string, unknown>> {
  return { ...(options as object), binding: "worker" };
}
