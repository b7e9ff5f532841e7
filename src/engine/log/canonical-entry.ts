/*
 * An entry of the log in canonical bytes (see canonical-writer.ts):
 *
 *   LSN       u64
 *   code      u8, as in layout.ts
 *   relation  u32, its number; 0 for `ddl` and `commit`
 *   values    row; of `ddl` and `commit` without the nulls at the end
 *
 * The CRC-32 of a sealed transaction is taken over the bytes of all its entries in order, that of
 * the commit among them.
 */
import { crc32 } from "../../base/crc32.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { CanonicalReader } from "./canonical-reader.ts";
import { CanonicalWriter } from "./canonical-writer.ts";
import { ENTRY } from "./layout.ts";
import type { EntryCode } from "./layout.ts";
import { valueCount } from "./log-entry.ts";
import type { LogEntry } from "./log-entry.ts";
import type { Relation } from "./relation.ts";

/** Writes one entry. */
export function writeEntry(writer: CanonicalWriter, entry: LogEntry): void {
  const { lsn, code, relation, values } = entry;
  writer.u64(lsn);
  writer.u8(code);
  writer.u32(relation?.id ?? 0);
  writer.row(relation === null ? withoutNullsAtEnd(values) : values);
}

/**
 * Reads one entry.
 *
 * @param relations those that the file has, by number
 * @throws DosqlError `bad-file` for bytes that are no entry
 */
export function readEntry(
  reader: CanonicalReader,
  relations: ReadonlyMap<number, Relation>,
): LogEntry {
  const lsn = toLsn(reader.u64());
  const code = readCode(reader);
  const id = reader.u32();
  const values = reader.row();
  const bare = code === ENTRY.ddl || code === ENTRY.commit;
  if (bare !== (id === 0)) throw reader.damage(`entry ${lsn} has a wrong relation`);
  if (bare) return { lsn, code, relation: null, values };
  const relation = relations.get(id);
  if (relation === undefined) throw reader.damage(`entry ${lsn} names an unknown relation`);
  if (values.length !== valueCount(relation, code)) {
    throw reader.damage(`entry ${lsn} has ${values.length} values`);
  }
  return { lsn, code, relation, values };
}

function readCode(reader: CanonicalReader): EntryCode {
  const code = reader.u8();
  if (code < ENTRY.insert || code > ENTRY.commit) throw reader.damage("an entry of unknown kind");
  return code as EntryCode;
}

function withoutNullsAtEnd(values: Row): Row {
  let length = values.length;
  while (length > 0 && values[length - 1] === null) length--;
  return length === values.length ? values : values.slice(0, length);
}

/** Takes the checksum of a transaction entry by entry. */
export class EntryChecksum {
  readonly #writer = new CanonicalWriter();
  #crc = 0;

  add(entry: LogEntry): void {
    this.#writer.reset();
    writeEntry(this.#writer, entry);
    this.#crc = crc32(this.#writer.view(), this.#crc);
  }

  /** The checksum of what was added; the next one begins anew. */
  take(): number {
    const crc = this.#crc;
    this.#crc = 0;
    return crc;
  }
}
