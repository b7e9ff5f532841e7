import { DosqlError } from "../../base/errors.ts";
import { partsOf } from "../../engine/row-parts.ts";
import type { Statement } from "../../engine/session/session.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { workersEntropy } from "../../platform/workers/entropy.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { partText, readPart } from "../../rpc/api/answer-text.ts";
import type { PartPlace, RowsCall, RowsReply } from "../../rpc/row-wire.ts";
import { toWireError } from "../../rpc/shard-wire.ts";
import type { ObjectHome } from "./object-home.workers.ts";

/** Below what a Durable Object stores as one value. */
const MAX_PIECE_BYTES = 1024 * 1024;

/** How long a result waits at least for somebody to fetch it. */
const KEPT_MS = 3_600_000;

/**
 * What pieces of a result begin with: whether the part goes on in the next piece, is over, or is
 * the last one; then a text as answer-text.ts has it, in UTF-8. Whether INTEGERs are numbers is
 * the end of the result's name, `n`.
 */
const GOES_ON = 0;
const OVER = 1;
const LAST = 2;
const NUMBERS = "n";

/** Results in parts: what row-wire.ts describes, in the object. */
export class ObjectRows {
  readonly #home: ObjectHome;

  constructor(home: ObjectHome) {
    this.#home = home;
  }

  answer(call: RowsCall): RowsReply {
    try {
      if ("open" in call) return this.#open(call.open, call.integers);
      if ("read" in call) return this.#read(call.read);
      this.#spool().drop(call.drop);
      return { rows: [], next: null };
    } catch (error) {
      return { error: toWireError(error) };
    }
  }

  /** Within one event, so nothing changes before the last row is read. */
  #open({ sql, params }: Statement, integers: IntegerMode): RowsReply {
    const open = this.#home.session(integers).open(sql, params);
    const names = open.columns.map((column) => column.name);
    const parts = partsOf(open);
    const { value: first } = parts.next();
    let part = parts.next();
    const rows = first?.rows ?? [];
    if (part.done === true) return { names, rows, next: null };
    const name = newName(integers);
    const spool = this.#spool();
    spool.dropBefore(newName(integers, KEPT_MS));
    let piece = 0;
    try {
      while (part.done !== true) {
        const text = partText(part.value.rows, integers);
        part = parts.next();
        piece = writePart(spool, name, piece, text, part.done === true);
      }
    } catch (error) {
      parts.return();
      spool.drop(name);
      throw error;
    }
    return { names, rows, next: { name, piece: 0 } };
  }

  #read({ name, piece }: PartPlace): RowsReply {
    const spool = this.#spool();
    const decoder = new TextDecoder();
    let text = "";
    let kind = GOES_ON;
    let at = piece;
    while (kind === GOES_ON) {
      const bytes = spool.read(name, at++);
      if (bytes === null) throw forgotten();
      kind = bytes[0] ?? LAST;
      text += decoder.decode(bytes.subarray(1), { stream: kind === GOES_ON });
    }
    const rows = readPart(text, name.endsWith(NUMBERS) ? "number" : "bigint");
    if (kind === OVER) return { rows, next: { name, piece: at } };
    spool.drop(name);
    return { rows, next: null };
  }

  #spool(): SpoolTable {
    return new SpoolTable(this.#home.driver);
  }
}

/** @returns where the next part begins */
function writePart(
  spool: SpoolTable,
  name: string,
  piece: number,
  text: string,
  isLast: boolean,
): number {
  const utf8 = new TextEncoder().encode(text);
  let at = piece;
  for (let start = 0; start < utf8.length; start += MAX_PIECE_BYTES) {
    const end = start + MAX_PIECE_BYTES;
    const bytes = new Uint8Array(Math.min(end, utf8.length) - start + 1);
    bytes[0] = end < utf8.length ? GOES_ON : isLast ? LAST : OVER;
    bytes.set(utf8.subarray(start, end), 1);
    spool.write(name, at++, bytes);
  }
  return at;
}

/** As names of scripts begin: with milliseconds of a fixed width, so that they sort by age. */
function newName(integers: IntegerMode, ageMs = 0): string {
  const timeMs = String(workersClock.nowMs() - ageMs).padStart(13, "0");
  if (ageMs > 0) return timeMs;
  const hex = Array.from(workersEntropy.randomBytes(16), (b) => b.toString(16).padStart(2, "0"));
  return `${timeMs}-${hex.join("")}${integers === "number" ? NUMBERS : ""}`;
}

function forgotten(): DosqlError {
  return new DosqlError("not-found", "the rest of the rows is not there any more", {
    hint: `rows wait for ${KEPT_MS / 60_000} minutes to be fetched, and a restore forgets them`,
  });
}
