/** About what a page may hold in memory. */
const PAGE_BYTES = 1_048_576;

/**
 * Rows of a page at most. Few, because rows that suddenly are large meet a page that was laid out
 * for small ones; more would not be faster.
 */
const MOST_ROWS = 256;

/** Rows of the first page. */
const FIRST_ROWS = 16;

/** How many rows to read at once, so that a page is of about the same size whatever they hold. */
export class PageSize {
  #rows = FIRST_ROWS;
  #bytes = 0;
  #read = 0;

  /** Rows to ask for. */
  get rows(): number {
    return this.#rows;
  }

  /** Notes a row that was read. */
  note(bytes: number): void {
    this.#bytes += bytes;
    this.#read += 1;
  }

  /** After a page. */
  adapt(): void {
    if (this.#read === 0) return;
    const fitting = Math.floor((PAGE_BYTES * this.#read) / this.#bytes);
    this.#rows = Math.max(1, Math.min(fitting, this.#rows * 2, MOST_ROWS));
    this.#bytes = 0;
    this.#read = 0;
  }
}
