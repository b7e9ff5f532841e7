import { DosqlError } from "../../../base/errors.ts";
import type { ErrorCode } from "../../../base/errors.ts";
import type { Row, SqlValue } from "../../../base/value.ts";
import { CODE_FIELD, ValueTag } from "../../../engine/value-tag.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
/** Texts up to this length are read by a loop, which beats the decoder there. */
const SHORT_BYTES = 24;
const TWO_TO_32 = 0x1_0000_0000;

const Code = {
  commandComplete: 0x43,
  dataRow: 0x44,
  error: 0x45,
  parseComplete: 0x31,
  portalSuspended: 0x73,
  ready: 0x5a,
  rowDescription: 0x54,
} as const;

const OPEN = 0x54;

/** What came back of one exchange. */
export interface Reply {
  readonly rows: Row[];
  /** Bytes of the whole answer. */
  readonly size: number;
  /** What Describe told: see `sqlite-answers.ts` of the server; null when it was not asked. */
  readonly described: Row | null;
  /** Columns, four cells each, when they have become others. */
  readonly columns: Row | null;
  /** Changes and last inserted rowid of the last statement that ended. */
  readonly changes: number;
  readonly lastRowid: bigint | null;
  /** There are more rows. */
  readonly suspended: boolean;
  /** A transaction is open. */
  readonly open: boolean;
  readonly error: DosqlError | null;
}

type Building = { -readonly [Key in keyof Reply]: Reply[Key] };

/** Reads the bytes of one answer. */
export function readReply(bytes: Uint8Array, integers: IntegerMode): Reply {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new ValueReader(bytes, view, integers);
  const reply: Building = {
    rows: [],
    size: bytes.length,
    described: null,
    columns: null,
    changes: 0,
    lastRowid: null,
    suspended: false,
    open: false,
    error: null,
  };
  let next: "rows" | "described" | "columns" = "rows";
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 1 + view.getInt32(at + 1);
    switch (bytes[at]) {
      case Code.dataRow: {
        const row = reader.row(at + 5);
        if (next === "rows") reply.rows.push(row);
        else reply[next] = row;
        next = "rows";
        break;
      }
      case Code.parseComplete:
        next = "described";
        break;
      case Code.rowDescription:
        next = "columns";
        break;
      case Code.commandComplete:
        readTag(reader.text(at + 5, end - 1), reply);
        break;
      case Code.portalSuspended:
        reply.suspended = true;
        break;
      case Code.error:
        reply.error ??= readError(reader, at + 5, end);
        break;
      case Code.ready:
        reply.open = bytes[at + 5] === OPEN;
        break;
      default:
    }
    at = end;
  }
  return reply;
}

function readTag(tag: string, reply: Building): void {
  const [, changes = "0", rowid = "0"] = / (\d+) (-?\d+)$/.exec(tag) ?? [];
  reply.changes = Number(changes);
  reply.lastRowid = BigInt(rowid);
}

function readError(reader: ValueReader, start: number, end: number): DosqlError {
  const fields = new Map<number, string>();
  for (let at = start; at < end - 1;) {
    const zero = reader.bytes.indexOf(0, at + 1);
    fields.set(reader.bytes[at] ?? 0, reader.text(at + 1, zero));
    at = zero + 1;
  }
  const [code = "connection", sqlite] = (fields.get(CODE_FIELD) ?? "connection").split("/");
  const hint = fields.get(0x48);
  return new DosqlError(code as ErrorCode, fields.get(0x4d) ?? "", {
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Reads tagged values. */
class ValueReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #exact: boolean;

  constructor(bytes: Uint8Array, view: DataView, integers: IntegerMode) {
    this.bytes = bytes;
    this.#view = view;
    this.#exact = integers === "bigint";
  }

  row(start: number): Row {
    const view = this.#view;
    const count = view.getInt16(start);
    const row: Row = [];
    let at = start + 2;
    for (let i = 0; i < count; i++) {
      const size = view.getInt32(at);
      at += 4;
      if (size < 0) {
        row.push(null);
        continue;
      }
      row.push(this.#value(at, at + size));
      at += size;
    }
    return row;
  }

  text(start: number, end: number): string {
    if (end - start > SHORT_BYTES) return DECODER.decode(this.bytes.subarray(start, end));
    let text = "";
    for (let at = start; at < end; at++) {
      const byte = this.bytes[at] as number;
      if (byte >= 0x80) return DECODER.decode(this.bytes.subarray(start, end));
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #value(at: number, end: number): SqlValue {
    const view = this.#view;
    switch (this.bytes[at]) {
      case ValueTag.int32: {
        const value = view.getInt32(at + 1);
        return this.#exact ? BigInt(value) : value;
      }
      case ValueTag.int64:
        // One rounding, as a conversion of the whole would have.
        return this.#exact
          ? view.getBigInt64(at + 1)
          : view.getInt32(at + 1) * TWO_TO_32 + view.getUint32(at + 5);
      case ValueTag.real:
        return view.getFloat64(at + 1);
      case ValueTag.text:
        return this.text(at + 1, end);
      default:
        // A copy: the next answer may come to the same place.
        return new Uint8Array(this.bytes.subarray(at + 1, end));
    }
  }
}
