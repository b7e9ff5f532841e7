import type { Bookmark } from "../base/bookmark.ts";
import type { Awaitable } from "../base/value.ts";
import type { WireQuery } from "../compat/d1/wires.ts";
import { D1Backend } from "../compat/d1/wires.ts";
import { toParameter } from "../compat/d1/values.ts";
import type { TextInsight } from "../engine/counts/query-insights.ts";
import type { Database } from "../engine/session/session.ts";
import type { OpenDatabase, RestQuery } from "../server/rest/rest-host.ts";
import type { Transfer } from "../server/transfer/transfer.ts";

/** Puts a database back to a position; answers with the positions before and after. */
export type RestoreDatabase = (
  bookmark: string,
) => Promise<{ readonly before: Bookmark; readonly now: Bookmark }>;

/** What a home has of a database that the REST API opens. */
export interface RestDatabaseParts {
  readonly database: Database;
  readonly transfer: Transfer;
  readonly restore: RestoreDatabase;
  insights(sinceMs: number): Awaitable<readonly TextInsight[]>;
  close(): Promise<void>;
}

/** Without SQLite's own, and those of the runtime and of Miniflare. */
const COUNT_TABLES =
  "SELECT count(*) FROM sqlite_master WHERE type = 'table' " +
  "AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_' " +
  "AND substr(name, 1, 12) <> '__miniflare_'";

/** A database for the REST API, with D1's manners. */
export function restDatabase(parts: RestDatabaseParts): OpenDatabase {
  const { database, transfer } = parts;
  const backend = new D1Backend(database, "statement");
  return {
    transfer,
    async query(queries, rows) {
      return (await backend.run(queries.map(toWireQuery), rows)).results;
    },
    async state() {
      const session = database.session({ integers: "number", reportSize: true });
      const { rows, sizeBytes = 0 } = await session.execute(COUNT_TABLES, []);
      return { sizeBytes, tables: Number(rows[0]?.[0] ?? 0), bookmark: session.seen };
    },
    async insights(sinceMs) {
      const found = await parts.insights(sinceMs);
      // What `wrangler d1 info` makes us ask is no query of the user's.
      return found.filter(({ query }) => query !== COUNT_TABLES);
    },
    restore: parts.restore,
    close: () => parts.close(),
  };
}

function toWireQuery({ sql, params }: RestQuery): WireQuery {
  return params === undefined
    ? { sql }
    : { sql, params: params.map((value) => toParameter(value)) };
}
