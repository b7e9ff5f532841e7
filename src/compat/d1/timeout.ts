import { DosqlError } from "../../base/errors.ts";
import type { Database } from "../../engine/session/session.ts";

/**
 * A database whose statements end after a while.
 *
 * @throws DosqlError `unsupported` where nothing can end one that runs
 */
export function timedDatabase(database: Database, timeoutMs: number): Database {
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new DosqlError("invalid-argument", `not a time in milliseconds: ${timeoutMs}`);
  }
  if (database.session().interrupts !== true) {
    throw new DosqlError("unsupported", "a statement timeout is not supported here", {
      hint: "SQLite cannot be interrupted in a Durable Object; open() needs the option readers",
    });
  }
  return {
    session(options) {
      const session = database.session(options);
      session.statementTimeoutMs = timeoutMs;
      return session;
    },
    get feed() {
      return database.feed;
    },
    close: () => undefined,
  };
}
