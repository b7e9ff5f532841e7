import type { EmbeddedWork } from "../../../engine/embedded/embedded-work.ts";
import type { EmbeddedWriter } from "../../../engine/embedded/embedded-writer.ts";
import { forEngine, forProgram } from "./native-error.ts";
import type { NativeParts, NativeRunResult, OwnStatement } from "./native-library.ts";
import { method } from "../own-method.ts";

/**
 * What statements that may write inherit instead of better-sqlite3's own prototype, which is
 * behind it: once the engine has a part in the file they run through its writer. The rest of the
 * statement is the library's own object, and while nothing is captured so is its speed.
 */
export function writingPrototype({ gate, besideIterators }: NativeParts, native: object): object {
  const { run, get, all, iterate } = native as OwnStatement;
  const through = <T>(
    writer: EmbeddedWriter,
    work: EmbeddedWork,
    statement: OwnStatement,
    body: () => T,
    changesOf: (result: T) => number | null,
  ): T => {
    try {
      return writer.perform(work, () => forEngine(body), changesOf);
    } catch (error) {
      // The engine was refused first; the library says it of the statement itself.
      if (statement.busy) body();
      throw forProgram(error);
    }
  };
  const prototype = Object.create(native) as object;
  const members = {
    run: method(function run_(this: OwnStatement, ...args: unknown[]): NativeRunResult {
      const writer = gate.joined;
      if (writer === null) return Reflect.apply(run, this, args);
      const work = gate.work(this.source);
      const body = (): NativeRunResult => Reflect.apply(run, this, args);
      const result = through(writer, work, this, body, changesOf);
      return work.class.command === "VACUUM" ? vacuumed(writer, result) : result;
    }, "run"),
    get: method(function get_(this: OwnStatement, ...args: unknown[]): unknown {
      const writer = gate.joined;
      if (writer === null || !this.reader) return Reflect.apply(get, this, args);
      const body = (): unknown => Reflect.apply(get, this, args);
      return besideIterators(() => through(writer, gate.work(this.source), this, body, nothing));
    }, "get"),
    all: method(function all_(this: OwnStatement, ...args: unknown[]): unknown[] {
      const writer = gate.joined;
      if (writer === null || !this.reader) return Reflect.apply(all, this, args);
      const body = (): unknown[] => Reflect.apply(all, this, args);
      return besideIterators(() => through(writer, gate.work(this.source), this, body, nothing));
    }, "all"),
    iterate: method(function iterate_(this: OwnStatement, ...args: unknown[]): Iterator<unknown> {
      if (gate.joined === null || !this.reader) return Reflect.apply(iterate, this, args);
      // SQLite writes before it gives the first row: all of them are there by then.
      const hold = (): Iterator<unknown> => Reflect.apply(iterate, this, args);
      return new WrittenRows(this, () => this.all(...args), hold);
    }, "iterate"),
  };
  // Until then the library's methods are called, without as much as a look.
  gate.whenJoined(() => Object.defineProperties(prototype, members));
  return prototype;
}

/** VACUUM moves the rowid, which has been put where it would be without the engine's tables. */
function vacuumed(writer: EmbeddedWriter, result: NativeRunResult): NativeRunResult {
  const rowid = writer.lastRowid;
  const lastInsertRowid = typeof result.lastInsertRowid === "bigint" ? rowid : Number(rowid);
  return { ...result, lastInsertRowid };
}

function changesOf({ changes }: NativeRunResult): number {
  return changes;
}

function nothing(): null {
  return null;
}

/**
 * The rows of a statement that writes. While they are read an iterator of the library's own is
 * open on it, which never runs: it judges the call, and keeps everything else as busy as ever.
 */
class WrittenRows implements IterableIterator<unknown> {
  readonly statement: object;
  readonly #read: () => unknown[];
  readonly #open: () => Iterator<unknown>;
  #rows: Iterator<unknown> | null = null;
  #hold: Iterator<unknown> | null;

  constructor(statement: object, read: () => unknown[], open: () => Iterator<unknown>) {
    this.statement = statement;
    this.#read = read;
    this.#open = open;
    this.#hold = open();
  }

  next(): IteratorResult<unknown> {
    this.#rows ??= this.#begin();
    const step = this.#rows.next();
    return step.done === true ? this.return() : step;
  }

  return(): IteratorResult<unknown> {
    this.#rows = [].values();
    this.#free();
    return { value: undefined, done: true };
  }

  [Symbol.iterator](): this {
    return this;
  }

  #begin(): Iterator<unknown> {
    this.#free();
    try {
      const rows = this.#read();
      this.#hold = this.#open();
      return rows.values();
    } catch (error) {
      this.#rows = [].values();
      throw error;
    }
  }

  #free(): void {
    this.#hold?.return?.();
    this.#hold = null;
  }
}
