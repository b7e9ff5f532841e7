import { DurableObject, env as importedEnv, withEnv } from "cloudflare:workers";
import { DosqlError } from "../../base/errors.ts";
import type { D1Database } from "../../compat/d1/database.ts";
import type { D1Options, ShardNamespace } from "../d1.ts";
import { d1 } from "../d1.ts";
import { databases } from "./databases.workers.ts";

/** A database of a namespace, with the options of `d1`. */
export interface DoSQLBinding extends D1Options {
  /** The name of the Durable Object binding whose class is `DoSQLShard`. */
  readonly namespace: string;
  /** Which of the databases that are made at run time (see `databases`). Default `main`. */
  readonly database?: string;
  /** Make that database when there is none. Default false: its first statement fails then. */
  readonly create?: boolean;
}

/** Names in `env`, each with the namespace, or a database of one, that is behind it. */
export type DoSQLBindings = Readonly<Record<string, string | DoSQLBinding>>;

/** Answers some requests itself, as `d1Api()` does; null for those of the application. */
export type AnswerFirst = (request: Request, env: never) => Promise<Response | null>;

type Env = Record<PropertyKey, unknown>;
type Handler = (event: unknown, env: Env, ctx: unknown) => unknown;
type EntrypointClass = new (ctx: never, env: never) => Entrypoint;
interface Entrypoint {
  fetch?(request: Request): unknown;
}

/** What the runtime calls on a default export as `(event, env, ctx)`. */
const HANDLERS: ReadonlySet<PropertyKey> = new Set([
  "fetch",
  "scheduled",
  "queue",
  "email",
  "tail",
  "tailStream",
  "trace",
  "test",
]);

/** An environment remembers here, for each name, what was bound: two calls must agree. */
const BOUND = Symbol("dosql");

/**
 * A Worker whose `env` has DoSQL databases where the application expects D1's, so that no file of
 * the application changes: not what reads `env` of a handler, `this.env` of an entrypoint, or
 * `env` imported from `cloudflare:workers`. Everything else in `env` stays.
 *
 * Takes what a Worker exports: the default export (an object with handlers, or a class), or the
 * class of a named entrypoint, Durable Object or Workflow. Classes of the same Worker that are
 * exported without it find the databases as well, but for the first event after a deployment that
 * changed nothing but bindings.
 *
 * A module that uses the imported `env` while it loads runs before this call. Then put the call
 * in a file of its own (`withDoSQL({}, { DB: "DOSQL" })`) and import that file first.
 *
 * With `transactions: true` each event gets a database of its own. Where one
 * environment serves many at once (a Durable Object, `env` imported in the methods of a class)
 * BEGIN is refused.
 *
 * @param first sees requests before `fetch` of the application does: `d1Api()`, for `wrangler d1`
 * @returns the same, with databases in its `env`; handlers throw `DosqlError` `invalid-argument`
 *   when `env` does not have the namespace
 * @throws DosqlError `invalid-argument` when `env` has something else under the database's name
 * @example
 * import app from "./app.js";
 * export * from "./app.js";
 * export { DoSQLShard } from "dosql/worker";
 * export default withDoSQL(app, { DB: "DOSQL" });
 */
export function withDoSQL<App extends object>(
  app: App,
  bindings: DoSQLBindings,
  first?: AnswerFirst,
): App {
  // With the flag `disallow_importable_env` there is nothing in it; handlers have their own.
  if (hasNamespaces(importedEnv, bindings)) bind(importedEnv, bindings);
  return typeof app === "function"
    ? (boundClass(app, bindings, first) as unknown as App)
    : boundHandlers(app, bindings, first);
}

function boundClass(
  app: EntrypointClass,
  bindings: DoSQLBindings,
  first: AnswerFirst | undefined,
): EntrypointClass {
  class Bound extends app {
    constructor(ctx: never, env: never) {
      const shared = bind(env, bindings);
      // An object lives on while many use it at once; all others are made for one event.
      super(ctx, app.prototype instanceof DurableObject ? shared : forEvent(shared, bindings));
      const own = this.fetch?.bind(this);
      if (first === undefined || own === undefined) return;
      this.fetch = async (request) => (await first(request, env)) ?? own(request);
    }
  }
  return Object.defineProperty(Bound, "name", { value: app.name });
}

function boundHandlers<App extends object>(
  app: App,
  bindings: DoSQLBindings,
  first: AnswerFirst | undefined,
): App {
  return new Proxy(app, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function" || !HANDLERS.has(name)) return member;
      const own = member as Handler;
      return async (event: unknown, env: Env, ctx: unknown): Promise<unknown> => {
        const shared = bind(env, bindings);
        const answer =
          name === "fetch" ? await first?.(event as Request, shared as never) : undefined;
        if (answer) return answer;
        const eventEnv = forEvent(shared, bindings);
        const run = (): unknown => own.call(target, event, eventEnv, ctx);
        return eventEnv === shared ? run() : withEnv(eventEnv, run);
      };
    },
  });
}

/**
 * With `transactions`, each event has databases of its own, so that nobody's BEGIN is another
 * one's. In the environment that all share they are without it.
 */
function forEvent<Some extends object>(env: Some, bindings: DoSQLBindings): Some {
  const own = Object.entries(bindings).filter(
    ([, target]) => typeof target === "object" && target.transactions,
  );
  if (own.length === 0) return env;
  const databases = own.map(([name, target]) => [name, database(env as Env, target, true)]);
  return { ...env, ...(Object.fromEntries(databases) as object) };
}

function hasNamespaces(env: object, bindings: DoSQLBindings): boolean {
  return Object.values(bindings).every((target) => namespaceOf(target) in env);
}

function namespaceOf(target: string | DoSQLBinding): string {
  return typeof target === "string" ? target : target.namespace;
}

/**
 * Puts the databases into an environment. The runtime hands the same object to every event, and
 * `import { env }` shows it too; but a running Worker gets a new one when only its bindings were
 * deployed, so every event looks.
 */
function bind<Some extends object>(env: Some, bindings: DoSQLBindings): Some {
  const open = env as Env;
  const bound = (open[BOUND] ?? {}) as Record<string, string>;
  for (const [name, target] of Object.entries(bindings)) {
    const wanted = JSON.stringify(target);
    if (name in open) {
      if (bound[name] === wanted) continue;
      // The runtime shows no more of an error than its message.
      const remedy =
        bound[name] === undefined
          ? "take it out of wrangler's settings, or give withDoSQL another name"
          : "all calls of withDoSQL in a Worker take the same database for a name";
      throw new DosqlError("invalid-argument", `env.${name} is bound already: ${remedy}`);
    }
    open[name] = database(open, target, false);
    bound[name] = wanted;
  }
  Object.defineProperty(open, BOUND, { value: bound, configurable: true });
  return env;
}

function database(env: Env, target: string | DoSQLBinding, takesBegin: boolean): D1Database {
  const {
    namespace,
    database: name,
    create = false,
    transactions = false,
    ...options
  }: DoSQLBinding = typeof target === "string" ? { namespace: target } : target;
  const found = env[namespace];
  if (typeof found !== "object" || found === null || !("idFromName" in found)) {
    throw new DosqlError("invalid-argument", `env.${namespace} is no Durable Object namespace`, {
      hint: `wrangler's settings bind one with name = "${namespace}", class_name = "DoSQLShard"`,
    });
  }
  const source = found as ShardNamespace;
  return d1(
    name === undefined ? source : databases({ ...env, DOSQL: source }).open(name, { create }),
    {
      ...options,
      transactions: takesBegin && transactions,
    },
  );
}
