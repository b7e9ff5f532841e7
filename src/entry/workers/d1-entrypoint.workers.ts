import { WorkerEntrypoint } from "cloudflare:workers";
import { d1Message } from "../../compat/d1/failure.ts";
import type { RawRows, WireQuery } from "../../compat/d1/wires.ts";
import { LruMap } from "../../engine/text/lru-map.ts";
import type { ConnectNamed, D1Answer } from "../../rpc/named-shard.ts";
import { BARE } from "../../rpc/named-shard.ts";
import { MAIN_DATABASE } from "../../server/directory/database-name.ts";
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

/** An address of the wire over HTTP. Objects of URLs take longer to make than a query to run. */
const ASKED = /^\w+:\/\/[^/?]*\/(?:query|execute)(?:\?(?:.*&)?resultsFormat=(\w+).*|\?.*)?$/;

/** How the runtime's D1 binding and its backend tell each other of positions. */
const BOOKMARK_HEADER = "x-cf-d1-session-commit-token";

/**
 * The backend of a D1 binding: the runtime's own `D1Database` works over a service binding to
 * this class, by whichever of its two wires it speaks.
 *
 * @example
 * export { DoSQLD1, DoSQLShard } from "dosql/worker";
 */
export class DoSQLD1 extends WorkerEntrypoint<DirectoryEnv, DoSQLD1Props> {
  /** An entrypoint is made for every call; the ways to objects need not be. */
  static readonly #known = new WeakMap<DirectoryEnv, LruMap<string, ConnectNamed>>();

  /** The wire over HTTP: `POST /query` and `/execute`. */
  override async fetch(request: Request): Promise<Response> {
    const asked = request.method === "POST" ? ASKED.exec(request.url) : null;
    if (asked === null) {
      return Response.json({ success: false, error: "Not found" }, { status: 404 });
    }
    const answer = await this.#ask(await request.text(), asked[1] ?? "");
    if ("failed" in answer) return Response.json({ success: false, error: answer.failed });
    const headers = { "content-type": "application/json", [BOOKMARK_HEADER]: answer.bookmark };
    return new Response(answer.text, { headers });
  }

  /** The wire over RPC. */
  async query(request: D1QueryRequest): Promise<LegacyReply | CurrentReply> {
    const legacy = this.ctx.props?.envelope !== "current";
    const answer = await this.#ask(request.queries, "ROWS_AND_COLUMNS");
    if ("failed" in answer) {
      const error = new Error(answer.failed);
      if (!legacy) throw error;
      return { success: false, error };
    }
    const found = JSON.parse(answer.text) as { meta: unknown; results: RawRows }[];
    const results = found.map(({ meta, results: { columns, rows } }): D1QueryResult => {
      return { meta, data: { kind: "raw", columns, rows } };
    });
    const { bookmark } = answer;
    if (!legacy) return { results, bookmark };
    return { success: true, results: { queryResults: results, bookmark } };
  }

  /** The object answers in D1's own form: what is between would only be made and taken apart. */
  async #ask(asked: string | readonly WireQuery[], format: string): Promise<D1Answer> {
    try {
      const service = (this.#ways.get(this.#name) ?? (await this.#findWay()))();
      return await service.d1Named(this.#expected, asked, format);
    } catch (error) {
      return { failed: d1Message(error, undefined) };
    }
  }

  get #name(): string {
    return this.ctx.props?.database ?? MAIN_DATABASE;
  }

  get #expected(): typeof BARE | null {
    return this.#name === MAIN_DATABASE ? BARE : null;
  }

  async #findWay(): Promise<ConnectNamed> {
    const directory = new WorkersDirectory(this.env);
    const way = directory.serviceOf(await directory.objectOf(this.#name));
    this.#ways.set(this.#name, way);
    return way;
  }

  /** Of names to the services of their objects. */
  get #ways(): LruMap<string, ConnectNamed> {
    const known = DoSQLD1.#known.get(this.env) ?? new LruMap<string, ConnectNamed>(MOST_NAMES);
    DoSQLD1.#known.set(this.env, known);
    return known;
  }
}

/** Names whose objects an isolate remembers: the hash of one takes longer than a query. */
const MOST_NAMES = 1000;
