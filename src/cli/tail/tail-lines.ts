import { DosqlError } from "../../base/errors.ts";

/** A line of a change feed; only what leads it is looked at. */
export interface TailLine {
  readonly event: string;
  /** Absent in an error. */
  readonly lsn: number | null;
  /** The whole line, with its end. */
  readonly text: string;
}

const LINE_END = 10;
/** `event` and `lsn` come first in every line. */
const LEAD = /^\{"event":"([\w-]+)"(?:,"lsn":(\d+))?/;

/** The lines of a stream of bytes; a last one that has no end was cut off, and is left out. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TailLine> {
  const utf8 = new TextDecoder();
  let begun = "";
  for await (const chunk of bytes) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_END, from);
      if (end < 0) break;
      const text = begun + utf8.decode(chunk.subarray(from, end + 1), { stream: true });
      begun = "";
      from = end + 1;
      yield toLine(text);
    }
    begun += utf8.decode(chunk.subarray(from), { stream: true });
  }
}

function toLine(text: string): TailLine {
  const found = LEAD.exec(text);
  if (found === null) throw new DosqlError("protocol", "this is no change feed");
  const [, event = "", lsn] = found;
  return { event, lsn: lsn === undefined ? null : Number(lsn), text };
}

/** The error that a line tells. */
export function lineError(text: string): DosqlError {
  const { code, message, hint } = JSON.parse(text) as {
    readonly code: DosqlError["code"];
    readonly message: string;
    readonly hint?: string;
  };
  return new DosqlError(code, message, hint === undefined ? {} : { hint });
}
