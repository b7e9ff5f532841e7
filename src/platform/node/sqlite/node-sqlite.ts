import { DosqlError } from "../../../base/errors.ts";

/** Node's SQLite module, whose import by name would end an older Node before it can say why. */
export type NodeSqlite = typeof import("node:sqlite");

/** The first Node whose node:sqlite has `columns()`, arrays and aggregates. */
const LEAST_NODE: readonly [major: number, minor: number] = [22, 16];

/**
 * node:sqlite of this process.
 *
 * @throws DosqlError `runtime` in one sentence that says what to do, when this Node is too old
 */
export function nodeSqlite(): NodeSqlite {
  const { node } = process.versions;
  if (!isSupportedNode(node)) {
    throw new DosqlError("runtime", unsupportedNode(node));
  }
  // A Node that is old enough lacks this function too, but that one was refused above.
  const sqlite: NodeSqlite | undefined = process.getBuiltinModule("node:sqlite");
  if (sqlite === undefined) {
    throw new DosqlError(
      "runtime",
      `this Node (v${node}) was built without node:sqlite: use a build that has it`,
    );
  }
  return sqlite;
}

/**
 * node:sqlite for the engine's own connections, whose texts have numbered parameters (`?1`).
 *
 * @throws DosqlError `runtime` when this Node is too old, or cannot bind those by position
 */
export function engineSqlite(): NodeSqlite {
  const sqlite = nodeSqlite();
  const { node } = process.versions;
  if (!bindsNumbered(node)) {
    throw new DosqlError("runtime", `node:sqlite of this Node (v${node}) binds no \`?1\``, {
      hint: "a data folder or a change log needs Node 22.20, 24.7 or newer, or better-sqlite3",
    });
  }
  return sqlite;
}

/** Whether node:sqlite of that version binds numbered parameters by their position. */
export function bindsNumbered(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 22) return minor >= 20;
  return major === 24 ? minor >= 7 : major > 24;
}

/** Whether a Node of that version (`22.16.0`) can serve the libraries. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The sentence for a Node that is too old. */
export function unsupportedNode(version: string): string {
  return (
    `dosql needs Node ${LEAST_NODE.join(".")} or newer, and this is v${version}: ` +
    "install Node 24"
  );
}
