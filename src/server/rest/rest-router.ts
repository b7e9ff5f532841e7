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
import { bodyTooLarge, failureOf, noRoute, unauthenticated } from "./envelope.ts";
import { exportScript, sendDownload } from "./export-route.ts";
import { importScript, receiveUpload } from "./import-route.ts";
import { answerGraphql } from "./insights-route.ts";
import { runQuery } from "./query-route.ts";
import { boundedText, forgetBody, piecesOf } from "./rest-body.ts";
import type { Access, RestHost } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { isSigned } from "./signed-path.ts";
import { restoreDatabase, tellBookmark } from "./time-travel-route.ts";

/** Where Cloudflare's own API begins, and ours with it. */
export const REST_PREFIX = "/client/v4";

const DATABASE_PATH = /^\/accounts\/([^/]+)\/d1\/database(?:\/(.*))?$/;
const ALL: Access = { databases: null, readOnly: false };

type Route = (request: RestRequest) => Promise<Response>;

/** What is asked, by method and by the rest of the path; `:id` is a name or an id. */
const ROUTES: Readonly<Record<string, Route>> = {
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

/** Whether a request is the API's, which reads bodies itself, piece by piece and within limits. */
export function isRestPath(path: string): boolean {
  return path.startsWith(`${REST_PREFIX}/`);
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
    body: {},
  };
  const transfer = await transferOf(asked, request, path);
  if (transfer !== null) return transfer;
  const access = await accessOf(host, request);
  const run = routeOf(request.method, path, account, parts);
  if (access === null || run === null) {
    await forgetBody(request, host.clock);
    return access === null ? unauthenticated() : noRoute(path);
  }
  const text = await boundedText(request);
  if (text === null) return bodyTooLarge();
  return run({ ...asked, access, body: bodyOf(text) });
}

function routeOf(
  method: string,
  path: string,
  account: string,
  parts: readonly string[],
): Route | null {
  if (path === "/graphql" && method === "POST") return answerGraphql;
  if (account === "") return null;
  const [, ...action] = parts;
  const pattern = parts.length === 0 ? "" : [":id", ...action].join("/");
  return ROUTES[`${method} ${pattern}`] ?? null;
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
  if (!(await isSigned(asked.host, path, asked.query))) {
    await forgetBody(request, asked.host.clock);
    return unauthenticated();
  }
  const allowed = { ...asked, access: ALL };
  if (!upload) return sendDownload(allowed, script);
  const range = request.headers.get("content-range");
  return receiveUpload(allowed, script, { body: piecesOf(request), range });
}

async function accessOf(host: RestHost, request: Request): Promise<Access | null> {
  const token = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token === undefined ? null : host.authorise(token);
}

/** @throws DosqlError `invalid-argument` */
function bodyOf(text: string): Record<string, unknown> {
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
