/*
 * A small HTTP application over D1 code. The only line that knows of DoSQL is the one that makes
 * `DB`; with a D1 binding it would read `const DB = env.DB`.
 */
import { d1 } from "dosql/d1";
import { HELP } from "./help.ts";
import { dumpTable, importScript, listTables } from "./tables.workers.ts";
import { albumsOf, searchArtists, searchTracks } from "./music.workers.ts";

export { DoSQLShard } from "dosql/worker";

/** What `wrangler.toml` binds. */
export interface Env {
  readonly DOSQL: DurableObjectNamespace;
  /** The password of `POST /import`; without one, nobody may import. */
  readonly IMPORT_TOKEN?: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const DB = d1(env.DOSQL);
    try {
      return await route(request, DB, env.IMPORT_TOKEN);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return Response.json({ error: message }, { status: 400 });
    }
  },
};

async function route(request: Request, DB: D1Database, token?: string): Promise<Response> {
  const url = new URL(request.url);
  const parts = url.pathname.slice(1).split("/").map(decodeURIComponent);
  const [first = "", second = "", third = ""] = parts;
  const search = url.searchParams.get("search") ?? "";
  switch (`${request.method} /${first}`) {
    case "GET /":
      return new Response(HELP);
    case "POST /import":
      if (token === undefined || request.headers.get("authorization") !== `Bearer ${token}`) {
        return Response.json({ error: "not allowed to import" }, { status: 403 });
      }
      return Response.json(await importScript(DB, await request.text()));
    case "GET /tables":
      return Response.json(await listTables(DB));
    case "GET /dump":
      return Response.json(await dumpTable(DB, second));
    case "GET /artists":
      if (third === "albums") return Response.json(await albumsOf(DB, Number(second)));
      return Response.json(await searchArtists(DB, search));
    case "GET /tracks":
      return Response.json(await searchTracks(DB, search));
    default:
      return Response.json({ error: "no such page" }, { status: 404 });
  }
}
