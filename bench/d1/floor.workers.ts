/*
 * A backend of D1 bindings with nothing behind it but an object that answers a constant: what the
 * way to any backend costs that keeps its databases in Durable Objects.
 */
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

const META = {
  served_by: "nothing",
  duration: 0,
  changes: 0,
  last_row_id: 0,
  changed_db: false,
  size_after: 0,
  rows_read: 1,
  rows_written: 0,
};
const COLUMNS = ["id", "name", "price", "stock"];
const ROWS = [[1, "item number 1", 1.5, 1]];
const TEXT = JSON.stringify([
  { success: true, meta: META, results: { columns: COLUMNS, rows: ROWS } },
]);
const HEADERS = {
  "content-type": "application/json",
  "x-cf-d1-session-commit-token": "0000-0000",
};

interface Env {
  readonly OBJECT: DurableObjectNamespace<Nothing>;
}

export class Nothing extends DurableObject {
  async ask(): Promise<string> {
    return TEXT;
  }
}

export class DoSQLD1 extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    await request.text();
    return new Response(await this.#ask(), { headers: HEADERS });
  }

  async query(): Promise<unknown> {
    await this.#ask();
    const queryResults = [{ meta: META, data: { kind: "raw", columns: COLUMNS, rows: ROWS } }];
    return { success: true, results: { queryResults, bookmark: "0000-0000" } };
  }

  #ask(): Promise<string> {
    const { OBJECT } = this.env;
    return OBJECT.get(OBJECT.idFromName("nothing")).ask();
  }
}

export default { fetch: (): Response => new Response("nothing here", { status: 404 }) };
