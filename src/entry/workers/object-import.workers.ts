/*
 * Imports in a Durable Object. A script of ordinary size is one transaction in one event. One that
 * would outlive what the platform gives an event is run in slices, each a transaction and an event
 * of its own, while the import holds the write lease, so that nobody sees the database meanwhile.
 * When such a script fails, all of it is taken back, in slices too: it came as a whole or not at
 * all. How far it came is stored with each slice: after a reset it goes on. See ADR 13.
 */
import type { ErrorFields } from "../../base/errors.ts";
import { DosqlError, errorFields } from "../../base/errors.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import { attempt, resultOf } from "../../engine/capture/statement-outcome.ts";
import { LogReader } from "../../engine/log/log-reader.ts";
import type { Shard } from "../../engine/shard.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { holdStorage } from "../../platform/workers/held-storage.ts";
import { notImporting, unknownScript } from "../../server/transfer/import-runs.ts";
import { ImportSlices, importReport, notUndone } from "../../server/transfer/import-slices.ts";
import type { ImportState } from "../../server/transfer/import-state.ts";
import { isOpen, readImport, stuckError, writeImport } from "../../server/transfer/import-state.ts";
import { keepSavedSchema, readSavedSchema } from "../../server/transfer/saved-schema.ts";
import { ingestSpooled, spooledKeysOff } from "../../server/transfer/spooled-script.ts";
import type { ImportReport, ImportStep } from "../../server/transfer/transfer.ts";
import type { UndoStart } from "../../server/transfer/undo-obstacle.ts";
import { undoObstacle } from "../../server/transfer/undo-obstacle.ts";
import { runWithKeysOff } from "./foreign-key-script.workers.ts";
import type { ObjectHome } from "./object-home.workers.ts";

const MIB = 1024 * 1024;
/** An event may take 30 s of CPU. Measured: 16 MB of one-row INSERTs take about 2 s. */
const WHOLE_BYTES = 16 * MIB;
/** As far as one event goes for what could not be taken back slice by slice. */
const ALONE_BYTES = 64 * MIB;
/** A client that asks how it goes drives it; one that went away is not waited for. */
const IDLE_MS = 15_000;
/** A slice that does not end within these never will. */
const TRIES = 5;
/** After the first of them; twice as long after each other. */
const PAUSE_MS = 1_000;

/** The imports of one object. */
export class ObjectImport {
  readonly #ctx: DurableObjectState;
  readonly #home: ObjectHome;
  /** Of the import that goes on; null when none does, and after a reset. */
  #slices: ImportSlices | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** Nobody asks how it goes, so one alarm follows the other. */
  #isAlone = false;

  constructor(ctx: DurableObjectState, home: ObjectHome) {
    this.#ctx = ctx;
    this.#home = home;
  }

  /** Whether one goes on. */
  get isOpen(): boolean {
    return isOpen(this.#read());
  }

  /** Begins to run a script that lies in the object; null when it goes on. */
  async begin(script: string): Promise<ImportStep> {
    const { driver, shard } = this.#home;
    const spool = new SpoolTable(driver);
    if (!spool.isClosed(script) || spool.read(script, 0) === null) throw unknownScript();
    const other = this.#read();
    if (isOpen(other)) throw other.phase === "stuck" ? stuckError(other) : isBusy();
    const keysOff = spooledKeysOff(spool, script);
    const sizeBytes = spool.sizeBytes(script);
    const isLong = sizeBytes > WHOLE_BYTES;
    const start = isLong ? startOf(shard) : null;
    const obstacle = start === null ? null : undoObstacle(shard, start);
    if (obstacle !== null && sizeBytes > ALONE_BYTES) {
      forget(spool, script);
      throw notUndone(obstacle);
    }
    if (start === null || obstacle !== null) return this.#whole(spool, script, keysOff);
    if (!shard.lease.tryAcquire(this.#home.importer)) throw isBusy();
    try {
      this.#begin(spool, { script, keysOff }, start);
    } catch (error) {
      shard.lease.release(this.#home.importer);
      throw error;
    }
    return this.step(script);
  }

  #begin(
    spool: SpoolTable,
    { script, keysOff }: Pick<ImportState, "script" | "keysOff">,
    { saved, from }: UndoStart,
  ): void {
    keepSavedSchema(spool, script, saved);
    const nowMs = workersClock.nowMs();
    const none = { statements: 0, rowsRead: 0, rowsWritten: 0, looked: 0, broken: {}, tries: 0 };
    const times = { startedMs: nowMs, steppedMs: nowMs };
    const phase = keysOff ? "running" : "counting";
    this.#store({ script, phase, keysOff, from, ...none, ...times });
  }

  /** Goes on with it, and tells what became of it. */
  async step(script: string): Promise<ImportStep> {
    this.#isAlone = false;
    const next = await this.#inTurn((state) => state.script === script);
    if (next?.script !== script) throw notImporting();
    if (next.report !== undefined) return next.report;
    const { phase, failure } = next;
    if (phase === "stuck") throw stuckError(next);
    if (phase !== "failed" || failure === undefined) return null;
    throw new DosqlError(failure.code, failure.message, failure);
  }

  /** The alarm came: true while an import goes on, which nothing else is done beside. */
  async ring(): Promise<boolean> {
    const state = this.#read();
    if (!isOpen(state)) return false;
    this.#home.rang();
    if (state.phase === "stuck") return true;
    this.#isAlone ||= workersClock.nowMs() - state.steppedMs >= IDLE_MS;
    const next = await this.#inTurn(() => this.#isAlone);
    const goesOn = isOpen(next) && next.phase !== "stuck";
    if (goesOn) this.#home.wakeIn(this.#isAlone ? pauseMs(next) : IDLE_MS);
    return isOpen(next);
  }

  /** An operator has ended what was stuck. */
  end(): void {
    const state = this.#read();
    if (state?.phase === "stuck") this.#released(this.#store({ ...state, phase: "failed" }));
  }

  /** Others may use the database again, if it is over. */
  #released(state: ImportState): ImportState {
    const { shard, importer } = this.#home;
    if (isOpen(state)) return state;
    this.#slices = null;
    if (!shard.lease.heldBy(importer)) return state;
    importer.stuck = null;
    shard.lease.release(importer);
    return state;
  }

  /** Opens the database first: it may be one that nobody has used yet. */
  #read(): ImportState | null {
    return readImport(this.#home.shard.writer.driver);
  }

  /** One slice after the other, however many ask for one. */
  #inTurn(wants: (state: ImportState) => boolean): Promise<ImportState | null> {
    const mine = this.#turn.then(async () => {
      const state = this.#read();
      const goesOn = isOpen(state) && state.phase !== "stuck" && wants(state);
      return goesOn ? this.#advanced(state) : state;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #whole(spool: SpoolTable, script: string, keysOff: boolean): Promise<ImportReport> {
    const startedMs = workersClock.nowMs();
    const session = this.#home.session("number");
    try {
      // Thrown out of what blocks the object, a failure would reset it.
      const run = () => attempt(() => ingestSpooled(spool, script, session, keysOff));
      const shard = (): Shard => this.#home.shard;
      const done = keysOff ? await runWithKeysOff(this.#ctx, shard, run) : run();
      return importReport(this.#home.shard, { ...resultOf(done), startedMs });
    } finally {
      forget(spool, script);
    }
  }

  #store(state: ImportState): ImportState {
    const { driver } = this.#home;
    const stored = { ...state, steppedMs: workersClock.nowMs() };
    if (!isOpen(stored)) forget(new SpoolTable(driver), state.script);
    writeImport(driver, stored);
    this.#home.shard.changesOf = null;
    return stored;
  }

  /** One slice more. It is counted before: one that takes the object down leaves nothing else. */
  async #advanced(found: ImportState): Promise<ImportState> {
    this.#home.wakeIn(IDLE_MS);
    if (found.tries >= TRIES) return this.#givenUp(found, found.trouble ?? unknownTrouble(found));
    const state = this.#store({ ...found, tries: found.tries + 1 });
    const done = await this.#attempted(state);
    if (!("error" in done)) return this.#released(done.value);
    const trouble = errorFields(done.error);
    const isFinal = done.error instanceof DosqlError && done.error.code !== "busy";
    if (isFinal && state.phase !== "undoing") return this.#undoing(state, trouble);
    return this.#store({ ...state, trouble });
  }

  async #attempted(
    state: ImportState,
  ): Promise<{ readonly value: ImportState } | { readonly error: unknown }> {
    try {
      const slice = (): ImportState => this.#store(this.#slicesOf(state).run(state));
      if (state.phase === "undoing") {
        return { value: await holdStorage(this.#ctx, async () => slice()) };
      }
      return await runWithKeysOff(
        this.#ctx,
        () => this.#home.shard,
        () => attempt(slice),
      );
    } catch (error) {
      return { error };
    } finally {
      if (state.phase === "undoing") this.#held();
    }
  }

  #slicesOf({ script }: ImportState): ImportSlices {
    const { shard, importer } = this.#home;
    const isKnown = this.#slices?.isOf(shard, script) === true;
    if (this.#slices === null || !isKnown) this.#slices = new ImportSlices(shard, importer, script);
    return this.#slices;
  }

  /** After keys and CHECKs were set aside, and maybe a part of the schema was rolled back. */
  #held(): void {
    const { shard } = this.#home;
    shard.enforceForeignKeys(true);
    shard.schemaChanged();
    shard.changes.committed();
  }

  #undoing(state: ImportState, failure: ErrorFields): ImportState {
    const { driver, shard } = this.#home;
    const at = shard.changes.active ? new LogReader(driver).head() : 0;
    const undo = { stage: "drop", at } as const;
    return this.#store({ ...state, phase: "undoing", failure, undo, tries: 0, trouble: undefined });
  }

  #givenUp(state: ImportState, trouble: ErrorFields): ImportState {
    if (state.phase !== "undoing") return this.#undoing(state, trouble);
    const stuck = this.#store({ ...state, phase: "stuck", trouble });
    this.#home.importer.stuck = stuck;
    return stuck;
  }
}

function startOf({ writer: { driver }, changes }: Shard): UndoStart {
  const from = changes.active ? new LogReader(driver).head() : LSN_ZERO;
  return { saved: readSavedSchema(driver), from };
}

/** From now on it neither comes nor lies here. */
function forget(spool: SpoolTable, script: string): void {
  spool.drop(script);
  spool.close(script);
}

function pauseMs({ tries }: ImportState): number {
  return tries === 0 ? 0 : PAUSE_MS * 2 ** tries;
}

function unknownTrouble({ phase, statements }: ImportState): ErrorFields {
  const place = phase === "running" ? ` behind statement ${statements}` : "";
  const message = `the slice${place} takes more than an event of the object is given (${phase})`;
  return { code: "limit", message };
}

function isBusy(): DosqlError {
  return new DosqlError("busy", "an import or a transaction is under way in this database", {
    hint: "try again",
  });
}
