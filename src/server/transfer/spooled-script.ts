/*
 * Imports inside a Durable Object, where nothing can wait: a script lies in the object's own hidden
 * table, and goes from there into the database.
 */
import type { DosqlError } from "../../base/errors.ts";
import { DosqlError as Failure } from "../../base/errors.ts";
import { turnsForeignKeysOff } from "../../engine/text/foreign-key-script.ts";
import type { Statement } from "../../engine/session/session.ts";
import type { SpoolTable } from "../../engine/spool-table.ts";
import type { SyncSession } from "../../engine/session/sync-session.ts";
import { ScriptSplitter } from "../../sql/script/split.ts";
import { ForeignKeyMention } from "./foreign-key-mention.ts";

/** What frames a script gives way to our own transaction. */
const FRAME = /^(?:begin|commit|end)\b/i;

/** What an ingested script did, but for what only its home knows. */
export interface IngestCounts {
  readonly statements: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** Whether a spooled script turns foreign keys off. What cannot be read, says so when it runs. */
export function spooledKeysOff(spool: SpoolTable, script: string): boolean {
  if (!mentionsForeignKeys(spool, script)) return false;
  try {
    for (const sql of statementsOf(spool, script)) if (turnsForeignKeysOff([{ sql }])) return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return false;
}

function mentionsForeignKeys(spool: SpoolTable, script: string): boolean {
  const mention = new ForeignKeyMention();
  for (let part = 0; ; part++) {
    const bytes = spool.read(script, part);
    if (bytes === null) return false;
    if (mention.push(bytes)) return true;
  }
}

/**
 * Runs a spooled script as one transaction.
 *
 * @param keysOff whether it turns foreign keys off
 * @throws DosqlError of the statement that failed, with its number in the message
 */
export function ingestSpooled(
  spool: SpoolTable,
  script: string,
  session: SyncSession,
  keysOff: boolean,
): IngestCounts {
  return runNumbered(session, { texts: statementsOf(spool, script), before: 0, keysOff });
}

/** Statements that are run as one transaction. */
export interface NumberedRun {
  readonly texts: Iterable<string>;
  /** Statements of the script that were run already. */
  readonly before: number;
  /** See `SyncSession.script`. */
  readonly keysOff: boolean;
}

/** @throws DosqlError of the statement that failed, with its number in the script */
export function runNumbered(
  session: SyncSession,
  { texts, before, keysOff }: NumberedRun,
): IngestCounts {
  let count = before;
  const counted = function* (): Generator<Statement> {
    for (const text of texts) {
      count += 1;
      yield { sql: text, params: [] };
    }
  };
  try {
    return session.script(counted(), keysOff);
  } catch (error) {
    throw error instanceof Failure ? numbered(error, count) : error;
  }
}

/** The statements of a spooled script, without those that frame it as a transaction. */
export function* statementsOf(spool: SpoolTable, script: string): Generator<string> {
  const splitter = new ScriptSplitter();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let part = 0; ; part++) {
    const bytes = spool.read(script, part);
    const text = decode(decoder, bytes);
    for (const one of splitter.push(text)) if (!FRAME.test(one.text)) yield one.text;
    if (bytes === null) break;
  }
  for (const one of splitter.end()) if (!FRAME.test(one.text)) yield one.text;
}

function decode(decoder: TextDecoder, bytes: Uint8Array | null): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new Failure("unsupported", "the script is not UTF-8", { hint: "save it as UTF-8" });
  }
}

function numbered(error: DosqlError, count: number): DosqlError {
  return new Failure(error.code, `statement ${count}: ${error.message}`, {
    ...(error.sqlite === undefined ? {} : { sqlite: error.sqlite }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  });
}
