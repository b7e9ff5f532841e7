import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { DosqlError } from "../../base/errors.ts";

/** Writes a file that only its owner can read, piece by piece, over what was there. */
export async function writeScript(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await attempt(() => open(path, "w", 0o600));
  try {
    for await (const piece of pieces) await attempt(() => file.write(piece));
  } finally {
    await file.close();
  }
}

/** The bytes of such a file. */
export function readScript(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path) as AsyncIterable<Uint8Array>;
}

/** Removes such a file; nothing happens when it is missing. */
export async function removeScript(path: string): Promise<void> {
  await attempt(() => rm(path, { force: true }));
}

async function attempt<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new DosqlError("io", text, { cause: error });
  }
}
