import type { SqlValue } from "../../base/value.ts";
import type { AskingText } from "../../engine/embedded-counts.ts";
import type { EmbeddedGate } from "../../engine/embedded-gate.ts";
import type { EmbeddedWriter } from "../../engine/embedded-writer.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import { forEngine, forProgram } from "./native-error.ts";
import type { NativeParts, NativeRunResult, NativeStatement } from "./native-library.ts";

/** A statement of better-sqlite3's as a method of ours sees it. */
interface OwnStatement extends NativeStatement {
  readonly source: string;
}

/**
 * What statements that may write inherit instead of better-sqlite3's own prototype, which is
 * behind it: once the engine has a part in the file they run through its writer. The rest of the
 * statement is the library's own object, and while nothing is captured so is its speed.
 */
export function writingPrototype(gate: EmbeddedGate, native: object): object {
  const { run, get, all, iterate } = native as NativeStatement;
  const through = <T>(
    writer: EmbeddedWriter,
    statement: OwnStatement,
    body: () => T,
    changesOf: (result: T) => number | null,
  ): T => {
    try {
      return writer.perform(gate.work(statement.source), () => forEngine(body), changesOf);
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
      return through(writer, this, () => Reflect.apply(run, this, args), changesOf);
    }, "run"),
    get: method(function get_(this: OwnStatement, ...args: unknown[]): unknown {
      const writer = gate.joined;
      if (writer === null || !this.reader) return Reflect.apply(get, this, args);
      return through(writer, this, () => Reflect.apply(get, this, args), nothing);
    }, "get"),
    all: method(function all_(this: OwnStatement, ...args: unknown[]): unknown[] {
      const writer = gate.joined;
      if (writer === null || !this.reader) return Reflect.apply(all, this, args);
      return through(writer, this, () => Reflect.apply(all, this, args), nothing);
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

const MODES = ["bind", "pluck", "expand", "raw", "safeIntegers"] as const;
type Mode = (typeof MODES)[number];

/** Makes a statement run something else, with the program's own counts in its text. */
export function askCounts(
  statement: NativeStatement,
  parts: NativeParts,
  asking: AskingText,
): NativeStatement {
  const { gate, database } = parts;
  const { source } = statement as OwnStatement;
  // What the library would have taken over when the statement was prepared.
  const modes = new Map<Mode, unknown[]>([["safeIntegers", [parts.safeIntegers]]]);
  const original = Object.getPrototypeOf(statement) as NativeStatement;
  const renewed = (): NativeStatement => {
    const values = gate.joined?.counts.bind([], asking.asked) ?? [];
    const sql = withCounts(source, asking, values);
    const fresh = database.prepare(sql);
    if (!fresh.readonly && gate.writer !== null) Object.setPrototypeOf(fresh, original);
    for (const [mode, args] of modes) {
      fresh[mode](...args);
    }
    return fresh;
  };
  const members: PropertyDescriptorMap = {};
  for (const name of ["run", "get", "all", "iterate"] as const) {
    members[name] = method((...args: unknown[]) => renewed()[name](...args), name);
  }
  for (const name of MODES) {
    members[name] = method(function remembered(this: object, ...args: unknown[]): object {
      Reflect.apply(original[name], this, args);
      modes.delete(name);
      modes.set(name, args);
      return this;
    }, name);
  }
  Object.setPrototypeOf(statement, Object.create(original, members) as object);
  return statement;
}

/** The text with its own parameters as they were written, and the counts as literals. */
function withCounts(source: string, { sql }: AskingText, values: readonly SqlValue[]): string {
  const written = listParameters(source).map(({ start, end }) => source.slice(start, end));
  const count = listParameters(source).reduce((most, { number }) => Math.max(most, number), 0);
  let place = 0;
  const edits = listParameters(sql).map(({ number, start, end }) => {
    const own = number <= count ? written[place++] : String(values[number - count - 1]);
    return { start, end, text: own ?? "" };
  });
  return applyEdits(sql, edits);
}

function changesOf({ changes }: NativeRunResult): number {
  return changes;
}

function nothing(): null {
  return null;
}

/** A method as a class would have it. */
function method(value: (...args: never[]) => unknown, name: string): PropertyDescriptor {
  Object.defineProperties(value, { name: { value: name }, length: { value: 0 } });
  return { value, enumerable: true, configurable: true, writable: true };
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
