import type { Database } from "../engine/session/session.ts";

/** A server that serves. */
export interface RunningServer {
  /** Connection string for Postgres clients, without the password. */
  readonly pgUrl: string;
  readonly httpUrl: string;
  /** A line that starts psql on this server. */
  readonly psqlCommand: string;
  readonly token: string;
  readonly tokenFile: string;
  /** The data folder, absolute. */
  readonly data: string;
  readonly pid: number;
  /** What it serves, for the process itself. */
  readonly database: Database;
  /**
   * Stops taking connections, ends the sessions, writes everything into the database file and
   * gives the data folder back.
   */
  stop(): Promise<void>;
}
