import { DosqlError } from "../../base/errors.ts";
import { routePragma } from "../../engine/text/pragma-policy.ts";
import { classify } from "../../sql/read/classify.ts";
import { splitScript } from "../../sql/script/split.ts";
import { succeeded } from "./envelope.ts";
import type { RestQuery } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { withDatabase } from "./rest-request.ts";

/** `POST /d1/database/:id/query` and `/raw`: rows as objects, or as arrays with their columns. */
export async function runQuery(
  request: RestRequest,
  rows: "ARRAY_OF_OBJECTS" | "ROWS_AND_COLUMNS",
): Promise<Response> {
  const queries = queriesOf(request.body);
  if (request.access.readOnly) for (const { sql } of queries) requireReading(sql);
  return withDatabase(request, async (database) => succeeded(await database.query(queries, rows)));
}

function queriesOf(body: Readonly<Record<string, unknown>>): RestQuery[] {
  const { batch } = body;
  if (batch === undefined) return [queryOf(body)];
  if (!Array.isArray(batch)) throw new DosqlError("invalid-argument", "batch is a list");
  return batch.map(queryOf);
}

function queryOf(value: unknown): RestQuery {
  const { sql, params } = (value ?? {}) as Record<string, unknown>;
  if (typeof sql !== "string") throw new DosqlError("invalid-argument", "sql is a text");
  if (params === undefined || params === null) return { sql };
  if (!Array.isArray(params)) throw new DosqlError("invalid-argument", "params is a list");
  return { sql, params };
}

/** @throws DosqlError `permission` for what may change something, `unsupported` for some PRAGMAs */
function requireReading(sql: string): void {
  for (const { text } of splitScript(sql)) {
    const { kind, command, pragma } = classify(text);
    if (kind === "read" || (pragma !== undefined && routePragma(pragma) === "read")) continue;
    throw new DosqlError("permission", `this token may only read, and ${command} may change data`);
  }
}
