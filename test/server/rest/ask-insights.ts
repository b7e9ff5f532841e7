/** What `wrangler d1 insights` asks, and how often each text ran. */
export async function askInsights(
  ask: (body: string) => Promise<Response | null>,
  databaseId: string,
): Promise<Record<string, number>> {
  const atMs = Date.now();
  const [start, end] = [atMs - 86_400_000, atMs].map((ms) => new Date(ms).toISOString());
  const query = `query getD1QueriesOverviewQuery($accountTag: string, $filter: ZoneWorkersRequestsFilter_InputObject) {
    viewer { accounts(filter: {accountTag: $accountTag}) {
      d1QueriesAdaptiveGroups(limit: 100, filter: $filter, orderBy: [sum_queryDurationMs_DESC]) {
        sum { queryDurationMs rowsRead rowsWritten rowsReturned }
        avg { queryDurationMs rowsRead rowsWritten rowsReturned }
        count dimensions { query } } } } }`;
  const filter = { AND: [{ datetimeHour_geq: start, datetimeHour_leq: end, databaseId }] };
  const variables = { accountTag: "acme", filter };
  const response = await ask(JSON.stringify({ query, operationName: "", variables }));
  if (response === null) throw new Error("nobody answered");
  const { data } = (await response.json()) as { data: Answer };
  const [found] = data.viewer.accounts;
  const groups = found?.d1QueriesAdaptiveGroups ?? [];
  return Object.fromEntries(groups.map(({ count, dimensions }) => [dimensions.query, count]));
}

interface Answer {
  readonly viewer: {
    readonly accounts: readonly {
      readonly d1QueriesAdaptiveGroups: readonly {
        readonly count: number;
        readonly dimensions: { readonly query: string };
      }[];
    }[];
  };
}
