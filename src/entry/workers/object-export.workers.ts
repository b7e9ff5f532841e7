/*
 * Exports out of a Durable Object. The database is written down as it is at one moment, into the
 * object's own spool, and fetched from there: a slow reader keeps nobody waiting. A long one takes
 * several events; between them the export holds the write lease, and the Worker that asked for it
 * goes on at once, so that it cannot be drawn out from outside.
 */
import { DosqlError } from "../../base/errors.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import { SyncSession } from "../../engine/session/sync-session.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { inPieces } from "../../server/transfer/even-pieces.ts";
import { scriptText } from "../../server/transfer/export-text.ts";
import { unknownScript } from "../../server/transfer/import-runs.ts";
import type { ExportOptions } from "../../server/transfer/transfer.ts";
import type { ObjectHome } from "./object-home.workers.ts";

const PIECE_BYTES = 256 * 1024;
/** Pieces for one event: measured, 64 MB take about a second. */
const SLICE_PIECES = 128;
/** A Worker that was stopped does not go on. */
const IDLE_MS = 5_000;
/** Each is a copy of the database, until it is fetched. */
const MAX_KEPT = 4;
/** Longer than its address is good for, so that a download that began can end. */
const KEPT_MS = 1_200_000;

interface Running {
  readonly script: string;
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly session: SyncSession;
  part: number;
  cancel: () => void;
}

/** The exports of one object: one is written at a time. */
export class ObjectExport {
  readonly #home: ObjectHome;
  #running: Running | null = null;

  constructor(home: ObjectHome) {
    this.#home = home;
  }

  /**
   * Writes the beginning, or more; true when all of it is there. Within one event nothing else
   * runs: no await below waits for anything outside.
   *
   * @throws DosqlError `busy`, `limit`, and what a dump throws
   */
  async write(script: string, options: ExportOptions, isBegun: boolean): Promise<boolean> {
    const running = isBegun ? this.#running : this.#begin(script, options);
    if (running?.script !== script) throw unknownScript();
    running.cancel();
    let isDone = false;
    try {
      isDone = await this.#slice(running);
    } catch (error) {
      this.#end(running, true);
      throw error;
    }
    if (isDone) this.#end(running, false);
    else running.cancel = workersClock.after(IDLE_MS, () => this.#end(running, true));
    return isDone;
  }

  /** A piece of one that was written; null behind the last, which forgets it. */
  read(script: string, part: number): Uint8Array | null {
    const spool = new SpoolTable(this.#home.driver);
    const piece = spool.read(nameOf(script), part);
    if (piece === null && part === 0) throw unknownScript();
    if (piece === null) spool.drop(nameOf(script));
    return piece;
  }

  #begin(script: string, options: ExportOptions): Running {
    const { shard } = this.#home;
    if (this.#running !== null) throw isBusy();
    const session = new SyncSession(shard, {
      integers: "number",
      pragmas: "sqlite",
      uncounted: true,
    });
    if (!shard.lease.tryAcquire(session.control)) throw isBusy();
    // A statement with a long value is more than can be stored as one.
    const text = scriptText(ownClient(session), options);
    const pieces = inPieces(text, PIECE_BYTES)[Symbol.asyncIterator]();
    const running = { script, pieces, session, part: 0, cancel: () => undefined };
    this.#running = running;
    try {
      this.#makeRoom();
    } catch (error) {
      this.#end(running, false);
      throw error;
    }
    return running;
  }

  #makeRoom(): void {
    const spool = new SpoolTable(this.#home.driver);
    const oldestMs = workersClock.nowMs() - KEPT_MS;
    const kept = spool.names().filter((name) => {
      if (!name.endsWith(SUFFIX)) return false;
      const isOver = parseInt(name, 10) < oldestMs;
      if (isOver) spool.drop(name);
      return !isOver;
    });
    if (kept.length < MAX_KEPT) return;
    throw new DosqlError("limit", `${MAX_KEPT} exports of this database wait to be fetched`, {
      hint: "fetch them, or try again in 20 minutes",
    });
  }

  async #slice(running: Running): Promise<boolean> {
    const spool = new SpoolTable(this.#home.driver);
    for (let count = 0; count < SLICE_PIECES; count++) {
      const piece = await running.pieces.next();
      if (piece.done === true) return true;
      spool.write(nameOf(running.script), running.part++, piece.value);
    }
    return false;
  }

  #end(running: Running, drop: boolean): void {
    if (this.#running !== running) return;
    this.#running = null;
    running.cancel();
    const { lease } = this.#home.shard;
    if (lease.heldBy(running.session.control)) lease.release(running.session.control);
    if (drop) new SpoolTable(this.#home.driver).drop(nameOf(running.script));
  }
}

/** Keeps exports apart from uploads. */
const SUFFIX = "e";

function nameOf(script: string): string {
  return script + SUFFIX;
}

function isBusy(): DosqlError {
  return new DosqlError("busy", "an import, an export or a transaction is under way", {
    hint: "try again",
  });
}

/** What a dump asks; it is SQL of ours that reads, and every value comes as text. */
function ownClient(session: SyncSession): SqlClient {
  const nothing = async (): Promise<void> => undefined;
  return {
    label: "",
    errorEndsTransaction: false,
    inTransaction: true,
    async run(sql) {
      const { columns, rows, changes, command } = session.execute(sql, []);
      return { columns: columns.map(({ name }) => name), rows, changes, command, durationMs: 0 };
    },
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    cancel() {},
    close: nothing,
  };
}
