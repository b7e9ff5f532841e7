/**
 * `dosql/server`: serves a data folder from inside a program, by Postgres' protocol and HTTP,
 * while the program uses the same database itself.
 *
 * @module
 */
import type { Retention } from "../engine/archive/retention.ts";
import type { Database } from "../engine/session/session.ts";
import type { CaptureChoice } from "../server/serve-config.ts";
import { serveConfig } from "../server/serve-config.ts";
import { startServer } from "./node/serve.ts";

export type { Retention } from "../engine/archive/retention.ts";
export type { CaptureChoice } from "../server/serve-config.ts";

/** Options of `serve`; all but `data` have the defaults of `dosql serve`. */
export interface ServeOptions {
  /** The data folder; made when it is missing. */
  readonly data: string;
  /** The address to listen on. Default `127.0.0.1`; another one needs a password. */
  readonly host?: string;
  /** Default 5432; 0 takes any free port. */
  readonly pgPort?: number;
  /** Default 8432; 0 takes any free port. */
  readonly httpPort?: number;
  /** The role that may log in. Default `dosql`. */
  readonly user?: string;
  /** Its password. Default: none, for this machine only. */
  readonly password?: string;
  /** Default `scram-sha-256` with a password, else `trust`. */
  readonly auth?: "trust" | "password" | "md5" | "scram-sha-256";
  /** Names, besides addresses and `localhost`, that HTTP clients may use. */
  readonly allowedHosts?: readonly string[];
  /** Values of `Origin` from which browsers may call. */
  readonly allowedOrigins?: readonly string[];
  /** Postgres connections at most. Default 100. */
  readonly maxConnections?: number;
  /**
   * Whether changes are captured; kept in the database. Default: as the database says, and `on`
   * where it says nothing.
   */
  readonly capture?: CaptureChoice;
  /** Whether the change log is copied to `<data>/archive`, for `dosql restore`. Default true. */
  readonly archive?: boolean;
  /** How much of the change log stays in the database as well, for time travel. */
  readonly retention?: Partial<Retention>;
}

/** A server that runs in this process. */
export interface Server extends AsyncDisposable {
  /** Connection string for Postgres clients, without the password. */
  readonly pgUrl: string;
  readonly httpUrl: string;
  /** The bearer token of the HTTP side. */
  readonly token: string;
  /** The data folder, absolute. */
  readonly data: string;
  /** The database that is served; closed with the server. */
  readonly database: Database;
  /**
   * Stops taking connections, ends the sessions, and gives the data folder back, unless the
   * program has it open elsewhere.
   */
  close(): Promise<void>;
}

/**
 * Serves a data folder. In the same process, `open(data)` and the better-sqlite3 face on it use
 * the same database: writes take turns, and a change feed sees all of them.
 *
 * @throws DosqlError `invalid-argument` for options that contradict, `owned` when another process
 * has the folder, `address` for a port or host, `bad-file`, `format-too-new`
 * @example
 * import { serve } from "dosql/server";
 * import { d1 } from "dosql/d1";
 * await using server = await serve({ data: "./data", pgPort: 0, httpPort: 0 });
 * const db = d1(server.database);
 */
export async function serve(options: ServeOptions): Promise<Server> {
  const running = await startServer(serveConfig(options));
  const { pgUrl, httpUrl, token, data, database } = running;
  const close = (): Promise<void> => running.stop();
  return { pgUrl, httpUrl, token, data, database, close, [Symbol.asyncDispose]: close };
}
