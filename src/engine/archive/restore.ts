import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_MAX } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { settingFrom } from "../capture/capture-setting.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { commitValues } from "../log/to-transaction.ts";
import type { HistoryPage, LiveLog } from "./history-source.ts";
import { readHistory } from "./history-source.ts";
import { LeftOut } from "./left-out.ts";
import { RowApplier } from "./row-applier.ts";
import { SchemaReplay } from "./schema-replay.ts";
import type { ReplayMark } from "./schema-replay.ts";
import type { ShardArchive } from "./shard-archive.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import { loadSnapshot, verifyTables } from "./snapshot-loader.ts";
import { Snapshots } from "./snapshot-reader.ts";
import { UncapturedTables } from "./uncaptured-tables.ts";
import { rebuildDerived } from "./virtual-tables.ts";

/** What a restore is to make. */
export interface RestoreTask {
  readonly archive: ShardArchive;
  /** The database's own log behind the archive; null where there is none. */
  readonly live: LiveLog | null;
  /** `"newest"`: as far as is known. */
  readonly moment: Moment | "newest";
  /** Tables that are made without rows, because their changes were not captured. */
  readonly without?: readonly string[];
  /** Tables whose changes were not captured: an error, the default, or left out. */
  readonly uncaptured?: "refuse" | "leave-out";
  /** Begins a snapshot earlier and compares the rows at the later one. */
  readonly verify?: boolean;
  /** Is told how far it is, and may throw to end it. */
  readonly watch?: (progress: RestoreProgress) => Promise<void>;
}

export interface RestoreProgress {
  readonly rows: number;
  /** Of the snapshot. */
  readonly rowsTotal: number;
  readonly entries: number;
}

/** What a restore made. */
export interface Restored {
  /** The end of the last transaction that is in it, and when that was committed. */
  readonly lsn: Lsn;
  readonly time: Hlc;
  readonly snapshotLsn: Lsn;
  /** Rows that the snapshot had, and entries that were applied. */
  readonly rows: number;
  readonly entries: number;
  readonly transactions: number;
  /** Positions at which all rows were compared with a snapshot. */
  readonly verifiedAt: readonly Lsn[];
  /** Which tables were captured. */
  readonly capture: CaptureSetting;
  /** Nothing is known of what came later. */
  readonly atEnd: boolean;
  /** Indexes that could not be made here, each with its reason. */
  readonly leftOut: readonly string[];
}

/** Entries between two commits of the new file. */
const COMMIT_ENTRIES = 20_000;

/**
 * Makes a shard as it was at a moment, in an empty database: the newest snapshot before it, then
 * the log up to it.
 *
 * @param driver a new database that nobody else uses; its journal may be in memory
 * @throws DosqlError `history-gone` for a moment before the first snapshot; `invalid-argument` for
 * an LSN that does not exist; `unsupported` for tables that were not captured; `bad-file` for an
 * archive that is damaged or not whole
 */
export async function restoreShard(driver: SqlDriver, task: RestoreTask): Promise<Restored> {
  const snapshots = new Snapshots(task.archive);
  const { base, later } = await chooseSnapshot(snapshots, task);
  const uncaptured = new UncapturedTables(base, task);
  const watch = task.watch ?? (async () => undefined);
  const leftOut = new LeftOut();
  const rowsTotal = base.tables.reduce((sum, { rows }) => sum + rows, 0);
  const rows = await loadSnapshot(driver, snapshots, base, leftOut, (loaded) =>
    watch({ rows: loaded, rowsTotal, entries: 0 }),
  );
  const replay = new Replay(driver, base, { moment: task.moment, uncaptured, leftOut });
  const verifiedAt: Lsn[] = [base.lsn];
  const from = { after: base.lsn, time: base.time, epoch: base.epoch };
  if (!replay.done) {
    for await (const page of readHistory(task.archive, task.live, from)) {
      for (const stop of replay.apply(page, later)) {
        verifyTables(driver, await snapshots.header(stop), task.without ?? []);
        verifiedAt.push(stop);
        later.delete(stop);
      }
      await watch({ rows, rowsTotal, entries: replay.entries });
      if (replay.done) break;
    }
  }
  const [missed] = later;
  if (missed !== undefined) {
    throw new DosqlError("bad-file", `the archive does not lead to its snapshot at LSN ${missed}`, {
      hint: "restore without --verify, which begins with that snapshot",
    });
  }
  const end = replay.finish();
  rebuildDerived(driver);
  const { entries, transactions, done } = replay;
  if (!done) requireReached(task.moment, end.lsn);
  const { capture } = uncaptured;
  const facts = { snapshotLsn: base.lsn, rows, entries, transactions, verifiedAt, capture };
  return { ...end, ...facts, atEnd: !done, leftOut: leftOut.describe() };
}

interface ReplayTask {
  readonly moment: Moment | "newest";
  readonly uncaptured: UncapturedTables;
  readonly leftOut: LeftOut;
}

/** Applies pages of a log up to a moment. */
class Replay {
  entries = 0;
  transactions = 0;
  /** The moment is reached. */
  done = false;
  readonly #driver: SqlDriver;
  readonly #schema: SchemaReplay;
  readonly #moment: Moment | "newest";
  readonly #uncaptured: UncapturedTables;
  #rows: RowApplier;
  #lsn: Lsn;
  #time: Hlc;
  /** Where it was said last what is captured. */
  #changedAt: Lsn | null = null;
  #open = false;
  #mark: ReplayMark | null = null;
  #since = 0;

  constructor(
    driver: SqlDriver,
    base: SnapshotHeader,
    { moment, uncaptured, leftOut }: ReplayTask,
  ) {
    this.#driver = driver;
    this.#schema = new SchemaReplay(driver, leftOut);
    this.#rows = new RowApplier(driver);
    this.#moment = moment;
    this.#uncaptured = uncaptured;
    this.#lsn = base.lsn;
    this.#time = base.time;
    this.#noteReached();
    driver.exec("BEGIN");
  }

  /** Yields the positions among `stops` that it reaches, for somebody to look at the rows there. */
  *apply(page: HistoryPage, stops: ReadonlySet<Lsn>): Generator<Lsn> {
    for (const entry of page.entries) {
      if (this.done || this.#isBeyond(entry.lsn)) return;
      if (!this.#open) this.#begin();
      if (entry.code === ENTRY.commit) {
        if (!this.#commit(entry)) return;
        if (stops.has(entry.lsn)) yield entry.lsn;
        continue;
      }
      if (entry.code === ENTRY.ddl) this.#runDdl(entry, page);
      else {
        this.#schema.park();
        this.#rows.apply(entry);
      }
      this.entries += 1;
    }
  }

  finish(): { readonly lsn: Lsn; readonly time: Hlc } {
    if (this.#open) this.#abandon();
    // At the very position where capture of a table ended, all of it is known.
    if (this.#lsn !== this.#changedAt || !this.#isAt()) {
      this.#schema.park();
      this.#uncaptured.settle(this.#driver);
    }
    this.#schema.unpark();
    this.#uncaptured.remove(this.#driver);
    this.#driver.exec("COMMIT");
    return { lsn: this.#lsn, time: this.#time };
  }

  #isBeyond(lsn: Lsn): boolean {
    const moment = this.#moment;
    this.done ||= moment !== "newest" && moment.kind === "lsn" && lsn > moment.lsn;
    return this.done;
  }

  /** Behind the moment that was asked for may be a gap, which does not matter then. */
  #noteReached(): void {
    this.done ||= this.#isAt();
  }

  #isAt(): boolean {
    const moment = this.#moment;
    return moment !== "newest" && moment.kind === "lsn" && this.#lsn === moment.lsn;
  }

  /** When a transaction was committed is known at its end only, so it may have to go again. */
  #begin(): void {
    this.#driver.exec("SAVEPOINT replayed");
    this.#mark = this.#schema.mark();
    this.#open = true;
  }

  #commit(entry: LogEntry): boolean {
    const moment = this.#moment;
    const { wallMs, counter } = commitValues(entry);
    const time = { wallMs, counter };
    if (moment !== "newest" && moment.kind === "time" && compareHlc(time, moment.time) > 0) {
      this.done = true;
      this.#abandon();
      return false;
    }
    this.#driver.exec("RELEASE replayed");
    this.#open = false;
    this.#lsn = entry.lsn;
    this.#time = time;
    this.#noteReached();
    const setting = settingFrom(entry);
    if (setting !== null) {
      this.#changedAt = entry.lsn;
      this.#uncaptured.change(setting, this.#driver);
    }
    this.transactions += 1;
    if (this.entries - this.#since >= COMMIT_ENTRIES) {
      this.#driver.exec("COMMIT; BEGIN");
      this.#since = this.entries;
    }
    return true;
  }

  #abandon(): void {
    this.#driver.exec("ROLLBACK TO replayed; RELEASE replayed");
    this.#open = false;
    if (this.#mark !== null) this.#schema.reset(this.#mark);
    this.#rows = new RowApplier(this.#driver);
  }

  #runDdl(entry: LogEntry, page: HistoryPage): void {
    const sql = String(entry.values[1]);
    const relations = page.relationsAt(entry.lsn);
    this.#uncaptured.follow(this.#schema.run(sql, relations), relations.length > 0);
  }
}

/** The newest snapshot at or before the moment, or the one before that; and those in between. */
async function chooseSnapshot(
  snapshots: Snapshots,
  { moment, verify }: RestoreTask,
): Promise<{ readonly base: SnapshotHeader; readonly later: Set<Lsn> }> {
  const positions = await snapshots.positions();
  if (positions.length === 0) {
    throw new DosqlError("history-gone", "the archive has no snapshot to begin with", {
      hint: "the server takes one when it starts; or take one: dosql checkpoint --data DIR",
    });
  }
  const limit = moment !== "newest" && moment.kind === "lsn" ? moment.lsn : LSN_MAX;
  let oldest: SnapshotHeader | null = null;
  for (let i = positions.length - 1; i >= 0; i--) {
    const position = positions[i];
    if (position === undefined || position > limit) continue;
    const header = await snapshots.header(position);
    oldest = header;
    if (moment !== "newest" && moment.kind === "time" && compareHlc(header.time, moment.time) > 0) {
      continue;
    }
    const previous = verify === true ? positions[i - 1] : undefined;
    const base = previous === undefined ? header : await snapshots.header(previous);
    return { base, later: new Set(previous === undefined ? [] : [position]) };
  }
  const first = oldest ?? (await snapshots.header(positions[0] ?? limit));
  throw new DosqlError("history-gone", "the archive does not reach back so far", {
    hint: `it begins at ${new Date(first.time.wallMs).toISOString()}, LSN ${first.lsn}`,
  });
}

function requireReached(moment: Moment | "newest", end: Lsn): void {
  if (moment === "newest" || moment.kind === "time" || moment.lsn <= end) return;
  throw notReached(moment.lsn, end);
}

/** What one hears who asks for a position that is yet to come. */
export function notReached(lsn: Lsn, end: Lsn): DosqlError {
  return new DosqlError("invalid-argument", `LSN ${lsn} does not exist yet`, {
    hint: `what is known ends at ${end}`,
  });
}
