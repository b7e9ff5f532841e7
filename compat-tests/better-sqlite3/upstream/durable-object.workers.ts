/* The Durable Object in which a file of the upstream suite runs. */
import { DurableObject } from "cloudflare:workers";
import Facade from "../../../src/entry/better-sqlite3-durable.workers.ts";
import type { DurableStorage } from "../../../src/platform/workers/durable-storage.ts";
import { emptied } from "../empty-storage.ts";
import { Runner, target } from "./durable-runner.ts";
import { expect, FILES } from "./suite-files.ts";

export class Upstream extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const storage = this.ctx.storage as unknown as DurableStorage;
    const runner = new Runner();
    let files = 0;
    const current = (): string => `/temp/${files}.db`;
    const next = (): string => {
      files += 1;
      return current();
    };
    const globals = runner.globals as { readonly it: unknown };
    Object.assign(globalThis, globals, { expect, util: { current, next, itUnix: globals.it } });
    const known = new Set<unknown>();
    place.open = (file) => {
      const nameless = file === "" || file === ":memory:";
      if (nameless || !known.has(file)) emptied(storage);
      known.add(file);
      return storage;
    };
    target.Database ??= databaseOf();
    FILES[await request.text()]?.();
    await runner.run();
    return Response.json(runner.outcomes);
  }
}

/** Where the file that runs now has its storage, emptied for each name that is new. */
const place: { open: ((file: string) => DurableStorage) | null } = { open: null };

function databaseOf(): unknown {
  function Database(this: object, source: unknown, options: Facade.Options): object {
    const storage = place.open?.(typeof source === "string" ? source.trim() : "");
    return Reflect.construct(Facade, [storage, options], new.target ?? Database) as object;
  }
  Database.prototype = Facade.prototype;
  Database.prototype.constructor = Database;
  return Object.assign(Database, { SqliteError: Facade.SqliteError });
}

export default {
  async fetch(request: Request, env: { OBJECT: DurableObjectNamespace }): Promise<Response> {
    const body = await request.text();
    return env.OBJECT.get(env.OBJECT.idFromName(body)).fetch("http://o/", { method: "POST", body });
  },
};
