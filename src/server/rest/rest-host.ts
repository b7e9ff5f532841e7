import type { Bookmark } from "../../base/bookmark.ts";
import type { Awaitable } from "../../base/value.ts";
import type { TextInsight } from "../../engine/counts/query-insights.ts";
import type { Clock } from "../../ports/clock.ts";
import type { KeyedHash } from "../directory/database-name.ts";
import type { Directory, FoundDatabase } from "../directory/directory.ts";
import type { Transfer } from "../transfer/transfer.ts";
import type { RestResult } from "./rest-result.ts";

/** What a token allows. */
export interface Access {
  /** Names of databases; null for all of them, which creating and deleting needs. */
  readonly databases: readonly string[] | null;
  readonly readOnly: boolean;
}

/** Who a bearer token is; null for nobody. */
export type Authorise = (token: string) => Awaitable<Access | null>;

/** A query as it comes over the wire; values are checked by the database's face. */
export interface RestQuery {
  readonly sql: string;
  readonly params?: readonly unknown[];
}

/** A database that was opened for a request. */
export interface OpenDatabase {
  /**
   * Runs all statements of the texts as one transaction; a result for each statement.
   *
   * @throws Error whose message is D1's
   */
  query(
    queries: readonly RestQuery[],
    rows: "ARRAY_OF_OBJECTS" | "ROWS_AND_COLUMNS",
  ): Promise<readonly RestResult[]>;
  /** Size and position now. */
  state(): Promise<{
    readonly sizeBytes: number;
    readonly tables: number;
    readonly bookmark: Bookmark;
  }>;
  /** What ran since then, in milliseconds since 1970, by text and hour. */
  insights(sinceMs: number): Promise<readonly TextInsight[]>;
  readonly transfer: Transfer;
  /** Puts the database back, as a new commit; answers with the position before it. */
  restore(bookmark: string): Promise<{ readonly before: Bookmark; readonly now: Bookmark }>;
  /** Lets go of what was opened. */
  close(): Awaitable<void>;
}

/** An MD5 that is fed piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): Awaitable<void>;
  /** Hexadecimal. */
  end(): Awaitable<string>;
}

/** What the REST API needs of its home. */
export interface RestHost {
  readonly version: string;
  readonly directory: Directory;
  readonly authorise: Authorise;
  readonly clock: Clock;
  /** Signs the addresses that uploads and downloads go to. */
  readonly sign: KeyedHash;
  /** Hexadecimal digits that nobody can guess. */
  randomHex(): string;
  md5(): RunningHash;
  open(found: FoundDatabase): Awaitable<OpenDatabase>;
}
