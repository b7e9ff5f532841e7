import { DosqlError } from "../../base/errors.ts";
import { SESSION_OPTION } from "../../engine/value-tag.ts";
import type { PipeTarget } from "../../ports/sync-pipe.ts";

const DEFAULT_PORT = 5432;
const DEFAULT_USER = "dosql";
const DEFAULT_DATABASE = "main";
const SCHEME = /^dosqls?:\/\//i;

/** Parameters of the URL that are settings of the server's session. */
const SETTINGS: ReadonlySet<string> = new Set([
  "application_name",
  "idle_in_transaction_session_timeout",
  "statement_timeout",
]);

/** Whether a name is the URL of a database at a server. */
export function isRemoteUrl(name: string): boolean {
  return SCHEME.test(name);
}

/**
 * Reads `dosql://user:password@host:port/database?…`, or `dosqls://` for TLS. `host=/path` names
 * a unix socket, `sslrootcert=/path` the certificates to trust.
 *
 * @param lockTimeoutMs how long a statement waits for another session's lock
 * @throws DosqlError `invalid-argument`
 */
export function readRemoteUrl(url: string, lockTimeoutMs: number): PipeTarget {
  const label = url.replace(/^([a-z]+:\/\/[^:/@]*):[^/]*@/i, "$1@");
  // By http's rules, which read hosts; with a host, as that scheme has none without.
  const empty = /^dosqls?:\/\/(?:[^/]*@)?\//i.test(url);
  const readable = url
    .replace(SCHEME, "http://")
    .replace(/^(http:\/\/(?:[^/]*@)?)\//, "$1localhost/");
  if (!URL.canParse(readable)) {
    throw wrong(label, "is no URL of a database", "for example dosql://127.0.0.1:5432/main");
  }
  const parsed = new URL(readable);
  const parameters: [string, string][] = [];
  let socket: string | null = null;
  let caFile: string | null = null;
  for (const [name, value] of parsed.searchParams) {
    if (name === "host" && value.startsWith("/")) socket = value;
    else if (name === "sslrootcert") caFile = value;
    else if (SETTINGS.has(name)) parameters.push([name, value]);
    else throw wrong(label, `has an unknown parameter "${name}"`);
  }
  if (empty && socket === null) throw wrong(label, "names no host", "dosql://host:port/database");
  const tls = /^dosqls:/i.test(url);
  if (caFile !== null && !tls) throw wrong(label, "has sslrootcert without TLS", "use dosqls://");
  const path = decoded(label, parsed.pathname.slice(1));
  return remoteTarget({
    label,
    host: parsed.hostname.replace(/^\[(.*)\]$/, "$1"),
    // A port that is http's own is left out by the parser.
    port:
      parsed.port === "" ? (/:80(?:[/?#]|$)/.test(url) ? 80 : DEFAULT_PORT) : Number(parsed.port),
    socket,
    tls: tls ? { caFile } : null,
    user: decoded(label, parsed.username) || DEFAULT_USER,
    password: parsed.password === "" ? null : decoded(label, parsed.password),
    database: path || DEFAULT_DATABASE,
    parameters,
    lockTimeoutMs,
  });
}

/** A target with the parameters that our sessions need. */
export function remoteTarget(
  given: PipeTarget & { readonly database: string; readonly lockTimeoutMs: number },
): PipeTarget {
  const { database, lockTimeoutMs, parameters, ...rest } = given;
  return {
    ...rest,
    parameters: [
      ["database", database],
      ["options", "-c dosql.dialect=sqlite"],
      // 0 would wait for ever, where the library means not at all.
      ["lock_timeout", String(Math.max(1, lockTimeoutMs))],
      [SESSION_OPTION, "1"],
      ...parameters,
    ],
  };
}

function decoded(label: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(label, "is not percent-encoded as it should be");
  }
}

function wrong(label: string, what: string, hint?: string): DosqlError {
  // The library's users see a RangeError, which has no room for a hint of its own.
  const message = `${label} ${what}`;
  return new DosqlError("invalid-argument", hint === undefined ? message : `${message} (${hint})`);
}
