import { createReadStream, existsSync } from "node:fs";
import { open, readdir, rename, rm, truncate } from "node:fs/promises";
import { DosqlError } from "../../../base/errors.ts";

/** What is a script's, and how old: names begin with the milliseconds of their time. */
const SCRIPT_FILE = /^(\d{13})-[0-9a-f]+\.sql(?:\.taken|\.part|\.begun)?$/;

/**
 * Writes a file that only its owner can read, piece by piece, at once or in parts. It appears when
 * it is whole, and is written once; what is cut off can begin anew.
 *
 * @throws DosqlError `misuse` for one that was written, or is being written, and for a part that
 * does not go on where the one before it ended
 */
export async function writeScript(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  { at, isLast }: { readonly at: number; readonly isLast: boolean },
): Promise<void> {
  for (const known of [path, takenPath(path)]) if (existsSync(known)) throw writtenAlready();
  const [part, begun] = [`${path}.part`, `${path}.begun`];
  // Whoever moves it has it.
  if (at > 0) await attempt(() => rename(begun, part));
  const file = await attempt(() => open(part, at > 0 ? "a" : "wx", 0o600));
  let isWritten = false;
  try {
    if ((await file.stat()).size !== at) throw outOfTurn();
    for await (const piece of pieces) await attempt(() => file.writeFile(piece));
    isWritten = true;
  } finally {
    await file.close();
    const next = isLast ? path : begun;
    await attempt(() => (isWritten ? rename(part, next) : rm(part, { force: true })));
  }
}

/** Removes files of scripts that were named before a time, whatever became of them. */
export async function sweepScripts(folder: string, beforeMs: number): Promise<void> {
  for (const name of await attempt(() => readdir(folder))) {
    const [, time] = SCRIPT_FILE.exec(name) ?? [];
    if (time !== undefined && Number(time) < beforeMs) await removeScript(`${folder}/${name}`);
  }
}

/** The bytes of such a file. */
export function readScript(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path) as AsyncIterable<Uint8Array>;
}

/** Takes such a file away from everybody else; null when it is not there. Answers with its path. */
export async function claimScript(path: string): Promise<string | null> {
  const claimed = takenPath(path);
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

/** Empties such a file that was claimed. Its name stays taken until it is swept away. */
export async function emptyScript(path: string): Promise<void> {
  // One that ran for hours may have been swept away.
  if (existsSync(path)) await attempt(() => truncate(path));
}

async function removeScript(path: string): Promise<void> {
  await attempt(() => rm(path, { force: true }));
}

function takenPath(path: string): string {
  return `${path}.taken`;
}

function outOfTurn(): DosqlError {
  return new DosqlError("misuse", "this part does not go on where the one before it ended", {
    hint: "begin anew",
  });
}

function writtenAlready(): DosqlError {
  return new DosqlError("misuse", "this upload is complete, or under way", {
    hint: "begin anew for another one",
  });
}

async function attempt<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw writtenAlready();
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw outOfTurn();
    const text = error instanceof Error ? error.message : String(error);
    throw new DosqlError("io", text, { cause: error });
  }
}
