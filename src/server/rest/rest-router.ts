/*
 * The part of Cloudflare's API that `wrangler d1` speaks, at any base address, in both homes.
 */
import { DosqlError } from "../../base/errors.ts";
import {
  createDatabase,
  deleteDatabase,
  describeDatabase,
  listDatabases,
} from "./databases-route.ts";
import { failureOf, noRoute, unauthenticated } from "./envelope.ts";
import { exportScript, sendDownload } from "./export-route.ts";
import { importScript, receiveUpload } from "./import-route.ts";
import { answerGraphql } from "./insights-route.ts";
import { runQuery } from "./query-route.ts";
import type { Access, RestHost } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { isSigned } from "./signed-path.ts";
import { restoreDatabase, tellBookmark } from "./time-travel-route.ts";

/** Where Cloudflare's own API begins, and ours with it. */
export const REST_PREFIX = "/client/v4";

const DATABASE_PATH = /^\/accounts\/([^/]+)\/d1\/database(?:\/(.*))?$/;
const ALL: Access = { databases: null, readOnly: false };

/** What is asked, by method and by the rest of the path; `:id` is a name or an id. */
const ROUTES: Readonly<Record<string, (request: RestRequest) => Promise<Response>>> = {
  "GET ": listDatabases,
  "POST ": createDatabase,
  "GET :id": describeDatabase,
  "DELETE :id": deleteDatabase,
  "POST :id/query": (request) => runQuery(request, "ARRAY_OF_OBJECTS"),
  "POST :id/raw": (request) => runQuery(request, "ROWS_AND_COLUMNS"),
  "POST :id/import": importScript,
  "POST :id/export": exportScript,
  "GET :id/time_travel/bookmark": tellBookmark,
  "POST :id/time_travel/restore": restoreDatabase,
};

/** Whether the body of a request may be of any size, and is to be read piece by piece. */
export function isUpload(method: string, path: string): boolean {
  return method === "PUT" && path.startsWith(REST_PREFIX) && path.includes("/upload/");
}

/**
 * Answers a request to the API. Never throws.
 *
 * @param origin scheme and host by which the client reached us
 */
export async function answerRest(
  host: RestHost,
  request: Request,
  origin: string,
): Promise<Response> {
  try {
    return await route(host, request, origin);
  } catch (error) {
    return failureOf(error);
  }
}

async function route(host: RestHost, request: Request, origin: string): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice(REST_PREFIX.length);
  const [, account = "", rest = ""] = DATABASE_PATH.exec(path) ?? [];
  const parts = rest === "" ? [] : rest.split("/").map(decoded);
  const asked: Omit<RestRequest, "access"> = {
    host,
    account,
    method: request.method,
    path: parts,
    query: url.searchParams,
    base: `${origin}${REST_PREFIX}`,
    body: () => readBody(request),
  };
  const transfer = await transferOf(asked, request, path);
  if (transfer !== null) return transfer;
  const access = await accessOf(host, request);
  if (access === null) return unauthenticated();
  if (path === "/graphql" && request.method === "POST") {
    return answerGraphql({ ...asked, access });
  }
  if (account === "") return noRoute(path);
  const [, ...action] = parts;
  const pattern = parts.length === 0 ? "" : [":id", ...action].join("/");
  const run = ROUTES[`${request.method} ${pattern}`];
  return run === undefined ? noRoute(path) : run({ ...asked, access });
}

/** Uploads and downloads: who has their address needs no token. Null for everything else. */
async function transferOf(
  asked: Omit<RestRequest, "access">,
  request: Request,
  path: string,
): Promise<Response | null> {
  const [, direction, script = ""] = asked.path;
  const upload = direction === "upload" && request.method === "PUT";
  if (!upload && !(direction === "download" && request.method === "GET")) return null;
  const options = asked.query.get("options");
  const signed = options === null ? path : `${path}?options=${encodeURIComponent(options)}`;
  const signature = asked.query.get("signature") ?? "";
  if (!(await isSigned(asked.host, signed, script, signature))) return unauthenticated();
  const allowed = { ...asked, access: ALL };
  return upload ? receiveUpload(allowed, script, piecesOf(request)) : sendDownload(allowed, script);
}

async function accessOf(host: RestHost, request: Request): Promise<Access | null> {
  const token = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token === undefined ? null : host.authorise(token);
}

async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  let ended = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DosqlError("invalid-argument", "the body is not JSON");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new DosqlError("invalid-argument", "the body is no JSON object");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new DosqlError("invalid-argument", `${part} is no part of a URL`);
  }
}
