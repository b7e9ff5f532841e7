import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import type { WriteStream } from "node:tty";
import { DosqlError } from "../../../base/errors.ts";
import type { TextSink } from "../../../ports/terminal.ts";
import { fileError } from "./files.ts";

/** Large enough that reading costs little beside running SQL, small enough for a smooth bar. */
const READ_BYTES = 64 * 1024;
/** As a shell reports a process that SIGPIPE ended. */
const EXIT_PIPE = 141;
const DRAFT_MODE = 0o600;

/** Standard output or standard error. Ends the process when its reader went away. */
export function standardSink(stream: NodeJS.WriteStream, name: string): TextSink {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT_PIPE);
  });
  const tty = stream as Partial<Pick<WriteStream, "columns">>;
  return {
    isTerminal: stream.isTTY === true,
    get widthColumns() {
      return stream.isTTY === true ? (tty.columns ?? 80) : null;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(fileError(name, error));
        });
      }),
  };
}

/** The bytes of a file, in pieces. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

/** The bytes of standard input. */
export async function* inputChunks(): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of process.stdin) yield chunk as Uint8Array;
  } catch (error) {
    throw fileError("stdin", error);
  }
}

/** A file that appears under its name only when it is whole. */
export interface FileDraft {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Begins a draft beside the file that it will become. */
export async function createDraft(path: string): Promise<FileDraft> {
  const draft = `${path}.${process.pid}.tmp`;
  const guarded = async <T>(body: () => Promise<T>): Promise<T> => {
    try {
      return await body();
    } catch (error) {
      throw error instanceof DosqlError ? error : fileError(path, error);
    }
  };
  const handle = await guarded(() => open(draft, "w", DRAFT_MODE));
  let open_ = true;
  const close = async (): Promise<void> => {
    if (!open_) return;
    open_ = false;
    await handle.close();
  };
  return {
    write: (text) => guarded(async () => handle.writeFile(text)),
    finish: () =>
      guarded(async () => {
        await handle.sync();
        await close();
        await rename(draft, path);
      }),
    discard: () =>
      guarded(async () => {
        await close();
        await rm(draft, { force: true });
      }),
  };
}
