import { DosqlError } from "../../base/errors.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import { SyncSession } from "../../engine/session/sync-session.ts";
import type { Shard } from "../../engine/shard.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import { SlicedKeys, countBroken, requireKeys } from "./import-keys.ts";
import type { Importer, ImportState } from "./import-state.ts";
import { writeImport } from "./import-state.ts";
import type { SavedSchema } from "./saved-schema.ts";
import { keptSavedSchema } from "./saved-schema.ts";
import { ScriptUndo } from "./script-undo.ts";
import type { IngestCounts } from "./spooled-script.ts";
import { runNumbered, statementsOf } from "./spooled-script.ts";
import type { ImportReport } from "./transfer.ts";
import type { UndoStart } from "./undo-obstacle.ts";
import { undoObstacle } from "./undo-obstacle.ts";

/** Of text, in UTF-16 units: below a second, so that a reset loses little. */
const SLICE_LENGTH = 4 * 1024 * 1024;

/** What one import does, slice by slice. It begins where the state says, also after a reset. */
export class ImportSlices {
  readonly #shard: Shard;
  readonly #importer: Importer;
  readonly #script: string;
  /** The statements behind those that were run; null when they must be looked for. */
  #rest: Iterator<string> | null = null;
  /** What there was before; null until it is needed. */
  #saved: SavedSchema | null = null;

  /** @param importer has the write lease */
  constructor(shard: Shard, importer: Importer, script: string) {
    this.#shard = shard;
    this.#importer = importer;
    this.#script = script;
  }

  isOf(shard: Shard, script: string): boolean {
    return this.#shard === shard && this.#script === script;
  }

  /**
   * One slice. Foreign keys are off, or can be switched; while it takes back, CHECKs are off too.
   *
   * @returns the state to be stored in the same event
   * @throws DosqlError of the statement that failed; the caller rolls back what it did
   */
  run(state: ImportState): ImportState {
    const shard = this.#shard;
    const how = { integers: "bigint", pragmas: "home", whole: true, uncounted: true } as const;
    const session = new SyncSession(shard, how);
    session.control.foreignKeys = false;
    shard.lease.lend(this.#importer, session.control);
    const began = { ...state, tries: 0, trouble: undefined };
    try {
      if (state.phase === "counting") return this.#count(began);
      if (state.phase === "running") return this.#run(session, began);
      return state.phase === "checking" ? this.#check(began) : this.#undo(session, began);
    } catch (error) {
      // It has read on.
      this.#rest = null;
      throw error;
    } finally {
      if (shard.lease.heldBy(session.control)) shard.lease.release(session.control);
    }
  }

  #count(state: ImportState): ImportState {
    const found = countBroken(this.#shard.writer.driver, state.looked);
    const broken = { ...state.broken, ...found.broken };
    if (found.looked !== null) return { ...state, broken, looked: found.looked };
    return { ...state, broken, phase: "running", looked: 0 };
  }

  #check(state: ImportState): ImportState {
    const { looked, broken } = countBroken(this.#shard.writer.driver, state.looked);
    requireKeys(broken, state.broken);
    return looked === null ? this.#done(state) : { ...state, looked };
  }

  #run(session: SyncSession, state: ImportState): ImportState {
    const shard = this.#shard;
    const keys = new SlicedKeys(shard, state);
    let { statements } = state;
    let isAtEnd = false;
    const unread = (): Iterator<string> => this.#unread(state);
    const requireUndo = (): void => this.#requireUndo(state);
    const at = (): Partial<ImportState> => {
      return { statements, keysOn: keys.keysOn, counts: session.counts.kept };
    };
    const texts = function* (): Generator<string> {
      // These write, and reading what was spooled may, so both wait until the keys are off.
      if (state.counts !== undefined) session.counts.resume(state.counts);
      const rest = unread();
      for (let length = 0; length < SLICE_LENGTH;) {
        const next = rest.next();
        isAtEnd = next.done === true;
        if (next.done === true) break;
        length += next.value.length;
        statements += 1;
        keys.meet(next.value);
        yield next.value;
        if (BARS.test(next.value)) requireUndo();
      }
      requireUndo();
      // In the same transaction: after a reset it is known what was done.
      writeImport(shard.writer.driver, { ...state, ...at() });
    };
    const before = state.statements;
    const done = runNumbered(session, { texts: texts(), before, keysOff: false });
    const rowsRead = state.rowsRead + done.rowsRead;
    const rowsWritten = state.rowsWritten + done.rowsWritten;
    const now = { ...state, ...at(), rowsRead, rowsWritten };
    if (!isAtEnd) return now;
    return state.keysOff ? this.#done(now) : { ...now, phase: "checking", looked: 0 };
  }

  /** After a reset the script is read again, and what was run is skipped. */
  #unread({ script, statements }: ImportState): Iterator<string> {
    if (this.#rest !== null) return this.#rest;
    const rest = statementsOf(new SpoolTable(this.#shard.writer.driver), script);
    for (let skipped = 0; skipped < statements; skipped++) rest.next();
    return (this.#rest = rest);
  }

  #start({ script, from }: ImportState): UndoStart {
    this.#saved ??= keptSavedSchema(new SpoolTable(this.#shard.writer.driver), script);
    return { saved: this.#saved, from: toLsn(from) };
  }

  /** @throws DosqlError `limit` */
  #requireUndo(state: ImportState): void {
    const obstacle = undoObstacle(this.#shard, this.#start(state));
    if (obstacle !== null) throw notUndone(obstacle);
  }

  #undo(session: SyncSession, state: ImportState): ImportState {
    const { lease } = this.#shard;
    const run = (sql: string, params: Row = []): number => {
      // The one before it has given the lease back.
      if (lease.heldBy(this.#importer)) lease.lend(this.#importer, session.control);
      return session.execute(sql, params).changes;
    };
    const undo = new ScriptUndo(this.#shard, this.#start(state), { run });
    const next = undo.step(state.undo ?? { stage: "drop", at: 0 });
    return next === null ? { ...state, phase: "failed" } : { ...state, undo: next };
  }

  #done(state: ImportState): ImportState {
    return { ...state, phase: "done", report: importReport(this.#shard, state) };
  }
}

/** What may bar the way back, also behind a comment. All is looked at again when the slice ends. */
const BARS = /^(?!(?:insert|replace|update|delete)\b).*\b(?:alter|trigger)\b/is;

/** What an import did, as the database is now. */
export function importReport(
  shard: Shard,
  { statements, rowsRead, rowsWritten, startedMs }: IngestCounts & { readonly startedMs: number },
): ImportReport {
  return {
    ...{ statements, rowsRead, rowsWritten },
    sizeBytes: shard.writer.driver.sizeBytes(),
    durationMs: shard.clock.nowMs() - startedMs,
    bookmark: shard.bookmarks.current,
  };
}

/** What one hears of a script that could not come as a whole or not at all. */
export function notUndone(obstacle: string): DosqlError {
  return new DosqlError("limit", `a script of this size could not be taken back: ${obstacle}`, {
    hint:
      "in a database that has tables, more than 16 MiB run in slices, which are taken back by " +
      "the change log: import pieces, each a script of its own, or into an empty database",
  });
}
