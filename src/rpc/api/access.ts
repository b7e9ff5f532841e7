import { DosqlError } from "../../base/errors.ts";
import type { Database } from "../../engine/session/session.ts";
import type { Clock } from "../../ports/clock.ts";

/** What a token opens. */
export interface Access {
  readonly database: Database;
  /** The database's name, as the client gave it. */
  readonly name: string;
  readonly readOnly: boolean;
  /** When it ends, milliseconds since 1970; null for never. */
  readonly expiresMs: number | null;
  /**
   * Who has it. What is kept between two connections (answers of calls that happen once, counts of
   * calls over HTTP) is for the same holder only. Default: the empty name.
   */
  readonly holder?: string;
  /** Tells the database from an earlier one of its name; absent where it has no name of its own. */
  readonly epoch?: number;
  /**
   * The newest position, where the feed has to be asked for it.
   *
   * @throws DosqlError `no-such-database`
   */
  readonly head?: () => Promise<number>;
  /** Tells why the database is no longer there; at most once, and before `release`. */
  readonly watchEnd?: (ended: (error: DosqlError) => void) => void;
  /** Nobody uses the database by this access any more. */
  readonly release?: () => void;
}

/** @throws DosqlError `authentication` when it has ended */
export function checkAccess({ expiresMs }: Access, clock: Clock): void {
  if (expiresMs !== null && clock.nowMs() >= expiresMs) throw expired();
}

export function expired(): DosqlError {
  return new DosqlError("authentication", "the token has expired", {
    hint: "connect with a new token",
  });
}

/** @throws DosqlError `permission` for a token that reads only */
export function checkWritable({ readOnly }: Access, what: string): void {
  if (!readOnly) return;
  throw new DosqlError(
    "permission",
    `the token is for reading only, and ${what} changes something`,
    {
      hint: "use a token that may write",
    },
  );
}
