import { DosqlError } from "../base/errors.ts";
import type { Retention } from "../engine/archive/retention.ts";
import { retentionOf } from "../engine/archive/retention.ts";
import { isLoopback } from "./http-host.ts";

/** How the Postgres side asks who is there. */
export type AuthMethod = "trust" | "password" | "md5" | "scram-sha-256";

export const AUTH_METHODS: readonly AuthMethod[] = ["trust", "password", "md5", "scram-sha-256"];

/** What was asked for; every absent field has a default. */
export interface ServeRequest {
  readonly data: string;
  readonly host?: string | undefined;
  readonly pgPort?: number | undefined;
  readonly httpPort?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly auth?: string | undefined;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly maxConnections?: number | undefined;
  readonly capture?: CaptureChoice | undefined;
  readonly archive?: boolean | undefined;
  readonly retention?: Partial<Retention> | undefined;
}

/** Whether changes are captured, of all tables or of all but some. */
export type CaptureChoice = "on" | "off" | { readonly except: readonly string[] };

/** A server's settings, checked. */
export interface ServeConfig {
  readonly data: string;
  readonly host: string;
  readonly pgPort: number;
  readonly httpPort: number;
  readonly user: string;
  readonly database: string;
  readonly password: string | null;
  readonly auth: AuthMethod;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly maxConnections: number;
  /** Null keeps what the database says; a new one starts with `on`. */
  readonly capture: CaptureChoice | null;
  /** Whether the change log is copied into the folder's archive. */
  readonly archive: boolean;
  /** How much of the change log stays at hand. */
  readonly retention: Retention;
}

export const DEFAULT_HOST = "127.0.0.1";
export const DEFAULT_PG_PORT = 5432;
export const DEFAULT_HTTP_PORT = 8432;
export const DEFAULT_USER = "dosql";
const DATABASE_NAME = "main";
/** As in PostgreSQL. A session costs little here, but a client that leaks them should learn it. */
export const DEFAULT_MAX_CONNECTIONS = 100;
const MAX_PORT = 65_535;

/**
 * Fills in defaults and refuses what would open the database to strangers.
 *
 * @throws DosqlError `invalid-argument` for settings that contradict, `address` for a host
 * beyond this machine without a password that stays secret on the wire
 */
export function serveConfig(request: ServeRequest): ServeConfig {
  const host = request.host ?? DEFAULT_HOST;
  const password = request.password ?? null;
  if (password === "") throw new DosqlError("invalid-argument", "the password is empty");
  const auth = authMethod(request.auth, password);
  if (!isLoopback(host)) checkExposed(host, auth);
  return {
    data: request.data,
    host,
    pgPort: port("--pg-port", request.pgPort ?? DEFAULT_PG_PORT),
    httpPort: port("--http-port", request.httpPort ?? DEFAULT_HTTP_PORT),
    user: request.user ?? DEFAULT_USER,
    database: DATABASE_NAME,
    password,
    auth,
    allowedHosts: request.allowedHosts ?? [],
    allowedOrigins: request.allowedOrigins ?? [],
    maxConnections: connections(request.maxConnections ?? DEFAULT_MAX_CONNECTIONS),
    capture: request.capture ?? null,
    archive: request.archive ?? true,
    retention: retentionOf(request.retention),
  };
}

function authMethod(asked: string | undefined, password: string | null): AuthMethod {
  const method = AUTH_METHODS.find((one) => one === asked);
  if (asked !== undefined && method === undefined) {
    throw new DosqlError("invalid-argument", `there is no authentication method "${asked}"`, {
      hint: `one of ${AUTH_METHODS.join(", ")}`,
    });
  }
  if (method === undefined) return password === null ? "trust" : "scram-sha-256";
  if (method !== "trust" && password === null) {
    throw new DosqlError("invalid-argument", `--auth ${method} needs a password`, {
      hint: "give it with --password-file FILE or in DOSQL_PASSWORD",
    });
  }
  return method;
}

function checkExposed(host: string, auth: AuthMethod): void {
  if (auth === "trust") {
    throw new DosqlError("address", `refusing to listen on ${host} without a password`, {
      hint: "give one with --password-file FILE or in DOSQL_PASSWORD, or stay on 127.0.0.1",
    });
  }
  if (auth === "password") {
    throw new DosqlError("address", `refusing to take cleartext passwords on ${host}`, {
      hint: "there is no TLS yet; use --auth scram-sha-256",
    });
  }
}

function port(option: string, value: number): number {
  if (value <= MAX_PORT) return value;
  throw new DosqlError("invalid-argument", `${option} ${value} is no port`, {
    hint: `0 for any free port, or 1 to ${MAX_PORT}`,
  });
}

function connections(count: number): number {
  if (count > 0) return count;
  throw new DosqlError("invalid-argument", "--max-connections 0 would let nobody in");
}

/** Where a running server is reached; without the password. */
export function pgUrl(config: ServeConfig, host: string, pgPort: number): string {
  const user = encodeURIComponent(config.user);
  const options = encodeURIComponent("-c dosql.dialect=sqlite");
  return `postgresql://${user}@${urlHost(host)}:${pgPort}/${config.database}?options=${options}`;
}

/** The same as a line to paste into a shell. */
export function psqlCommand(config: ServeConfig, host: string, pgPort: number): string {
  return `psql "${pgUrl(config, host, pgPort)}"`;
}

/** Base address of the HTTP side. */
export function httpUrl(host: string, httpPort: number): string {
  return `http://${urlHost(host)}:${httpPort}`;
}

/** A wildcard address is no place to connect to. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
