import { DosqlError } from "../../base/errors.ts";
import { MAIN_DATABASE as MAIN, checkDatabaseName } from "../../server/directory/database-name.ts";
import type { Settings } from "./init-settings.ts";

const NAMESPACE = "DOSQL";
/** What a Worker binds, by the names that `d1Api` expects: databases, and the list of them. */
const OBJECTS = [
  [NAMESPACE, "DoSQLShard"],
  ["DOSQL_CATALOG", "DoSQLCatalog"],
] as const;
/** Unlike anybody's numbered tags. */
const MIGRATION_TAG = "dosql-v1";
const PLUGIN = { package: "dosql/miniflare", name: "dosql-d1" };
/** Without it the runtime asks a custom binding by `fetch`, whose answers are larger. */
const RPC_FLAG = "d1_binding_jsrpc";

/** What is put behind the name of a D1 binding whose place DoSQL takes. */
const KEPT = "_D1";

/** A binding of the application, and the database that is to be behind it. */
export interface Moved {
  readonly binding: string;
  readonly database: string;
  /** Which of `d1_databases` it is; null for a binding that is new. */
  readonly index: number | null;
}

/** What was done to the settings, a line for each. */
export type Steps = string[];

/**
 * The D1 bindings to move: those named, or all there are. One gets the database that is always
 * there; several get databases by the names that they have in D1.
 *
 * @param database the name of the database, when there is one binding
 * @throws DosqlError `invalid-argument`, also for a name that no database can have
 */
export function bindingsToMove(
  settings: Settings,
  named: readonly string[],
  database: string | undefined,
): Moved[] {
  const known = settings.entries("d1_databases").map((entry, index): Moved => ({
    binding: entry.get("binding") ?? "",
    database: entry.get("database_name") ?? MAIN,
    index,
  }));
  const served = settings
    .entries("unsafe.bindings")
    .map((one) => `${one.get("name") ?? ""}${KEPT}`);
  const open = known.filter(({ binding }) => binding !== "" && !served.includes(binding));
  const wanted =
    named.length === 0
      ? open
      : named.map(
          (binding) =>
            known.find((one) => one.binding === binding) ?? {
              binding,
              database: MAIN,
              index: null,
            },
        );
  const [only, second] = wanted;
  if (second === undefined) {
    return only === undefined ? [] : [{ ...only, database: checkDatabaseName(database ?? MAIN) }];
  }
  if (database === undefined) {
    for (const one of wanted) checkDatabaseName(one.database);
    return wanted;
  }
  throw new DosqlError("invalid-argument", `--database is for one binding, not ${wanted.length}`, {
    hint: "name the binding by --binding",
  });
}

/** Databases that have to be made: all but the one that is always there. */
export function databasesToMake(moved: readonly Moved[]): string[] {
  const names = moved.map(({ database }) => database).filter((name) => name !== MAIN);
  return [...new Set(names)];
}

/** The D1 database stays bound, by another name: what is in it can still be read. */
export function makeRoom(settings: Settings, { binding, index }: Moved, steps: Steps): void {
  if (index === null) return;
  const kept = binding + KEPT;
  settings.setInEntry("d1_databases", index, "binding", kept);
  steps.push(`d1_databases: ${binding} is called ${kept} now; env.${binding} will be DoSQL's`);
}

/** Binds the Durable Object classes that hold databases, and the list of them. */
export function bindShards(settings: Settings, steps: Steps): void {
  const bound = settings.entries("durable_objects.bindings");
  for (const [name, className] of OBJECTS) {
    const there = bound.find((one) => one.get("name") === name)?.get("class_name");
    if (there === className) continue;
    if (there !== undefined) {
      throw new DosqlError("invalid-argument", `${name} is bound to another class already`, {
        hint: `give the binding of ${there} another name`,
      });
    }
    settings.append("durable_objects.bindings", { name, class_name: className });
    steps.push(`durable_objects.bindings: ${name}, class ${className}`);
  }
  const missing = OBJECTS.map(([, className]) => className).filter(
    (className) => !settings.makesClass(className),
  );
  if (missing.length === 0) return;
  settings.append("migrations", { tag: MIGRATION_TAG, new_sqlite_classes: missing });
  steps.push(`migrations: ${MIGRATION_TAG} makes ${missing.join(", ")}`);
}

/** A module that wraps the application's. */
export interface EntryFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Makes `main` a file that wraps the application; null when it is one already.
 *
 * @throws DosqlError `unsupported` when there is no `main` to wrap
 */
export function wrapMain(
  settings: Settings,
  moved: readonly Moved[],
  steps: Steps,
): EntryFile | null {
  const main = settings.string("main");
  const found = /^(.*?)([^/]+)\.([mc]?[jt]sx?)$/.exec(main ?? "");
  if (main === null || found === null) {
    throw new DosqlError("unsupported", "the settings name no module in main to wrap", {
      hint: 'wrap it yourself: export default withDoSQL(app, { DB: "DOSQL" }) of dosql/worker',
    });
  }
  const [, folder = "", name = "", extension = ""] = found;
  if (name === "dosql") return null;
  const typed = extension.includes("t");
  const path = `${folder}dosql.${typed ? "ts" : "js"}`;
  settings.setString("main", path);
  steps.push(`main: ${path}, which wraps ${main}`);
  return { path, text: entryText(`./${name}${importedExtension(extension)}`, moved) };
}

/** TypeScript wants none, or that of what it is compiled to. */
function importedExtension(extension: string): string {
  if (!extension.includes("t")) return `.${extension}`;
  return extension.length > 2 && extension !== "tsx" ? `.${extension.replace("t", "j")}` : "";
}

function entryText(specifier: string, moved: readonly Moved[]): string {
  const targets = moved.map(({ binding, database }) =>
    database === MAIN
      ? `${binding}: "${NAMESPACE}"`
      : `${binding}: { namespace: "${NAMESPACE}", database: ${JSON.stringify(database)} }`,
  );
  return [
    `import { d1Api, withDoSQL } from "dosql/worker";`,
    `import app from "${specifier}";`,
    "",
    `export * from "${specifier}";`,
    `export { DoSQLCatalog, DoSQLShard } from "dosql/worker";`,
    "// d1Api() is for `wrangler d1`: it answers nobody until the secret DOSQL_TOKEN is set.",
    `export default withDoSQL(app, { ${targets.join(", ")} }, d1Api());`,
    "",
  ].join("\n");
}

/**
 * Binds a database through the service that a DoSQL Worker offers, as a D1 binding.
 *
 * @returns whether it was not bound yet
 */
export function bindService(
  settings: Settings,
  { binding, database }: Moved,
  service: string,
  steps: Steps,
): boolean {
  if (settings.entries("unsafe.bindings").some((one) => one.get("name") === binding)) return false;
  settings.append("unsafe.bindings", {
    name: binding,
    type: "service",
    service,
    entrypoint: "DoSQLD1",
    binding_interface: "d1",
    props: { database },
    dev: { plugin: PLUGIN, options: { service } },
  });
  steps.push(`unsafe.bindings: ${binding}, a D1 binding over the service ${service}`);
  return true;
}

/** The flag that a D1 binding over a service wants. */
export function addRpcFlag(settings: Settings, steps: Steps): void {
  if (settings.flags().includes(RPC_FLAG)) return;
  settings.addFlag(RPC_FLAG);
  steps.push(`compatibility_flags: ${RPC_FLAG}`);
}
