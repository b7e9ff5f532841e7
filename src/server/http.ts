import { DosqlError } from "../base/errors.ts";
import type { ErrorCode } from "../base/errors.ts";
import type { ChangeFeed } from "../engine/feed/change-feed.ts";
import type { Crypto } from "../ports/crypto.ts";
import { confirmSlot, createSlot, dropSlot, listSlots, streamChanges } from "./changes-routes.ts";
import { isTrustedHost } from "./http-host.ts";
import { REST_PREFIX } from "./rest/rest-router.ts";

/** What `/health` tells. */
export interface Health {
  readonly version: string;
  readonly uptimeMs: number;
  readonly formatVersion: number;
  readonly databases: readonly DatabaseHealth[];
  readonly sessions: number;
}

/** What `/health` tells of one database. */
export interface DatabaseHealth {
  readonly name: string;
  readonly sizeBytes: number;
  /** Which tables' changes are captured. */
  readonly capture: { readonly mode: "on" | "off"; readonly except: readonly string[] };
  /** The newest position of the change log. */
  readonly head: number;
  /** Replication slots. */
  readonly slots: number;
}

/** What the HTTP side needs of the server. */
export interface HttpService {
  readonly crypto: Crypto;
  /** The bearer token; compared in constant time. */
  readonly token: string;
  /** Host names, besides IP addresses and `localhost`, that clients may use. */
  readonly allowedHosts: readonly string[];
  /** Values of `Origin` from which a browser may call; none by default. */
  readonly allowedOrigins: readonly string[];
  /** Whether requests can be served now; false while starting and stopping. */
  ready(): boolean;
  health(): Health;
  /** The changes of the database. */
  readonly feed: ChangeFeed;
  /** Calls of `dosql/client`, which looks at tokens itself; absent where they are not served. */
  rpc?(request: Request): Promise<Response>;
  /** The D1 REST API, which has tokens of its own kinds too. */
  rest?(request: Request): Promise<Response>;
}

type Route = (service: HttpService, request: Request) => Response | Promise<Response>;

interface RouteEntry {
  readonly methods: readonly string[];
  /** Served without a token. */
  readonly open: boolean;
  readonly run: Route;
}

const READ_METHODS = ["GET", "HEAD"];

const ROUTES: ReadonlyMap<string, RouteEntry> = new Map<string, RouteEntry>([
  ["/livez", { methods: READ_METHODS, open: true, run: () => text(200, "ok\n") }],
  [
    "/readyz",
    {
      methods: READ_METHODS,
      open: true,
      run: (service) => (service.ready() ? text(200, "ready\n") : text(503, "not ready\n")),
    },
  ],
  [
    "/health",
    { methods: READ_METHODS, open: false, run: (service) => json(200, service.health()) },
  ],
  [
    "/v1/changes",
    {
      methods: ["GET"],
      open: false,
      run: ({ feed }, request) => streamChanges(feed, new URL(request.url)),
    },
  ],
  [
    "/rpc",
    {
      methods: ["POST"],
      open: true,
      run: (service, request) =>
        service.rpc?.(request) ?? problem(404, "not-found", "no such route"),
    },
  ],
  ["/v1/slots", { methods: ["GET", "HEAD", "POST", "DELETE"], open: false, run: runSlots }],
  [
    "/v1/slots/confirm",
    {
      methods: ["POST"],
      open: false,
      run: async ({ feed }, request) => json(200, await confirmSlot(feed, await request.text())),
    },
  ],
]);

async function runSlots({ feed }: HttpService, request: Request): Promise<Response> {
  switch (request.method) {
    case "POST":
      return json(201, await createSlot(feed, await request.text()));
    case "DELETE":
      return json(200, await dropSlot(feed, new URL(request.url)));
    default:
      return json(200, await listSlots(feed));
  }
}

/**
 * The HTTP side of a server as a fetch-style handler. Never throws: a failure is a JSON body
 * `{ "error": { "code", "message", "hint" } }`.
 *
 * Checked in this order: `Host` (a page that rebinds its DNS name to this machine sends its own
 * name), `Origin` (a page elsewhere), the token, the route, the method. An unknown path without
 * a token is 401, so that nobody learns which routes exist.
 */
export function httpHandler(service: HttpService): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return withBody(request, await route(service, request));
    } catch (error) {
      return failure(error);
    }
  };
}

/** Statuses of what a client did wrong; everything else is ours. */
const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  "invalid-argument": 400,
  "not-found": 404,
  misuse: 409,
  busy: 409,
  "history-gone": 410,
  unsupported: 501,
};

function failure(error: unknown): Response {
  if (!(error instanceof DosqlError)) return problem(500, "internal", "internal error");
  const { code, message, hint } = error;
  const status = STATUSES[code];
  if (status === undefined) return problem(500, "internal", message);
  return json(status, { error: { code, message, hint } });
}

async function route(service: HttpService, request: Request): Promise<Response> {
  const refused = refuseForeign(service, request);
  if (refused !== null) return refused;
  const { pathname } = new URL(request.url);
  if (service.rest !== undefined && pathname.startsWith(`${REST_PREFIX}/`)) {
    return service.rest(request);
  }
  const entry = ROUTES.get(pathname);
  if (entry?.open !== true && !hasToken(service, request)) {
    const response = problem(401, "unauthorized", "a valid bearer token is required");
    response.headers.set("www-authenticate", 'Bearer realm="dosql"');
    return response;
  }
  if (entry === undefined) return problem(404, "not-found", "no such route");
  if (!entry.methods.includes(request.method)) {
    const response = problem(405, "method-not-allowed", `use ${entry.methods.join(" or ")}`);
    response.headers.set("allow", entry.methods.join(", "));
    return response;
  }
  return entry.run(service, request);
}

/** Null for a request that may be looked at: its `Host` and its `Origin` are allowed. */
export function refuseForeign(
  service: Pick<HttpService, "allowedHosts" | "allowedOrigins">,
  request: Request,
): Response | null {
  const host = request.headers.get("host");
  if (host === null || !isTrustedHost(host, service.allowedHosts)) {
    return problem(403, "foreign-host", "this Host is not allowed; see --allow-host");
  }
  const origin = request.headers.get("origin");
  if (origin !== null && !service.allowedOrigins.includes(origin)) {
    return problem(403, "foreign-origin", "this Origin is not allowed; see --allow-origin");
  }
  return null;
}

function hasToken(service: HttpService, request: Request): boolean {
  const given = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (given === undefined) return false;
  const { crypto } = service;
  const utf8 = new TextEncoder();
  // Hashes have one length, so that the length of the token does not show either.
  return crypto.timingSafeEqual(
    crypto.sha256(utf8.encode(given)),
    crypto.sha256(utf8.encode(service.token)),
  );
}

const COMMON_HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function text(status: number, body: string): Response {
  const headers = { ...COMMON_HEADERS, "content-type": "text/plain; charset=utf-8" };
  return new Response(body, { status, headers });
}

function json(status: number, value: unknown): Response {
  const headers = { ...COMMON_HEADERS, "content-type": "application/json" };
  return new Response(`${JSON.stringify(value)}\n`, { status, headers });
}

function problem(status: number, code: string, message: string): Response {
  return json(status, { error: { code, message } });
}

function withBody(request: Request, response: Response): Response {
  if (request.method !== "HEAD") return response;
  return new Response(null, { status: response.status, headers: response.headers });
}
