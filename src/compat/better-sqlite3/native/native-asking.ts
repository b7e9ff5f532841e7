import type { SqlValue } from "../../../base/value.ts";
import type { AskingText } from "../../../engine/embedded/embedded-counts.ts";
import { applyEdits } from "../../../sql/change/edit.ts";
import { listParameters } from "../../../sql/read/parameters.ts";
import type { NativeParts, NativeStatement, OwnStatement } from "./native-library.ts";
import { method } from "../own-method.ts";

const MODES = ["bind", "pluck", "expand", "raw", "safeIntegers"] as const;
type Mode = (typeof MODES)[number];
const EXECUTIONS = ["run", "get", "all", "iterate"] as const;

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
    const fresh = database.prepare(withCounts(source, asking, values));
    if (!fresh.readonly && gate.writer !== null) Object.setPrototypeOf(fresh, original);
    for (const [mode, args] of modes) {
      fresh[mode](...args);
    }
    return fresh;
  };
  const log = parts.log;
  /** What was run last: it knows the columns, which an execution may make others of. */
  let ran = statement;
  /** What `verbose` is told: the program's own words. */
  const expanded = (args: readonly unknown[]): string => {
    const shown = database.prepare(source);
    try {
      shown.bind(...(modes.get("bind") ?? args));
    } catch {
      // They do not fit, as the library will say.
      return source;
    }
    return shown.toString();
  };
  const execute = (name: (typeof EXECUTIONS)[number], args: readonly unknown[]): unknown => {
    // Its own complaint.
    if (statement.busy) return Reflect.apply(original[name], statement, args);
    const fresh = renewed();
    ran = fresh;
    if (log === null) return fresh[name](...args);
    return log.instead(expanded(args), () => fresh[name](...args));
  };
  const members: PropertyDescriptorMap = {};
  for (const name of EXECUTIONS) {
    members[name] = method((...args: unknown[]) => execute(name, args), name);
  }
  members["iterate"] = method((...args: unknown[]) => {
    const rows = execute("iterate", args) as Iterator<unknown>;
    const text = log === null ? "" : expanded(args);
    // Told with the first row.
    let told = log === null;
    const next = (): IteratorResult<unknown> => {
      if (told || log === null) return rows.next();
      told = true;
      return log.instead(text, () => rows.next());
    };
    const hold = Reflect.apply(original.iterate, statement, args);
    return new AskedRows(statement, { next, return: () => rows.return?.() ?? DONE }, hold);
  }, "iterate");
  members["columns"] = method((): unknown => Reflect.apply(original.columns, ran, []), "columns");
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

const DONE: IteratorResult<unknown> = { value: undefined, done: true };

/** The rows of a statement that stands for another one, which is as busy meanwhile. */
class AskedRows implements IterableIterator<unknown> {
  readonly statement: object;
  readonly #rows: Iterator<unknown>;
  /** The other one's own iterator, which never runs. */
  readonly #hold: Iterator<unknown>;

  constructor(statement: object, rows: Iterator<unknown>, hold: Iterator<unknown>) {
    this.statement = statement;
    this.#rows = rows;
    this.#hold = hold;
  }

  next(): IteratorResult<unknown> {
    try {
      const step = this.#rows.next();
      if (step.done === true) this.#hold.return?.();
      return step;
    } catch (error) {
      this.#hold.return?.();
      throw error;
    }
  }

  return(): IteratorResult<unknown> {
    this.#rows.return?.();
    return this.#hold.return?.() ?? DONE;
  }

  [Symbol.iterator](): this {
    return this;
  }
}
