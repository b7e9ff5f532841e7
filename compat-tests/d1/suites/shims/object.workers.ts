/* The Worker that the suites run in. */
export { DoSQLShard } from "../../../../src/entry/worker.ts";

export default {
  fetch: (): Response => new Response("tests only", { status: 404 }),
};
