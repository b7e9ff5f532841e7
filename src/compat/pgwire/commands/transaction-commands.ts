import type { IsolationLevel } from "../../../engine/session.ts";
import { notSupported } from "../errors.ts";
import type { CommandText } from "./command-text.ts";
import type { Command, TransactionModes } from "./command.ts";

/** BEGIN, as Postgres and as SQLite write it. */
export function parseBegin(text: CommandText): Command {
  const start = text.accept("START");
  text.expect(start ? "TRANSACTION" : "BEGIN");
  let immediate = false;
  if (!start) {
    // In WAL mode SQLite's EXCLUSIVE is IMMEDIATE.
    const kind = text.acceptOne("DEFERRED", "IMMEDIATE", "EXCLUSIVE");
    immediate = kind === "IMMEDIATE" || kind === "EXCLUSIVE";
    text.acceptOne("WORK", "TRANSACTION");
  }
  const modes = parseModes(text);
  return {
    kind: "begin",
    tag: start ? "START TRANSACTION" : "BEGIN",
    modes: immediate ? { ...modes, immediate } : modes,
  };
}

/** Isolation level and access mode, in any order, up to the end of the command. */
export function parseModes(text: CommandText): TransactionModes {
  let isolation: IsolationLevel | undefined;
  let readOnly: boolean | undefined;
  while (!text.atEnd) {
    if (text.accept("ISOLATION")) {
      text.expect("LEVEL");
      isolation = parseLevel(text);
    } else if (text.accept("READ")) {
      readOnly = text.accept("ONLY");
      if (!readOnly) text.expect("WRITE");
    } else if (text.accept("NOT")) {
      text.expect("DEFERRABLE");
    } else if (text.accept("DEFERRABLE")) {
      throw notSupported("DEFERRABLE");
    } else {
      throw text.unexpected();
    }
    text.accept(",");
  }
  return {
    ...(isolation === undefined ? {} : { isolation }),
    ...(readOnly === undefined ? {} : { readOnly }),
  };
}

/** Postgres, too, serves READ UNCOMMITTED as READ COMMITTED. */
function parseLevel(text: CommandText): IsolationLevel {
  if (text.accept("SERIALIZABLE")) return "serializable";
  if (text.accept("REPEATABLE")) {
    text.expect("READ");
    return "repeatable read";
  }
  text.expect("READ");
  if (!text.accept("UNCOMMITTED")) text.expect("COMMITTED");
  return "read committed";
}

/** COMMIT, END. */
export function parseCommit(text: CommandText): Command {
  text.next();
  if (text.accept("PREPARED")) throw notSupported("COMMIT PREPARED");
  text.acceptOne("WORK", "TRANSACTION");
  return { kind: "commit", chain: parseChain(text) };
}

/** ROLLBACK, ABORT, ROLLBACK TO. */
export function parseRollback(text: CommandText): Command {
  text.next();
  if (text.accept("PREPARED")) throw notSupported("ROLLBACK PREPARED");
  text.acceptOne("WORK", "TRANSACTION");
  if (text.accept("TO")) return { kind: "rollback-to", name: savepointName(text) };
  return { kind: "rollback", chain: parseChain(text) };
}

export function parseSavepoint(text: CommandText): Command {
  text.next();
  const name = text.name();
  text.finish();
  return { kind: "savepoint", name };
}

export function parseRelease(text: CommandText): Command {
  text.next();
  return { kind: "release", name: savepointName(text) };
}

function savepointName(text: CommandText): string {
  text.accept("SAVEPOINT");
  const name = text.name();
  text.finish();
  return name;
}

function parseChain(text: CommandText): boolean {
  let chain = false;
  if (text.accept("AND")) {
    chain = !text.accept("NO");
    text.expect("CHAIN");
  }
  text.finish();
  return chain;
}
