import { WorkerEntrypoint } from "cloudflare:workers";
import type { RowsFormat, WireQuery } from "../compat/d1/wires.ts";
import { D1Backend } from "../compat/d1/wires.ts";
import { MAIN_DATABASE } from "../server/directory/database-name.ts";
import type { DirectoryEnv } from "./workers-directory.workers.ts";
import { WorkersDirectory } from "./workers-directory.workers.ts";

/** What a service binding to `DoSQLD1` says of itself. */
export interface DoSQLD1Props {
  /** The name of the database. Default `main`. */
  readonly database?: string;
  /**
   * How `query` wraps its answers: as all released runtimes understand it (`legacy`, the
   * default), or as the newest ones prefer it (`current`).
   */
  readonly envelope?: "legacy" | "current";
}

/** What the runtime's D1 binding asks over RPC. */
export interface D1QueryRequest {
  readonly queries: readonly WireQuery[];
  readonly bookmark?: string;
}

/** One result of `query`. */
export interface D1QueryResult {
  readonly meta: unknown;
  readonly data: { readonly kind: "raw"; readonly columns: unknown; readonly rows: unknown };
}

interface CurrentReply {
  readonly results: readonly D1QueryResult[];
  readonly bookmark: string;
}

type LegacyReply =
  | {
      readonly success: true;
      readonly results: {
        readonly queryResults: readonly D1QueryResult[];
        readonly bookmark: string;
      };
    }
  | { readonly success: false; readonly error: Error };

/** How the runtime's D1 binding and its backend tell each other of positions. */
const BOOKMARK_HEADER = "x-cf-d1-session-commit-token";
const FORMATS: ReadonlySet<string> = new Set(["ARRAY_OF_OBJECTS", "ROWS_AND_COLUMNS", "NONE"]);

/**
 * The backend of a D1 binding: the runtime's own `D1Database` works over a service binding to
 * this class, by whichever of its two wires it speaks.
 *
 * @example
 * export { DoSQLD1, DoSQLShard } from "dosql/worker";
 */
export class DoSQLD1 extends WorkerEntrypoint<DirectoryEnv, DoSQLD1Props> {
  /** An entrypoint is made for every call; the key of names need not be. */
  static readonly #directories = new WeakMap<DirectoryEnv, WorkersDirectory>();

  /** The wire over HTTP: `POST /query` and `/execute`. */
  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method !== "POST" || (pathname !== "/query" && pathname !== "/execute")) {
      return Response.json({ success: false, error: "Not found" }, { status: 404 });
    }
    const asked = await request.json<WireQuery | WireQuery[]>();
    const format = searchParams.get("resultsFormat") ?? "";
    try {
      const backend = this.#backend();
      const { results, bookmark } = await backend.run(
        Array.isArray(asked) ? asked : [asked],
        (FORMATS.has(format) ? format : "ARRAY_OF_OBJECTS") as RowsFormat,
      );
      return Response.json(results, { headers: { [BOOKMARK_HEADER]: bookmark } });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return Response.json({ success: false, error: message });
    }
  }

  /** The wire over RPC. */
  async query(request: D1QueryRequest): Promise<LegacyReply | CurrentReply> {
    const legacy = this.ctx.props?.envelope !== "current";
    try {
      const backend = this.#backend();
      const answer = await backend.run(request.queries, "ROWS_AND_COLUMNS");
      const results = answer.results.map(({ meta, results: rows }): D1QueryResult => {
        const { columns, rows: cells } = rows as { columns: unknown; rows: unknown };
        return { meta, data: { kind: "raw", columns, rows: cells } };
      });
      const { bookmark } = answer;
      if (!legacy) return { results, bookmark };
      return { success: true, results: { queryResults: results, bookmark } };
    } catch (error) {
      const failure = new Error(error instanceof Error ? error.message : String(error));
      if (!legacy) throw failure;
      return { success: false, error: failure };
    }
  }

  #backend(): D1Backend {
    const name = this.ctx.props?.database ?? MAIN_DATABASE;
    const directories = DoSQLD1.#directories;
    const directory = directories.get(this.env) ?? new WorkersDirectory(this.env);
    directories.set(this.env, directory);
    return new D1Backend(directory.databaseOf(name), "text");
  }
}
