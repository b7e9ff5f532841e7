import { crc32 } from "../../base/crc32.ts";
import { DosqlError } from "../../base/errors.ts";
import { MAX_RESULT_BYTES } from "../../base/row-size.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { LeaseTurns } from "../feed/lease-turns.ts";
import type { Pacer } from "../feed/pacer.ts";
import type { ToldHost } from "../feed/told-reader.ts";
import { openTold } from "../feed/told-reader.ts";
import { CanonicalWriter } from "../log/canonical-writer.ts";
import type { LogIdentity } from "../log/segment-format.ts";
import { RowHash } from "./row-hash.ts";
import type { ShardArchive } from "./shard-archive.ts";
import type { SnapshotHeader, SnapshotPart, SnapshotTable } from "./snapshot-format.ts";
import {
  ROWS_END,
  ROWS_MAGIC,
  rowsKey,
  SNAPSHOT_VERSION,
  snapshotKey,
  writeSnapshotHeader,
} from "./snapshot-format.ts";
import { readRows, readSnapshotFacts, readSourceTables } from "./snapshot-source.ts";

/** About what a file of rows holds. */
const PART_BYTES = 4 * 1024 * 1024;
/** Rows between two looks at the clock. */
const PACE_ROWS = 500;

/** What a snapshot needs of its shard. */
export interface SnapshotHost extends ToldHost {
  readonly writer: { readonly driver: SqlDriver };
  readonly openReader: (() => SqlDriver) | null;
}

/** How a snapshot is taken. */
export interface SnapshotTask {
  readonly archive: ShardArchive;
  readonly identity: LogIdentity;
  readonly turns: LeaseTurns;
  readonly pacer: Pacer;
  readonly nowMs: number;
}

/**
 * Stores a snapshot of what is committed now, while writers go on. Where no further connection
 * can be opened it is read at once, which has to fit into memory.
 *
 * @throws DosqlError `limit` when it does not
 */
export async function takeSnapshot(
  host: SnapshotHost,
  task: SnapshotTask,
): Promise<SnapshotHeader> {
  if (host.openReader === null) return await takeAtOnce(host.writer.driver, task);
  const driver = await openTold(host, task.turns, host.openReader);
  try {
    const steps = snapshotSteps(driver, task);
    for (let parts = 0; ;) {
      const step = steps.next();
      if (step.done === true) return await storeHeader(step.value, task);
      if (step.value.bytes !== null) {
        await storePart(step.value, parts++, task);
        task.pacer.restart();
      } else if (task.pacer.worked(PACE_ROWS)) await task.pacer.rest();
    }
  } finally {
    driver.close();
  }
}

async function takeAtOnce(driver: SqlDriver, task: SnapshotTask): Promise<SnapshotHeader> {
  const parts: Step[] = [];
  const header = await task.turns.run(() => {
    let bytes = 0;
    const steps = snapshotSteps(driver, task);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (step.value.bytes === null) continue;
      parts.push(step.value);
      bytes += step.value.bytes.length;
      if (bytes > MAX_RESULT_BYTES) {
        throw new DosqlError("limit", "the database is too large for a snapshot at once");
      }
    }
  });
  for (const [i, part] of parts.entries()) await storePart(part, i, task);
  return await storeHeader(header, task);
}

/** A finished file of rows of the snapshot at `lsn`, or a pause. */
interface Step {
  readonly lsn: SnapshotHeader["lsn"];
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** Reads the database as it is, in files of rows and pauses between. */
function* snapshotSteps(
  driver: SqlDriver,
  { identity, nowMs }: SnapshotTask,
): Generator<Step, SnapshotHeader> {
  const facts = readSnapshotFacts(driver, identity, nowMs);
  const { lsn } = facts;
  const tables: SnapshotTable[] = [];
  const parts: SnapshotPart[] = [];
  const file = new RowsFile();
  const finish = (): Step => {
    const bytes = file.finish();
    parts.push({ bytes: bytes.length, crc32: crc32(bytes) });
    return { lsn, bytes };
  };
  for (const [place, table] of readSourceTables(driver).entries()) {
    const hash = new RowHash();
    for (const row of readRows(driver, table)) {
      hash.add(file.add(place, row));
      if (file.full) yield finish();
      else if (hash.rows % PACE_ROWS === 0) yield { lsn, bytes: null };
    }
    tables.push({ ...table, rows: hash.rows, hash: hash.toString() });
  }
  if (file.rows > 0) yield finish();
  return { ...facts, tables, parts };
}

async function storePart({ lsn, bytes }: Step, number: number, task: SnapshotTask): Promise<void> {
  const key = rowsKey(task.archive.shard, lsn, number);
  await task.archive.store.put(key, bytes ?? new Uint8Array());
}

async function storeHeader(header: SnapshotHeader, task: SnapshotTask): Promise<SnapshotHeader> {
  const key = snapshotKey(task.archive.shard, header.lsn);
  await task.archive.store.put(key, writeSnapshotHeader(header));
  return header;
}

/** A file of rows under construction. */
class RowsFile {
  readonly #file = new CanonicalWriter();
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  get full(): boolean {
    return this.#file.length >= PART_BYTES;
  }

  /** Returns the row's bytes, valid until the next call. */
  add(table: number, row: Parameters<CanonicalWriter["row"]>[0]): Uint8Array {
    const file = this.#file;
    if (this.#rows === 0) {
      file.raw(new TextEncoder().encode(ROWS_MAGIC));
      file.u32(SNAPSHOT_VERSION);
    }
    file.u32(table);
    const start = file.length;
    file.row(row);
    this.#rows += 1;
    return file.view(start);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const file = this.#file;
    file.raw(new TextEncoder().encode(ROWS_END));
    file.u32(this.#rows);
    file.u32(crc32(file.view()));
    const bytes = file.copy();
    file.reset();
    this.#rows = 0;
    return bytes;
  }
}
