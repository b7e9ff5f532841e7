import { DosqlError } from "../../base/errors.ts";

/** A value of a JSON text with comments, and where it stands: offsets of its ends. */
export type JsoncNode = JsoncObject | JsoncArray | JsoncScalar;

export interface JsoncObject {
  readonly kind: "object";
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsoncMember[];
}

export interface JsoncMember {
  readonly key: string;
  readonly start: number;
  readonly value: JsoncNode;
}

export interface JsoncArray {
  readonly kind: "array";
  readonly start: number;
  readonly end: number;
  readonly items: readonly JsoncNode[];
}

/** A string, a number, `true`, `false` or `null`. */
export interface JsoncScalar {
  readonly kind: "scalar";
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

/** Space and comments. */
const GAP = /(?:\s|\ufeff|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:\\.|[^"\\])*"/y;
const WORD = /-?[\w.+-]+/y;

/** Reads a text that was found to be JSON with comments before: see `parseJsonc`. */
export class JsoncTree {
  readonly #text: string;
  #at = 0;

  private constructor(text: string) {
    this.#text = text;
  }

  /** @throws DosqlError `bad-file` when the text is not an object */
  static read(path: string, text: string): JsoncObject {
    const node = new JsoncTree(text).#value();
    if (node.kind === "object") return node;
    throw new DosqlError("bad-file", `${path} holds no JSON object`);
  }

  /** The end of the comments and spaces from `at` on. */
  static gapEnd(text: string, at: number): number {
    GAP.lastIndex = at;
    GAP.test(text);
    return GAP.lastIndex;
  }

  #value(): JsoncNode {
    this.#gap();
    const start = this.#at;
    switch (this.#text[start]) {
      case "{": {
        const members = this.#list("}", () => this.#member());
        return { kind: "object", start, end: this.#at, members };
      }
      case "[": {
        const items = this.#list("]", () => this.#value());
        return { kind: "array", start, end: this.#at, items };
      }
      case '"':
        return { kind: "scalar", start, value: this.#token(STRING), end: this.#at };
      default:
        return { kind: "scalar", start, value: this.#token(WORD), end: this.#at };
    }
  }

  #list<T>(close: string, one: () => T): T[] {
    const all: T[] = [];
    for (;;) {
      // The opening bracket, or the comma.
      this.#at += 1;
      this.#gap();
      if (this.#text[this.#at] === close) break;
      all.push(one());
      this.#gap();
      if (this.#text[this.#at] === close) break;
    }
    this.#at += 1;
    return all;
  }

  #member(): JsoncMember {
    const start = this.#at;
    const key = String(this.#token(STRING));
    this.#gap();
    this.#at += 1;
    return { key, start, value: this.#value() };
  }

  #token(pattern: RegExp): unknown {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) throw new DosqlError("bug", `no JSON at offset ${this.#at}`);
    this.#at = pattern.lastIndex;
    return JSON.parse(found[0]) as unknown;
  }

  #gap(): void {
    this.#at = JsoncTree.gapEnd(this.#text, this.#at);
  }
}
