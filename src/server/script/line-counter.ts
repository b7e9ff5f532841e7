/** A place in a text for a reader: both from 1, columns in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Turns offsets of a text that streams by into lines and columns. Offsets are asked for in
 * rising order, so that only the lines not yet passed are kept.
 */
export class LineCounter {
  #length = 0;
  #line = 1;
  #lineStart = 0;
  /** Offsets behind each line feed not yet passed. */
  #ahead: number[] = [];
  #passed = 0;

  add(text: string): void {
    let at = -1;
    while ((at = text.indexOf("\n", at + 1)) >= 0) this.#ahead.push(this.#length + at + 1);
    this.#length += text.length;
  }

  /** Characters beyond the basic plane count twice here; `within` counts them once. */
  place(offset: number): Place {
    let next = this.#ahead[this.#passed];
    while (next !== undefined && next <= offset) {
      this.#line += 1;
      this.#lineStart = next;
      this.#passed += 1;
      next = this.#ahead[this.#passed];
    }
    if (this.#passed > 1_000) {
      this.#ahead = this.#ahead.slice(this.#passed);
      this.#passed = 0;
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

/** The place of an offset inside a text that itself starts at a place. */
export function placeWithin(start: Place, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  const last = Array.from(lines.at(-1) ?? "").length;
  return lines.length === 1
    ? { line: start.line, column: start.column + last }
    : { line: start.line + lines.length - 1, column: last + 1 };
}
