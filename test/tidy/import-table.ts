/** What the files below one folder may import besides each other. */
export interface Layer {
  readonly folder: string;
  /** Folders, or single files where only these are open to the layer. */
  readonly imports: readonly string[];
  /** Packages and built-in modules, by whole name or by a prefix that ends in `:` or `/`. */
  readonly packages: readonly string[];
}

const layer = (folder: string, imports: string[], packages: string[] = []): Layer => ({
  folder: `src/${folder}/`,
  imports: imports.map((name) => (name.endsWith(".ts") ? `src/${name}` : `src/${name}/`)),
  packages,
});

const FACE = ["base", "ports", "sql", "exec", "engine"];

/**
 * The layers of `src`, lowest first: DESIGN §3 as data. Everything that is not listed is
 * forbidden, type imports included. The three faces do not know of each other.
 */
export const IMPORT_TABLE: readonly Layer[] = [
  layer("base", []),
  layer("ports", ["base"]),
  layer("sql", ["base"]),
  layer("typed", []),
  layer("exec", ["base", "ports", "sql"]),
  layer("engine", ["base", "ports", "sql", "exec"]),
  layer("sharding", ["base", "ports", "sql", "exec", "engine"]),
  layer("lake", ["base", "ports", "sql", "exec", "engine/feed", "engine/log/record.ts"]),
  layer("server", ["base", "ports", "sql", "engine", "sharding", "lake"]),
  layer("rpc", ["base", "ports", "engine", "sharding", "lake", "server"], ["capnweb"]),
  layer("compat/d1", FACE),
  layer("compat/better-sqlite3", FACE),
  layer("compat/pgwire", FACE),
  layer("orm", ["base", "ports", "engine", "compat"]),
  layer("platform/node", ["base", "ports"], ["node:", "pg", "ws"]),
  // What Node, workerd and browsers have in common.
  layer("platform/web", ["base", "ports"]),
  layer("platform/workers", ["base", "ports"], ["cloudflare:"]),
  layer("cli", ["base", "ports", "sql", "server", "rpc"]),
  // The entries put everything together.
  { folder: "src/entry/", imports: ["src/"], packages: ["node:", "cloudflare:"] },
];

/** The layer that a file of `src` belongs to, or null when its folder is not in the table. */
export function layerOf(file: string): Layer | null {
  return IMPORT_TABLE.find(({ folder }) => file.startsWith(folder)) ?? null;
}

/**
 * Layers that run in both homes and take time, randomness, the network and storage from ports:
 * all but the two that implement them.
 */
export function isPortable(file: string): boolean {
  return file.startsWith("src/") && !/^src\/(platform|entry)\//.test(file);
}

/** Layers that throw nothing but `DosqlError`; the faces translate it for their users. */
export function isCore(file: string): boolean {
  return isPortable(file) && !/^src\/(compat|orm)\//.test(file);
}
