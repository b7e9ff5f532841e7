import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { HttpAsk, HttpFetch, HttpReply } from "../../ports/http-fetch.ts";
import { inPieces } from "../transfer/even-pieces.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SqlClient, SqlReply } from "../../ports/sql-client.ts";

/** A database behind the D1 REST API: Cloudflare's, or that of a DoSQL server. */
export interface RestPlace {
  /** The API, as in `https://api.cloudflare.com/client/v4`. */
  readonly base: string;
  readonly account: string;
  /** Its id; DoSQL takes a name too. */
  readonly database: string;
  readonly token: string;
  /** For messages. */
  readonly label: string;
}

/** What it takes to reach one. */
export interface RestMeans {
  readonly fetch: HttpFetch;
  readonly clock: Clock;
}

/** What an API under load answers; reads are asked again. */
const TRANSIENT: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const ATTEMPTS = 4;
const PAUSE_MS = 1_000;
/** D1 refuses them. Whoever copies a D1 finds what every new database has. */
const UNANSWERED = /^PRAGMA (user_version|application_id)$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Envelope {
  readonly success: boolean;
  readonly errors?: readonly { readonly message?: string }[];
  readonly result?: unknown;
}

/**
 * The id of a database, which Cloudflare's API wants; an id is its own.
 *
 * @throws DosqlError `not-found`
 */
export async function databaseIdBy(means: RestMeans, place: RestPlace): Promise<string> {
  const { database } = place;
  if (UUID.test(database)) return database;
  const listed = await asked(means, { ...place, database: "" }, `?name=${encode(database)}`);
  const entries = Array.isArray(listed) ? (listed as { uuid?: unknown; name?: unknown }[]) : [];
  const found = entries.find(({ name }) => name === database)?.uuid;
  if (typeof found === "string") return found;
  throw new DosqlError("not-found", `there is no D1 database ${database} in this account`);
}

/**
 * A conversation with such a database, for who only reads: each statement stands alone, so a copy
 * may see changes that come while it is made. Values are what JSON makes of them.
 */
export function restClient(means: RestMeans, place: RestPlace): SqlClient {
  const nothing = async (): Promise<void> => undefined;
  return {
    label: place.label,
    errorEndsTransaction: false,
    inTransaction: false,
    async run(sql) {
      const [, lacking] = UNANSWERED.exec(sql) ?? [];
      if (lacking !== undefined) return reply([lacking], [[0n]], "PRAGMA");
      const [first] = (await asked(means, place, "/raw", { sql })) as readonly RawResult[];
      const { columns = [], rows = [] } = first?.results ?? {};
      return reply(columns, rows as Row[], /^\w+/.exec(sql)?.[0] ?? "");
    },
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    cancel() {},
    close: nothing,
  };
}

interface RawResult {
  readonly results?: { readonly columns?: readonly string[]; readonly rows?: readonly unknown[] };
}

function reply(columns: readonly string[], rows: Row[], command: string): SqlReply {
  return { columns, rows, changes: 0, command: command.toUpperCase(), durationMs: 0 };
}

/**
 * Runs a script in the database of a DoSQL server: all of it or nothing.
 *
 * @throws DosqlError of what failed
 */
export async function importByRest(
  means: RestMeans,
  place: RestPlace,
  script: AsyncIterable<Uint8Array>,
): Promise<void> {
  const ask = (body: object, attempts = 1): Promise<unknown> =>
    asked(means, place, "/import", body, attempts);
  const offer = (await ask({ action: "init" })) as { upload_url: string; filename: string };
  const put = async (body: Uint8Array, headers: Readonly<Record<string, string>>) => {
    const sent = await means.fetch(offer.upload_url, { method: "PUT", headers, body: once(body) });
    if (sent.status !== 200) throw refusal(place, sent);
  };
  let at = 0;
  let held: Uint8Array = new Uint8Array(0);
  for await (const part of inPieces(script, PART_BYTES)) {
    if (held.length > 0) {
      await put(held, rangeOf(at, held, "*"));
      at += held.length;
    }
    held = part;
  }
  await put(held, at === 0 ? {} : rangeOf(at, held, String(at + held.length)));
  let step = (await ask({ action: "ingest", filename: offer.filename })) as ImportAnswer;
  while (step.success && step.status === "active") {
    const poll = { action: "poll", current_bookmark: step.at_bookmark };
    // It goes on whether or not one answer was lost.
    step = (await ask(poll, ATTEMPTS)) as ImportAnswer;
  }
  if (!step.success) throw new DosqlError("sqlite", step.error ?? "the import failed");
}

/** Cloudflare takes a request of 100 MB at most, on its smaller plans. */
const PART_BYTES = 16 * 1024 * 1024;

function rangeOf(at: number, part: Uint8Array, length: string): Record<string, string> {
  return { "content-range": `bytes ${at}-${at + part.length - 1}/${length}` };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

interface ImportAnswer {
  readonly success: boolean;
  readonly status?: string;
  readonly at_bookmark?: string;
  readonly error?: string;
}

async function asked(
  { fetch, clock }: RestMeans,
  place: RestPlace,
  page: string,
  body?: object,
  attempts: number = ATTEMPTS,
): Promise<unknown> {
  const { base, account, database, token } = place;
  const path = database === "" ? "" : `/${encode(database)}`;
  const url = `${base}/accounts/${encode(account)}/d1/database${path}${page}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask: HttpAsk =
    body === undefined
      ? { method: "GET", headers }
      : { method: "POST", headers, body: JSON.stringify(body) };
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, ask);
    if (!TRANSIENT.has(answer.status) || attempt >= attempts) return resultOf(place, answer);
    await new Promise<void>((resolve) => {
      clock.after(PAUSE_MS * attempt, resolve);
    });
  }
}

function resultOf(place: RestPlace, answer: HttpReply): unknown {
  const said = parsed(answer.body);
  if (said?.success === true) return said.result;
  throw refusal(place, answer);
}

function refusal({ label }: RestPlace, { status, body }: HttpReply): DosqlError {
  const message = parsed(body)?.errors?.[0]?.message;
  const text = message ?? `it answered ${status}, and not in the words of D1's API`;
  if (status === 401 || status === 403)
    return new DosqlError("authentication", `${label}: ${text}`);
  if (status === 404) return new DosqlError("not-found", `${label}: ${text}`);
  return new DosqlError(message === undefined ? "protocol" : "sqlite", `${label}: ${text}`);
}

function parsed(body: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Envelope) : null;
  } catch {
    return null;
  }
}

function encode(part: string): string {
  return encodeURIComponent(part);
}
