import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";

/**
 * The longest body that is read as a whole. A row of D1's weighs 2 MB at most, and JSON writes a
 * byte of it as six characters at most; what is more goes by import.
 */
export const MAX_BODY_BYTES: number = 16 * 1024 * 1024;
/** Read and forgotten, so that who sent too much hears why instead of a broken connection. */
const MAX_FORGOTTEN_BYTES = 4 * MAX_BODY_BYTES;
/** Of somebody who may not ask at all. */
const MAX_STRANGE_BYTES = 1024 * 1024;
const MAX_STRANGE_MS = 5_000;

/** The body piece by piece, as it comes. */
export async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  let ended = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/**
 * The body as text; null when it is longer than `MAX_BODY_BYTES`. What it says of its length is
 * looked at before anything is kept.
 *
 * @throws DosqlError `invalid-argument` for bytes that are no UTF-8
 */
export async function boundedText(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    await forget(request, MAX_FORGOTTEN_BYTES);
    return null;
  }
  const bytes = await boundedBytes(request);
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DosqlError("invalid-argument", "the body is not UTF-8");
  }
}

async function boundedBytes(request: Request): Promise<Uint8Array | null> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_BODY_BYTES) {
      pieces.length = 0;
      await forgetRest(reader, MAX_FORGOTTEN_BYTES);
      return null;
    }
    pieces.push(value);
  }
  const [first = new Uint8Array(0)] = pieces;
  return pieces.length < 2 ? first : joined(pieces, length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Takes what a stranger sends, up to a point, so that the answer reaches him. */
export async function forgetBody(request: Request, clock: Clock): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const stop = clock.after(MAX_STRANGE_MS, resolve);
  // Whoever sends a byte now and then would not be answered, and never go.
  await Promise.race([forget(request, MAX_STRANGE_BYTES), late]).finally(stop);
}

async function forget(request: Request, maxBytes: number): Promise<void> {
  const reader = request.body?.getReader();
  if (reader !== undefined) await forgetRest(reader, maxBytes);
}

/** Without a cancel, which would end the connection before the answer. */
async function forgetRest(reader: BodyReader, maxBytes: number): Promise<void> {
  let length = 0;
  while (length <= maxBytes) {
    const { value, done } = await reader.read();
    if (done) return;
    length += value?.length ?? 0;
  }
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
}
