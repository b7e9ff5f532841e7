/*
 * A snapshot: what a shard held at one position of its log, in the words of SQL.
 *
 * `snap/<database>/<shard>/<LSN>.snap` says what there is. It is written last: without it, the
 * files of rows are nothing. Numbers are big-endian, texts and rows as in canonical-writer.ts.
 *
 *   magic     8 bytes, "DOSQLSNP"
 *   version   u32, 1
 *   header    text: JSON, see SnapshotHeader
 *   checksum  u32, CRC-32 of everything before
 *
 * `rows/<database>/<shard>/<LSN>/<number>.rows`, numbers from 0 on with six digits, hold the rows:
 *
 *   magic     8 bytes, "DOSQLROW"
 *   version   u32, 1
 *   rows      of each: the table's place in the header as u32, then the row
 *   magic     8 bytes, "DOSQLEND"
 *   count     u32, of the rows
 *   checksum  u32, CRC-32 of everything before
 *
 * A row begins with the hidden rowid where its table has one that is no column; its values are
 * those of the stored columns.
 */
import { crc32 } from "../../base/crc32.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { CanonicalReader } from "../log/canonical-reader.ts";
import { CanonicalWriter } from "../log/canonical-writer.ts";
import { FieldReader } from "../log/segment-fields.ts";
import type { LogIdentity } from "../log/segment-format.ts";
import { keyNumber } from "../log/segment-format.ts";
import type { ShardName } from "./shard-archive.ts";

const SNAPSHOT_MAGIC = "DOSQLSNP";
export const ROWS_MAGIC = "DOSQLROW";
export const ROWS_END = "DOSQLEND";
export const SNAPSHOT_VERSION = 1;

/** Something of the schema, as SQLite has it. */
export interface SnapshotObject {
  readonly type: "table" | "index" | "view" | "trigger";
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** A table whose rows the snapshot has. */
export interface SnapshotTable {
  readonly name: string;
  /** Stored columns, in the order of rows. */
  readonly columns: readonly string[];
  /** The name by which the hidden rowid in front of each row is known, or null without one. */
  readonly rowid: string | null;
  readonly rows: number;
  /** See row-hash.ts. */
  readonly hash: string;
}

/** A file of rows. */
export interface SnapshotPart {
  readonly bytes: number;
  readonly crc32: number;
}

/** What a snapshot says of itself. */
export interface SnapshotHeader extends LogIdentity {
  /** The end of the last transaction that is in it; 0 before the first. */
  readonly lsn: Lsn;
  /** When that was committed; without one, when the snapshot was taken. */
  readonly time: Hlc;
  readonly schemaVersion: number;
  readonly capture: CaptureSetting;
  readonly userVersion: number;
  readonly applicationId: number;
  /** In the order in which SQLite has them. */
  readonly objects: readonly SnapshotObject[];
  readonly tables: readonly SnapshotTable[];
  /** Tables whose rows it has not, because their changes are not logged. */
  readonly uncaptured: readonly string[];
  /** Rows of sqlite_sequence; numbers as text. */
  readonly sequences: readonly (readonly [string, string])[];
  readonly parts: readonly SnapshotPart[];
}

/** What the keys of all snapshots of a shard begin with. */
export function snapshotPrefix({ database, shard }: ShardName): string {
  return `snap/${encodeURIComponent(database)}/${shard}/`;
}

export function snapshotKey(shard: ShardName, lsn: Lsn): string {
  return `${snapshotPrefix(shard)}${keyNumber(lsn)}.snap`;
}

/** What the keys of the rows of all snapshots of a shard begin with. */
export function rowsPrefix({ database, shard }: ShardName): string {
  return `rows/${encodeURIComponent(database)}/${shard}/`;
}

export function rowsKey(shard: ShardName, lsn: Lsn, part: number): string {
  return `${rowsPrefix(shard)}${keyNumber(lsn)}/${String(part).padStart(6, "0")}.rows`;
}

/** The bytes of a `.snap` file. */
export function writeSnapshotHeader(header: SnapshotHeader): Uint8Array<ArrayBuffer> {
  const file = new CanonicalWriter();
  file.raw(new TextEncoder().encode(SNAPSHOT_MAGIC));
  file.u32(SNAPSHOT_VERSION);
  file.text(JSON.stringify(header));
  file.u32(crc32(file.view()));
  return file.copy();
}

/**
 * Reads a `.snap` file.
 *
 * @throws DosqlError `bad-file`; `format-too-new`
 */
export function readSnapshotHeader(bytes: Uint8Array, what: string): SnapshotHeader {
  const reader = new CanonicalReader(bytes, what);
  readStart(reader, SNAPSHOT_MAGIC, what);
  const text = reader.text();
  const crc = crc32(bytes.subarray(0, reader.at));
  if (reader.u32() !== crc || reader.left > 0) throw reader.damage("the checksum is wrong");
  return parse(FieldReader.parse(text, what));
}

/** Checks magic and version of a file of rows or a header. */
export function readStart(reader: CanonicalReader, magic: string, what: string): void {
  const found = reader.left < 8 ? "" : String.fromCharCode(...reader.raw(8));
  if (found !== magic) throw new DosqlError("bad-file", `${what} is no part of a snapshot`);
  reader.version(SNAPSHOT_VERSION);
}

function parse(fields: FieldReader): SnapshotHeader {
  return {
    database: fields.text("database"),
    shard: fields.whole("shard"),
    epoch: fields.text("epoch"),
    lsn: toLsn(fields.whole("lsn")),
    time: fields.part("time", (time) => ({
      wallMs: time.whole("wallMs"),
      counter: time.whole("counter"),
    })),
    schemaVersion: fields.whole("schemaVersion"),
    capture: fields.part("capture", (capture) => ({
      mode: capture.text("mode") === "on" ? "on" : "off",
      except: capture.list("except", (name) => name.itselfText()),
    })),
    userVersion: fields.integer("userVersion"),
    applicationId: fields.integer("applicationId"),
    objects: fields.list("objects", toObject),
    tables: fields.list("tables", toTable),
    uncaptured: fields.list("uncaptured", (name) => name.itselfText()),
    sequences: fields.list("sequences", (pair) => {
      const [name = "", seq = ""] = pair.items().map((one) => one.itselfText());
      if (!/^-?\d{1,19}$/.test(seq)) throw fields.wrong("sequences");
      return [name, seq] as const;
    }),
    parts: fields.list("parts", (part) => ({
      bytes: part.whole("bytes"),
      crc32: part.whole("crc32"),
    })),
  };
}

const TYPES = ["table", "index", "view", "trigger"] as const;

function toObject(fields: FieldReader): SnapshotObject {
  const type = TYPES.find((one) => one === fields.text("type"));
  if (type === undefined) throw fields.wrong("type");
  return {
    type,
    name: fields.text("name"),
    table: fields.text("table"),
    sql: fields.text("sql"),
  };
}

function toTable(fields: FieldReader): SnapshotTable {
  return {
    name: fields.text("name"),
    columns: fields.list("columns", (name) => name.itselfText()),
    rowid: fields.nullableText("rowid"),
    rows: fields.whole("rows"),
    hash: fields.text("hash"),
  };
}
