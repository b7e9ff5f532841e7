import { DosqlError } from "../../base/errors.ts";
import { ScriptSplitter } from "../../sql/script/split.ts";
import type { ScriptStatement } from "../../sql/script/split.ts";
import type { Place } from "./line-counter.ts";
import { LineCounter } from "./line-counter.ts";
import { utf8Chunks } from "./utf8-chunks.ts";

/** What reading a script brings: a statement, why it cannot be read further, or its end. */
export type ScriptEvent =
  | {
      readonly kind: "statement";
      readonly text: string;
      readonly place: Place;
      /** Bytes taken from the source so far. */
      readonly bytesRead: number;
    }
  | { readonly kind: "fault"; readonly error: DosqlError; readonly place: Place }
  | { readonly kind: "end"; readonly bytesRead: number };

/** Reads a script piece by piece, in memory for one statement at most. */
export async function* readScript(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ScriptEvent> {
  const splitter = new ScriptSplitter();
  const lines = new LineCounter();
  let length = 0;
  let bytesRead = 0;
  for await (const chunk of utf8Chunks(chunks)) {
    const nul = chunk.text.indexOf("\0");
    const text = nul < 0 ? chunk.text : chunk.text.slice(0, nul);
    lines.add(text);
    if (chunk.kind === "text") bytesRead = chunk.bytesRead;
    yield* events(() => splitter.push(text), lines, bytesRead);
    length += text.length;
    if (nul >= 0) {
      yield fault(nulError(length), lines, length);
      return;
    }
    if (chunk.kind === "invalid") {
      yield fault(utf8Error(chunk.byteOffset), lines, length);
      return;
    }
  }
  yield* events(() => splitter.end(), lines, bytesRead);
  yield { kind: "end", bytesRead };
}

/** Statements up to the first fault; whoever reads stops there. */
function* events(
  split: () => readonly ScriptStatement[],
  lines: LineCounter,
  bytesRead: number,
): Generator<ScriptEvent> {
  let statements: readonly ScriptStatement[];
  try {
    statements = split();
  } catch (error) {
    if (!(error instanceof DosqlError)) throw error;
    yield fault(error, lines, error.at ?? 0);
    return;
  }
  for (const { text, start } of statements) {
    const place = lines.place(start);
    const meta = /^\\(\S*)/.exec(text);
    if (meta !== null) {
      const error = new DosqlError(
        "unsupported",
        `\\${meta[1] ?? ""} is a command of psql, not SQL`,
        { hint: "run the script by psql -f, or remove the line" },
      );
      yield { kind: "fault", error, place };
      return;
    }
    yield { kind: "statement", text, place, bytesRead };
  }
}

function fault(error: DosqlError, lines: LineCounter, offset: number): ScriptEvent {
  return { kind: "fault", error, place: lines.place(offset) };
}

function nulError(offset: number): DosqlError {
  // Every second byte of an ASCII text in UTF-16 is one.
  const utf16 = offset <= 1;
  return new DosqlError("unsupported", "the script contains a NUL character", {
    hint: utf16
      ? "this looks like UTF-16; save the script as UTF-8"
      : "is this an SQL script? a NUL in a value is written as char(0)",
  });
}

function utf8Error(byteOffset: number): DosqlError {
  return new DosqlError("unsupported", `the script is not UTF-8: byte ${byteOffset} is invalid`, {
    hint: "save the script as UTF-8",
  });
}
