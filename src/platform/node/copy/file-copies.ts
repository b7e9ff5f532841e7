import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DosqlError } from "../../../base/errors.ts";
import type { CopyHost, DatabaseCopy } from "../../../ports/copy-host.ts";
import type { SqlDriver } from "../../../ports/sql-driver.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";
import { CopyMaker } from "./copy-maker.ts";
import { FileCopy } from "./file-copy.ts";

/** What is copied, by what. */
export interface FileCopiesOptions {
  /** The database's file. */
  readonly path: string;
  /** The module that calls `makeCopies`. */
  readonly main: URL;
  /** Of the engine's own tables. */
  readonly hiddenPrefix: string;
}

/** Processes that copy at once: each reads and writes as fast as the disk lets it. */
const MOST_MAKERS = 2;
/** How long a process waits for the next copy. */
const SPARE_MS = 5_000;
/**
 * What a transaction sees is held in memory as a whole, on the thread that serves: little enough
 * to be there within a few hundredths of a second.
 */
const MOST_SEEN_BYTES = 64 * 1024 * 1024;
/** Between the database's name and what tells one copy from another. */
const INFIX = "-copy-";
/** Behind it: of which process, which one, pages as they are, and what SQLite has beside a file. */
const COPY = /^(\d+-\d+)(?:-raw)?(?:-journal|-wal|-shm)?$/;
/** Whoever may not read the database may not read a copy. */
const FILE_MODE = 0o600;

/**
 * Copies of a database's file, each made by a process of its own beside it, on the same disk:
 * there is room for one where there is room for the other.
 */
export class FileCopies implements CopyHost {
  readonly #options: FileCopiesOptions;
  /** Copies whose files have names, or will have them. */
  readonly #named = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #makers = 0;
  /** The one that made the last copy. */
  #spare: CopyMaker | null = null;
  #spareTimer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(options: FileCopiesOptions) {
    this.#options = { ...options, path: path.resolve(options.path) };
  }

  copy(seenBy: SqlDriver | null): DatabaseCopy {
    const { path: file, hiddenPrefix } = this.#options;
    const target = `${file}${INFIX}${process.pid}-${++this.#count}`;
    const files = { target, raw: `${target}-raw` };
    // Those that wait for their turn would fill the memory.
    if (seenBy !== null) writeNew(files.raw, bytesOf(seenBy));
    this.#named.add(target);
    return new FileCopy({
      source: seenBy === null ? file : null,
      hiddenPrefix,
      files,
      begin: async () => {
        await this.#turn();
        sweepCopies(file, this.#named);
        if (seenBy === null) writeNew(files.raw, new Uint8Array());
        writeNew(files.target, new Uint8Array());
        return this.#maker();
      },
      ended: (maker) => this.#ended(target, maker),
    });
  }

  /** Whoever ends gives his place to the first in line. */
  async #turn(): Promise<void> {
    if (this.#makers < MOST_MAKERS) this.#makers += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** To start one takes longer than to copy a small database. */
  #maker(): CopyMaker {
    const spare = this.#spare;
    this.#spare = null;
    clearTimeout(this.#spareTimer);
    return spare?.alive === true ? spare : new CopyMaker(this.#options.main);
  }

  #ended(target: string, maker: CopyMaker | null): void {
    this.#named.delete(target);
    const next = this.#waiting.shift();
    if (next === undefined) this.#makers -= 1;
    else next();
    if (maker === null) return;
    if (this.#spare !== null || !maker.alive) {
      maker.kill();
      return;
    }
    this.#spare = maker;
    this.#spareTimer = setTimeout(() => {
      this.#spare = null;
      maker.kill();
    }, SPARE_MS).unref();
  }
}

/**
 * Removes copies of a database's file that a process left behind. Only for who owns the database.
 *
 * @param named those that are being made
 */
export function sweepCopies(file: string, named: ReadonlySet<string> = new Set()): void {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}${INFIX}`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, which] = name.startsWith(prefix) ? (COPY.exec(name.slice(prefix.length)) ?? []) : [];
    if (which === undefined || named.has(`${file}${INFIX}${which}`)) continue;
    rmSync(path.join(folder, name), { force: true });
  }
}

function writeNew(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { mode: FILE_MODE, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(file, { force: true });
    throw sqliteError(error);
  }
}

function bytesOf(driver: SqlDriver): Uint8Array {
  const sizeBytes = driver.sizeBytes();
  if (sizeBytes > MOST_SEEN_BYTES || driver.serialize === undefined) {
    const mib = Math.ceil(sizeBytes / 1024 / 1024);
    throw new DosqlError(
      "unsupported",
      `serialize() of ${mib} MiB inside a transaction is not supported over a network`,
      { hint: "end the transaction first: inside one it may have 64 MiB" },
    );
  }
  return driver.serialize();
}
