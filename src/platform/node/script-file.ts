import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { DosqlError } from "../../base/errors.ts";

/** Writes a file that only its owner can read, piece by piece, over what was there. */
export async function writeScript(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await attempt(() => open(path, "w", 0o600));
  try {
    for await (const piece of pieces) await attempt(() => file.writeFile(piece));
  } finally {
    await file.close();
  }
}

/** The bytes of such a file. */
export function readScript(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path) as AsyncIterable<Uint8Array>;
}

/** Takes such a file away from everybody else; null when it is not there. Answers with its path. */
export async function claimScript(path: string): Promise<string | null> {
  const claimed = `${path}.taken`;
  return attempt(async () => {
    try {
      await rename(path, claimed);
      return claimed;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  });
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
