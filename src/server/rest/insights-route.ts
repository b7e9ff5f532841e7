/*
 * The two questions that `wrangler d1 info` and `wrangler d1 insights` ask in GraphQL. This is no
 * GraphQL: they are told apart by the field they ask for, and anything else is refused by name.
 */
import type { TextInsight } from "../../engine/counts/query-insights.ts";
import { json } from "./envelope.ts";
import type { RestRequest } from "./rest-request.ts";
import { withDatabase } from "./rest-request.ts";

const DAY_MS = 86_400_000;

/** `POST /graphql`. */
export async function answerGraphql(request: RestRequest): Promise<Response> {
  const { query, variables } = request.body;
  const text = typeof query === "string" ? query : "";
  const { account, databaseId, sinceMs } = filterOf(variables, request.host.clock.nowMs());
  const asked = { ...request, account, path: [databaseId] };
  const texts = await withDatabase(asked, (database) => database.insights(sinceMs));
  if (/\bd1AnalyticsAdaptiveGroups\b/.test(text)) {
    return answered({ d1AnalyticsAdaptiveGroups: texts.map(overviewOf) });
  }
  if (/\bd1QueriesAdaptiveGroups\b/.test(text)) {
    return answered({ d1QueriesAdaptiveGroups: ordered(byText(texts), text).map(groupOf) });
  }
  const message = "only d1AnalyticsAdaptiveGroups and d1QueriesAdaptiveGroups can be asked for";
  return json(200, { data: null, errors: [{ message }] });
}

function answered(account: object): Response {
  return json(200, { data: { viewer: { accounts: [account] } }, errors: null });
}

interface Filter {
  readonly account: string;
  readonly databaseId: string;
  readonly sinceMs: number;
}

interface Variables {
  readonly accountTag?: unknown;
  readonly filter?: { readonly AND?: readonly Record<string, unknown>[] };
}

function filterOf(variables: unknown, nowMs: number): Filter {
  const { accountTag, filter } = (variables ?? {}) as Variables;
  const { databaseId, datetimeHour_geq: since } = filter?.AND?.[0] ?? {};
  const sinceMs = typeof since === "string" ? Date.parse(since) : Number.NaN;
  return {
    account: textOf(accountTag),
    databaseId: textOf(databaseId),
    sinceMs: Number.isNaN(sinceMs) ? nowMs - DAY_MS : sinceMs,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function overviewOf(text: TextInsight): object {
  const { count, rowsRead, rowsWritten, hourMs } = text;
  const wrote = rowsWritten > 0;
  return {
    sum: {
      readQueries: wrote ? 0 : count,
      writeQueries: wrote ? count : 0,
      rowsRead,
      rowsWritten,
    },
    dimensions: { datetimeHour: new Date(hourMs).toISOString() },
  };
}

/** The hours together. */
function byText(texts: readonly TextInsight[]): TextInsight[] {
  const sums = new Map<string, TextInsight>();
  for (const text of texts) {
    const sum = sums.get(text.query);
    sums.set(text.query, sum === undefined ? text : added(sum, text));
  }
  return [...sums.values()];
}

function added(one: TextInsight, two: TextInsight): TextInsight {
  return {
    ...one,
    count: one.count + two.count,
    durationMs: one.durationMs + two.durationMs,
    rowsRead: one.rowsRead + two.rowsRead,
    rowsWritten: one.rowsWritten + two.rowsWritten,
    rowsReturned: one.rowsReturned + two.rowsReturned,
  };
}

function groupOf(text: TextInsight): object {
  const { query, count, durationMs, rowsRead, rowsWritten, rowsReturned } = text;
  const sum = { queryDurationMs: durationMs, rowsRead, rowsWritten, rowsReturned };
  const avg = Object.fromEntries(Object.entries(sum).map(([name, of]) => [name, of / count]));
  return { sum, avg, count, dimensions: { query } };
}

const ORDERS: Readonly<Record<string, keyof TextInsight>> = {
  queryDurationMs: "durationMs",
  rowsRead: "rowsRead",
  rowsWritten: "rowsWritten",
  count: "count",
};

function ordered(texts: readonly TextInsight[], query: string): TextInsight[] {
  const limit = Number(/\blimit:\s*(\d+)/.exec(query)?.[1] ?? texts.length);
  const order = /\borderBy:\s*\[(?:(sum|avg)_)?(\w+?)_(ASC|DESC)\]/.exec(query);
  const by = ORDERS[order?.[2] ?? ""] ?? "durationMs";
  const weight = (text: TextInsight): number =>
    order?.[1] === "avg" ? Number(text[by]) / text.count : Number(text[by]);
  const sign = order?.[3] === "ASC" ? 1 : -1;
  return [...texts].sort((a, b) => sign * (weight(a) - weight(b))).slice(0, limit);
}
