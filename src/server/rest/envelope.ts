import { DosqlError } from "../../base/errors.ts";
import { MAX_BODY_BYTES } from "./rest-body.ts";

/*
 * Every answer of the API is `{ result, success, errors, messages }`. The numbers of errors are
 * D1's: clients look at some of them.
 */
const CODE_FAILED = 7500;
const CODE_EXISTS = 7502;
const CODE_INVALID = 7400;
const CODE_NOT_FOUND = 7404;
const CODE_FORBIDDEN = 7403;
const CODE_AUTHENTICATION = 10_000;
const CODE_NO_ROUTE = 7000;

/** More than the result, of a listing. */
export interface ResultInfo {
  readonly page: number;
  readonly per_page: number;
  readonly count: number;
  /** Only on the last page: nobody counts all databases. */
  readonly total_count?: number;
  /** Where the next page begins, for `?cursor=`. */
  readonly cursor?: string;
}

/** A good answer. */
export function succeeded(result: unknown, info?: ResultInfo): Response {
  const more = info === undefined ? {} : { result_info: info };
  return json(200, { result, success: true, errors: [], messages: [], ...more });
}

/** What nobody may see without a token. */
export function unauthenticated(): Response {
  return failed(401, CODE_AUTHENTICATION, "Authentication error");
}

/** No such address. */
export function noRoute(path: string): Response {
  return failed(404, CODE_NO_ROUTE, `No route for that URI: ${path}`);
}

/** More than is read at once. */
export function bodyTooLarge(): Response {
  const most = `${MAX_BODY_BYTES / 1024 / 1024} MiB`;
  return failed(413, CODE_INVALID, `the body is longer than ${most} (import longer scripts)`);
}

/** What became of an error. */
export function failureOf(error: unknown): Response {
  if (!(error instanceof DosqlError)) {
    return failed(400, CODE_FAILED, error instanceof Error ? error.message : String(error));
  }
  const text = error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
  switch (error.code) {
    case "no-such-database":
      return failed(404, CODE_NOT_FOUND, text);
    case "not-found":
      return failed(404, CODE_NOT_FOUND, text);
    case "database-exists":
      return failed(400, CODE_EXISTS, text);
    case "invalid-argument":
      return failed(400, CODE_INVALID, text);
    case "permission":
      return failed(403, CODE_FORBIDDEN, text);
    case "unsupported":
      return failed(501, CODE_FAILED, text);
    case "bug":
    case "io":
      return failed(500, CODE_FAILED, text);
    default:
      return failed(400, CODE_FAILED, text);
  }
}

/** A bare JSON answer. */
export function json(status: number, value: unknown): Response {
  const headers = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(JSON.stringify(value), { status, headers });
}

function failed(status: number, code: number, message: string): Response {
  return json(status, {
    result: null,
    success: false,
    errors: [{ code, message }],
    messages: [],
  });
}
