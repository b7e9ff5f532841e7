import { crc32 } from "../../base/crc32.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import { CanonicalReader } from "../log/canonical-reader.ts";
import type { ShardArchive } from "./shard-archive.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import {
  readSnapshotHeader,
  readStart,
  ROWS_END,
  ROWS_MAGIC,
  rowsKey,
  snapshotKey,
  snapshotPrefix,
} from "./snapshot-format.ts";

/** Bytes after the rows of a file. */
const FOOTER_BYTES = 16;

/** The snapshots of one shard in an object store. */
export class Snapshots {
  readonly #archive: ShardArchive;

  constructor(archive: ShardArchive) {
    this.#archive = archive;
  }

  /** The positions of all that are whole, in order. */
  async positions(from: Lsn = LSN_ZERO): Promise<Lsn[]> {
    const found: Lsn[] = [];
    const prefix = snapshotPrefix(this.#archive.shard);
    for await (const lsn of this.#archive.numbers(prefix, ".snap", from)) found.push(lsn);
    return found;
  }

  /** Whether a snapshot and the first of its files are still there. */
  async has({ lsn, parts }: SnapshotHeader): Promise<boolean> {
    const { store, shard } = this.#archive;
    const keys = [snapshotKey(shard, lsn), ...(parts.length > 0 ? [rowsKey(shard, lsn, 0)] : [])];
    for (const key of keys) {
      if ((await store.get(key, { offset: 0, length: 1 })) === null) return false;
    }
    return true;
  }

  /** @throws DosqlError `not-found`; `bad-file` */
  async header(lsn: Lsn): Promise<SnapshotHeader> {
    const { store, shard } = this.#archive;
    const key = snapshotKey(shard, lsn);
    const found = await store.get(key);
    if (found === null) throw new DosqlError("not-found", `the archive has no ${key}`);
    const header = readSnapshotHeader(found.bytes, key);
    const isOurs = header.database === shard.database && header.shard === shard.shard;
    if (isOurs && header.lsn === lsn) return header;
    throw new DosqlError(
      "bad-file",
      `${key} is the snapshot of ${header.database}/${header.shard} at LSN ${header.lsn}`,
      { hint: "a file was renamed or copied to a wrong place" },
    );
  }

  /**
   * The rows of a snapshot, a file at a time.
   *
   * @throws DosqlError `bad-file` for a file that is missing or damaged
   */
  async *rows(header: SnapshotHeader): AsyncGenerator<SnapshotRow[]> {
    const { store, shard } = this.#archive;
    for (const [number, part] of header.parts.entries()) {
      const key = rowsKey(shard, header.lsn, number);
      const found = await store.get(key);
      if (found === null) {
        throw new DosqlError("bad-file", `the archive has lost ${key}`, {
          hint: "take it from a backup, or restore to another time",
        });
      }
      if (found.bytes.length !== part.bytes || crc32(found.bytes) !== part.crc32) {
        throw new DosqlError("bad-file", `${key} is damaged: its checksum is wrong`, {
          hint: "nothing was changed; take the file from a backup",
        });
      }
      yield readRowsFile(found.bytes, header.tables.length, key);
    }
  }
}

/** A row with its table's place in the header. */
export interface SnapshotRow {
  readonly table: number;
  readonly row: Row;
}

/**
 * Reads a file of rows.
 *
 * @throws DosqlError `bad-file`; `format-too-new`
 */
function readRowsFile(bytes: Uint8Array, tables: number, what: string): SnapshotRow[] {
  if (bytes.length < FOOTER_BYTES) {
    throw new DosqlError("bad-file", `${what} is no part of a snapshot`);
  }
  const reader = new CanonicalReader(bytes, what, 0, bytes.length - FOOTER_BYTES);
  readStart(reader, ROWS_MAGIC, what);
  const footer = new CanonicalReader(bytes, what, bytes.length - FOOTER_BYTES);
  if (String.fromCharCode(...footer.raw(8)) !== ROWS_END) throw footer.damage("it has no end");
  const count = footer.u32();
  if (footer.u32() !== crc32(bytes.subarray(0, bytes.length - 4))) {
    throw footer.damage("the checksum is wrong");
  }
  const rows: SnapshotRow[] = [];
  while (reader.left > 0) {
    const table = reader.u32();
    if (table >= tables) throw reader.damage("a row of an unknown table");
    rows.push({ table, row: reader.row() });
  }
  if (rows.length !== count) throw reader.damage(`${rows.length} rows where ${count} should be`);
  return rows;
}
