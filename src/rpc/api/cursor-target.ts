import { RpcTarget } from "capnweb";
import { rowSizeBytes } from "../../base/row-size.ts";
import type { Row } from "../../base/value.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { checkAccess } from "./access.ts";
import { partText } from "./answer-text.ts";
import type { RemoteCursor } from "./remote-api.ts";
import type { TargetParts } from "./target-parts.ts";

/** About as much as a part of a result takes on the wire. */
const PART_BYTES = 262_144;

/** Results that wait on a connection: twenty small ones at most. */
const CURSOR_WEIGHT = 500;

/** What it is made of. */
interface OpenResult {
  readonly head: string;
  readonly rows: Row[];
  readonly integers: IntegerMode;
}

/** A result that is fetched in parts. It holds rows, never a statement that runs. */
export class CursorTarget extends RpcTarget implements RemoteCursor {
  readonly #parts: TargetParts;
  readonly #head: string;
  readonly #integers: IntegerMode;
  readonly #weight: number;
  #rows: Row[];
  #next = 0;
  #disposed = false;

  private constructor(parts: TargetParts, result: OpenResult, weight: number) {
    super();
    this.#parts = parts;
    this.#weight = weight;
    this.#head = result.head;
    this.#rows = result.rows;
    this.#integers = result.integers;
  }

  /** @param run makes the result, once there is room for it */
  static async open(parts: TargetParts, run: () => Promise<OpenResult>): Promise<CursorTarget> {
    let weight = CURSOR_WEIGHT;
    parts.open.enter(weight);
    try {
      const result = await run();
      const rows = parts.open.weightOf(
        result.rows.reduce((bytes, row) => bytes + rowSizeBytes(row), 0),
      );
      parts.open.enter(rows);
      weight += rows;
      return new CursorTarget(parts, result, weight);
    } catch (error) {
      parts.open.leave(weight);
      throw error;
    }
  }

  head(): string {
    return this.#parts.open.answered(this.#head);
  }

  async fetch(): Promise<string> {
    await this.#parts.room();
    this.#parts.open.refuseFull();
    checkAccess(this.#parts.access, this.#parts.clock);
    const first = this.#next;
    let sizeBytes = 0;
    while (this.#next < this.#rows.length && sizeBytes < PART_BYTES) {
      sizeBytes += rowSizeBytes(this.#rows[this.#next++] ?? []);
    }
    if (first === this.#next) return "";
    const part = partText(this.#rows.slice(first, this.#next), this.#integers);
    return this.#parts.open.answered(part);
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#rows = [];
    this.#parts.open.leave(this.#weight);
  }
}
