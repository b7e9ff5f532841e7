/*
 * The contract over the D1 REST API, of a server on Node and of a Worker in workerd: `POST …/raw`
 * and `POST …/query` answer what the face at home answers. What D1's binding does by itself (its
 * members, its throws) is the face's here too, so that the API is asked for all that a D1 client
 * can want of it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bookmark } from "../../src/base/bookmark.ts";
import type { Row } from "../../src/base/value.ts";
import { D1Database } from "../../src/compat/d1/database.ts";
import { d1Error } from "../../src/compat/d1/errors.ts";
import type { Answer, D1Query } from "../../src/compat/d1/runner.ts";
import { Runner } from "../../src/compat/d1/runner.ts";
import { splitQuery } from "../../src/compat/d1/split.ts";
import type { ResultSet } from "../../src/engine/session/result-set.ts";
import type { Database } from "../../src/engine/session/session.ts";
import { serve } from "../../src/entry/server.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { Answers, Case } from "./contract.ts";
import { answer } from "./contract.ts";
import type { AllAnswers } from "./drivers.ts";
import { answersInWorkerd, answersOnNode } from "./drivers.ts";
import { startRestWorker } from "./rest-worker.ts";
import { bundle, startWorkerd } from "./workerd.ts";

type Route = "raw" | "query";
type Ask = (page: string, body: unknown) => Promise<any>;

/** A D1 face whose queries go to the API. */
class RestRunner extends Runner {
  readonly #ask: Ask;
  readonly #page: string;

  constructor(ask: Ask, database: string, route: Route) {
    super(undefined as unknown as Database);
    this.#ask = ask;
    this.#page = `/${database}/${route}`;
  }

  override async run(
    queries: readonly D1Query[],
    prefix = "D1_ERROR",
    context = "",
  ): Promise<Answer> {
    const batch = queries.map(({ statement, params }) => {
      return { sql: `${statement}`, params: params?.map(toJson) };
    });
    const body = batch.length === 1 ? batch[0] : { batch };
    const { success, errors, result } = await this.#ask(this.#page, body);
    if (!success) throw d1Error(prefix, context + errors[0].message);
    const each = (result as any[]).map(toResultSet);
    // The API answers for each statement, the binding for each text.
    const results = batch.map(({ sql }) => {
      const own = each.splice(0, saysNothing(sql) ? 0 : splitQuery(sql, []).length);
      const changes = own.reduce((sum, set) => sum + set.changes, 0);
      const last = own.at(-1);
      return last === undefined ? [] : [{ ...last, changes }];
    });
    expect(each).toEqual([]);
    return { results: results.flat(), seen: "" as Bookmark };
  }
}

/** The binding keeps elements of any array; the API takes bytes. */
function toJson(value: unknown): unknown {
  return Array.isArray(value) ? Array.from(Uint8Array.from(value)) : value;
}

/** Texts without a statement have no result. */
function saysNothing(sql: string): boolean {
  return sql.replace(/^\s+--.*/gm, "").trim() === "";
}

function toResultSet({ meta, results }: any): ResultSet {
  const objects = Array.isArray(results) ? results : null;
  const names: string[] = objects === null ? results.columns : Object.keys(objects[0] ?? {});
  return {
    columns: names.map((name) => ({ name, table: null, column: null, declaredType: null })),
    rows: (objects === null ? results.rows : objects.map(Object.values)) as Row[],
    changes: meta.changes,
    lastRowid: BigInt(meta.last_row_id),
    command: meta.changed_db ? "CREATE" : "SELECT",
    rowsRead: meta.rows_read,
    rowsWritten: meta.rows_written,
    sizeBytes: meta.size_after,
    durationMs: meta.duration,
  };
}

const SESSION =
  "each request is a session of its own, which has changed nothing yet: changes() and " +
  "last_insert_rowid() are 0";
const NO_BOOKMARK = "D1's API tells no position with the results of a query";

/** Cases, or single labels of a case, that the API cannot answer as a binding does. */
const APART: Readonly<Record<string, string>> = {
  sessions: NO_BOOKMARK,
  "sessions: a bookmark after a read": NO_BOOKMARK,
};

/** In an object, as in D1, all share what was changed last. */
const APART_ON_NODE: Readonly<Record<string, string>> = {
  "meta: triggers and foreign keys": SESSION,
  "last_insert_rowid()": SESSION,
  "changes()": SESSION,
  "meta of counts asked in SQL": SESSION,
  "meta of errors leaves none": SESSION,
};

/** Answers that tell of the file, and rows that nobody asks for as objects. */
const OF_THE_FILE = /database_list|page_count|dbstat/;

function comparable(answers: Answers | undefined): unknown {
  const kept = Object.entries(answers ?? {}).filter(([label]) => !OF_THE_FILE.test(label));
  const text = JSON.stringify(kept, (_, value: unknown) => {
    // Of a read it is the session's last one, and a request has none.
    return Array.isArray(value) && value[0] === "last_row_id" ? ["last_row_id"] : value;
  });
  return JSON.parse(text);
}

/** Rows as objects cannot tell columns of the same name, nor columns of no rows. */
const AS_OBJECTS = /^(sql: (?!joins)|values)/;

const ASKED: Readonly<Record<Route, readonly Case[]>> = {
  raw: ALL_CASES,
  query: ALL_CASES.filter(({ name }) => AS_OBJECTS.test(name)),
};

/** Where the API is served. */
interface Home {
  readonly name: string;
  /** What it is compared with: the face in the same home. */
  readonly local: () => Promise<AllAnswers>;
  readonly start: () => Promise<Api>;
  /** As `APART`, here only. */
  readonly apart: Readonly<Record<string, string>>;
}

interface Api {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

const data = mkdtempSync(path.join(tmpdir(), "dosql-d1-rest-"));
afterAll(() => rmSync(data, { recursive: true }));

async function startOnNode(): Promise<Api> {
  const folder = mkdtempSync(path.join(data, "server-"));
  const server = await serve({ data: folder, httpPort: 0, pgPort: 0 });
  const url = `${server.httpUrl.replace(/\/$/, "")}/client/v4`;
  return { url, token: server.token, stop: () => server.close() };
}

async function answersOfObject(): Promise<AllAnswers> {
  const script = await bundle(new URL("contract-worker.workers.ts", import.meta.url));
  const workerd = await startWorkerd(script, 0);
  try {
    return await answersInWorkerd(workerd, "durable-object");
  } finally {
    await workerd.stop();
  }
}

/** Asked once for all routes. */
function once<T>(body: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= body());
}

const HOMES: readonly Home[] = [
  {
    name: "Node",
    local: once(() => answersOnNode(data)),
    start: startOnNode,
    apart: APART_ON_NODE,
  },
  { name: "a Worker", local: once(answersOfObject), start: () => startRestWorker(), apart: {} },
];

const WIRINGS = HOMES.flatMap((home) =>
  (["raw", "query"] as const).map((route) => [home.name, route, home] as const),
);

describe.each(WIRINGS)("the D1 REST API of %s, POST …/%s, answers as the face", (...wiring) => {
  const [, route, home] = wiring;
  const remote: AllAnswers = {};
  let local: AllAnswers;
  let api: Api;
  const ask: Ask = async (page, body) => {
    const response = await fetch(`${api.url}/accounts/acme/d1/database${page}`, {
      method: "POST",
      headers: { authorization: `Bearer ${api.token}` },
      body: JSON.stringify(body),
    });
    return response.json();
  };

  beforeAll(async () => {
    api = await home.start();
    local = await home.local();
    for (const [i, theCase] of ASKED[route].entries()) {
      const name = `${route}-${i}`;
      await ask("", { name });
      const db = new D1Database(undefined as never, {}, () => new RestRunner(ask, name, route));
      const answers = await answer(theCase, db);
      remote[theCase.name] = JSON.parse(JSON.stringify(answers)) as Answers;
    }
  }, 120_000);

  afterAll(() => api.stop());

  it.each(ASKED[route].map(({ name }) => name))("%s", (name) => {
    const [ours, wanted] = [comparable(remote[name]), comparable(local[name])];
    if (name in APART || name in home.apart) expect(ours, "no longer apart").not.toEqual(wanted);
    else expect(ours).toEqual(wanted);
  });

  it("tells the row that an INSERT made", async () => {
    await ask("", { name: "rows" });
    const sql = "CREATE TABLE t (v); INSERT INTO t VALUES (1), (2)";
    const { result } = await ask("/rows/query", { sql });
    expect(result).toMatchObject([
      { meta: { changes: 0, changed_db: true } },
      { meta: { changes: 2, last_row_id: 2, changed_db: true } },
    ]);
  });

  it("takes values of 2 MB however JSON writes them, and says what is too long", async () => {
    await ask("", { name: "long" });
    await ask("/long/query", { sql: "CREATE TABLE t (v)" });
    const sql = "INSERT INTO t VALUES (?1) RETURNING length(v) AS n";
    // Six characters for each byte, and up to four.
    const values = ["\u0001".repeat(1_990_000), Array.from({ length: 1_990_000 }, () => 255)];
    for (const value of values) {
      const { result } = await ask("/long/query", { sql, params: [value] });
      expect(result?.[0]?.results).toEqual([{ n: 1_990_000 }]);
    }
    const large = { sql, params: ["x".repeat(17 * 1024 * 1024)] };
    expect(await ask("/long/query", large)).toEqual({
      result: null,
      success: false,
      errors: [{ code: 7400, message: expect.stringContaining("longer than 16 MiB") }],
      messages: [],
    });
    expect((await ask("/long/query", { sql: "SELECT 1 AS n" })).success).toBe(true);
  });
});
