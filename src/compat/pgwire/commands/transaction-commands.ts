import type { IsolationLevel } from "../../../engine/session/session.ts";
import type { Transaction, TransactionMode } from "../../../sql/ast/control.ts";
import { notSupported } from "../errors.ts";
import type { Command, TransactionModes } from "./command.ts";

/** A transaction statement; `word` is the one that it begins with. */
export function readTransaction(statement: Transaction, word: string): Command {
  const { action, chain, lock } = statement;
  const name = statement.name?.text ?? "";
  switch (action) {
    case "BEGIN": {
      const modes = readModes(statement.modes);
      // In WAL mode SQLite's EXCLUSIVE is IMMEDIATE.
      const immediate = lock === "IMMEDIATE" || lock === "EXCLUSIVE";
      const tag = word === "START" ? "START TRANSACTION" : "BEGIN";
      return { kind: "begin", tag, modes: immediate ? { ...modes, immediate } : modes };
    }
    case "COMMIT":
      return { kind: "commit", chain: chain === "CHAIN" };
    case "ROLLBACK":
      return { kind: "rollback", chain: chain === "CHAIN" };
    case "SAVEPOINT":
      return { kind: "savepoint", name };
    case "RELEASE":
      return { kind: "release", name };
    case "ROLLBACK TO":
      return { kind: "rollback-to", name };
    case "PREPARE":
      throw notSupported("PREPARE TRANSACTION");
    case "COMMIT PREPARED":
    case "ROLLBACK PREPARED":
      throw notSupported(action);
  }
}

/** Isolation level and access mode; the last of each counts. */
export function readModes(modes: readonly TransactionMode[]): TransactionModes {
  let isolation: IsolationLevel | undefined;
  let readOnly: boolean | undefined;
  for (const { mode } of modes) {
    switch (mode) {
      case "ISOLATION LEVEL SERIALIZABLE":
        isolation = "serializable";
        break;
      case "ISOLATION LEVEL REPEATABLE READ":
        isolation = "repeatable read";
        break;
      case "ISOLATION LEVEL READ COMMITTED":
      case "ISOLATION LEVEL READ UNCOMMITTED":
        // Postgres, too, serves READ UNCOMMITTED as READ COMMITTED.
        isolation = "read committed";
        break;
      case "READ ONLY":
      case "READ WRITE":
        readOnly = mode === "READ ONLY";
        break;
      case "DEFERRABLE":
        throw notSupported("DEFERRABLE");
      case "NOT DEFERRABLE":
        break;
    }
  }
  return {
    ...(isolation === undefined ? {} : { isolation }),
    ...(readOnly === undefined ? {} : { readOnly }),
  };
}
