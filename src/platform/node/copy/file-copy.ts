import { rmSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { DosqlError } from "../../../base/errors.ts";
import type { CopySize, DatabaseCopy } from "../../../ports/copy-host.ts";
import { exitTasks } from "../exit-tasks.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";
import type { CopyMaker } from "./copy-maker.ts";
import type { CopyTask } from "./copy-main.ts";

/** The files of one copy while it is made, both empty or as the task says. */
export type CopyFiles = Pick<CopyTask, "raw" | "target">;

/** What a copy needs of whoever makes many. */
export interface CopyParts {
  readonly source: string | null;
  readonly hiddenPrefix: string;
  readonly files: CopyFiles;
  /** Resolves when it may begin, and its files are there. */
  readonly begin: () => Promise<CopyMaker>;
  /** Its files have no names any more, and who made it, if anybody, has nothing to do. */
  readonly ended: (maker: CopyMaker | null) => void;
}

/** A file, and what SQLite has beside it. */
const BESIDE = ["", "-journal", "-wal", "-shm"];
/** Where a file's header says the size of its pages. */
const PAGE_SIZE_AT = 16;
/** What it says of pages of 64 KiB. */
const LARGEST_PAGE = 1;

/**
 * One copy: a process makes it, then it has no name any more, only a descriptor, so that it goes
 * with this process however that ends.
 */
export class FileCopy implements DatabaseCopy {
  readonly ready: Promise<CopySize>;
  readonly #parts: CopyParts;
  #maker: CopyMaker | null = null;
  #file: FileHandle | null = null;
  #pageSize = 0;
  #closed = false;

  constructor(parts: CopyParts) {
    this.#parts = parts;
    this.ready = this.#make();
    // Whoever closes it at once does not wait for it.
    this.ready.catch(() => undefined);
  }

  async read(first: number, count: number): Promise<Uint8Array> {
    const file = this.#file;
    if (file === null) throw closedCopy();
    const bytes = new Uint8Array(count * this.#pageSize);
    let size = 0;
    for (;;) {
      const { bytesRead } = await file
        .read(bytes, size, bytes.length - size, first * this.#pageSize + size)
        .catch((error: unknown) => {
          throw this.#closed ? closedCopy() : sqliteError(error);
        });
      size += bytesRead;
      if (bytesRead === 0 || size === bytes.length) return bytes.subarray(0, size);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#maker?.kill();
    // A read that is under way ends first.
    this.#file?.close().catch(() => undefined);
    this.#file = null;
  }

  async #make(): Promise<CopySize> {
    const { source, hiddenPrefix, files, begin, ended } = this.#parts;
    let maker: CopyMaker | null = null;
    const remove = (): void => {
      this.#maker?.kill();
      for (const file of [files.raw, files.target]) {
        for (const suffix of BESIDE) rmSync(file + suffix, { force: true });
      }
    };
    exitTasks().add(remove);
    try {
      maker = await begin();
      this.#refuseClosed();
      this.#maker = maker;
      await maker.make({ source, hiddenPrefix, ...files });
      this.#maker = null;
      return await this.#open(files.target);
    } catch (error) {
      // Why it was ended, it does not know.
      this.#refuseClosed();
      throw error;
    } finally {
      remove();
      exitTasks().delete(remove);
      ended(maker);
    }
  }

  async #open(path: string): Promise<CopySize> {
    const file = await open(path, "r");
    const header = new DataView(new ArrayBuffer(PAGE_SIZE_AT + 2));
    await file.read(header, 0, header.byteLength, 0);
    const said = header.getUint16(PAGE_SIZE_AT);
    const pageSize = said === LARGEST_PAGE ? 0x10000 : said;
    const { size } = await file.stat();
    if (this.#closed) await file.close();
    this.#refuseClosed();
    this.#file = file;
    this.#pageSize = pageSize;
    return { pages: size / pageSize, pageSize };
  }

  #refuseClosed(): void {
    if (this.#closed) throw closedCopy();
  }
}

function closedCopy(): DosqlError {
  return new DosqlError("misuse", "the copy is closed");
}
