/**
 * The memory that a blocked thread and its bridge worker share: numbers in front, then room for
 * one request and one answer, which need no structured clone. One side at a time writes; the
 * counter, read before anything else is looked at, says that there is news.
 */
const NUMBERS_BYTES = 64;
/** Longer ones go through the port. */
export const AREA_BYTES: number = 64 * 1024;

/** Places of the numbers. */
export const Place = {
  /** Grows with each answer; what the blocked thread waits on. */
  answers: 0,
  /** Bytes of the answer in its area; -1: it is in the port. */
  answerBytes: 1,
  /** Grows while the worker's event loop turns. */
  beats: 2,
  /** 1 when the worker has ended. */
  ended: 3,
} as const;

/** Views of the shared memory. */
export interface BridgeMemory {
  readonly buffer: SharedArrayBuffer;
  readonly numbers: Int32Array;
  readonly request: Uint8Array;
  readonly answer: Uint8Array;
}

export function bridgeMemory(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(NUMBERS_BYTES + 2 * AREA_BYTES),
): BridgeMemory {
  return {
    buffer,
    numbers: new Int32Array(buffer, 0, NUMBERS_BYTES / 4),
    request: new Uint8Array(buffer, NUMBERS_BYTES, AREA_BYTES),
    answer: new Uint8Array(buffer, NUMBERS_BYTES + AREA_BYTES, AREA_BYTES),
  };
}

/** What the worker is asked; a number: so many bytes of the request area are to be sent. */
export type BridgeRequest =
  | number
  | { readonly kind: "connect"; readonly target: unknown }
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "close" };

/** What comes back through the port. */
export type BridgeAnswer =
  | { readonly kind: "connected" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** The connection had ended before anything was sent. */
  | { readonly kind: "ended" }
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
    };
