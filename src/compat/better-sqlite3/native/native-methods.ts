import { explained } from "../errors.ts";
import { optionsArgument } from "../options.ts";
import { forEngine, forProgram } from "./native-error.ts";
import type { NativeHandle, NativeMethod, NativeParts, NativeStatement } from "./native-library.ts";
import { NATIVE } from "./native-library.ts";
import { askCounts } from "./native-asking.ts";
import { writingPrototype } from "./native-statement.ts";
import { transactionOf } from "../transaction.ts";
import type { TransactionHost } from "../transaction.ts";

/**
 * The methods of a `Database` that better-sqlite3 has opened: its own, and the engine told of
 * what it must know. A text that is no string goes to the library, which complains.
 */
export const NATIVE_METHODS: Readonly<Record<string, (...args: never[]) => unknown>> = {
  prepare(this: NativeHandle, sql: unknown): unknown {
    return typeof sql === "string" ? prepared(this, sql) : call(this, "prepare", sql);
  },

  transaction(this: NativeHandle, body: unknown): unknown {
    const parts = this[NATIVE];
    if (parts.gate.writer === null) return call(this, "transaction", body);
    return transactionOf(new NativeTransactions(this), this, body);
  },

  pragma(this: NativeHandle, source: unknown, options: unknown): unknown {
    const { gate } = this[NATIVE];
    if (typeof source !== "string") return call(this, "pragma", source, options);
    const sql = `PRAGMA ${source}`;
    const shown = guarded(() => gate.statement(sql));
    if (shown !== sql) return shownPragma(this, sql, options);
    let answer: unknown;
    running(() =>
      gate.runScript(sql, () => {
        answer = call(this, "pragma", source, options);
      }),
    );
    gate.compiled(sql);
    return answer;
  },

  explain(this: NativeHandle, source: unknown): unknown {
    if (typeof source === "string") guarded(() => this[NATIVE].gate.statement(source));
    return call(this, "explain", source);
  },

  serialize(this: NativeHandle, options: unknown): unknown {
    const { gate, withoutHidden } = this[NATIVE];
    const bytes = call(this, "serialize", options) as Uint8Array;
    const { hiddenPrefix } = gate;
    return hiddenPrefix === null ? bytes : withoutHidden(bytes, hiddenPrefix);
  },

  function(this: NativeHandle, name: unknown, ...rest: unknown[]): unknown {
    return defined(this, "function", [name, ...rest]);
  },

  aggregate(this: NativeHandle, name: unknown, ...rest: unknown[]): unknown {
    return defined(this, "aggregate", [name, ...rest]);
  },

  exec(this: NativeHandle, sql: unknown): unknown {
    const { gate } = this[NATIVE];
    if (typeof sql !== "string") return call(this, "exec", sql);
    const shown = guarded(() => gate.script(sql));
    running(() => gate.runScript(shown, (text) => forEngine(() => call(this, "exec", text))));
    gate.compiled(sql);
    return this;
  },

  defaultSafeIntegers(this: NativeHandle, ...args: unknown[]): unknown {
    call(this, "defaultSafeIntegers", ...args);
    this[NATIVE].safeIntegers = args[0] !== false;
    return this;
  },

  close(this: NativeHandle): unknown {
    const { database, gate } = this[NATIVE];
    const wasOpen = database.open;
    call(this, "close");
    if (wasOpen) gate.closed();
    return this;
  },
};

function prepared(handle: NativeHandle, sql: string): unknown {
  const parts = handle[NATIVE];
  const { gate } = parts;
  const shown = guarded(() => gate.statement(sql));
  const statement = call(handle, "prepare", shown) as NativeStatement;
  if (gate.writer === null) return statement;
  gate.compiled(sql);
  if (!statement.readonly || !statement.reader) {
    const own = Object.getPrototypeOf(statement) as object;
    parts.writing ??= writingPrototype(parts, own);
    Object.setPrototypeOf(statement, parts.writing);
  }
  const asking = gate.asks(shown);
  return asking === null ? statement : askCounts(statement, parts, asking);
}

/** BEGIN, COMMIT and the like, which the engine must see. */
class NativeTransactions implements TransactionHost {
  readonly #handle: NativeHandle;

  constructor(handle: NativeHandle) {
    this.#handle = handle;
  }

  get nested(): boolean {
    const { database } = this.#handle[NATIVE];
    return database.open && database.inTransaction;
  }

  requireControls(): void {
    this.#statement("COMMIT");
  }

  execute(sql: string): void {
    this.#statement(sql).run();
  }

  #statement(sql: string): NativeStatement {
    const parts = this.#handle[NATIVE];
    parts.controls ??= new Map<string, NativeStatement>();
    let statement = parts.controls.get(sql);
    if (statement === undefined) {
      statement = prepared(this.#handle, sql) as NativeStatement;
      parts.controls.set(sql, statement);
    }
    return statement;
  }
}

function shownPragma(handle: NativeHandle, sql: string, options: unknown): unknown {
  const { simple } = optionsArgument(options, "second");
  const statement = prepared(handle, sql) as NativeStatement;
  if (simple !== true) return statement.all();
  statement.pluck();
  return statement.get();
}

function defined(handle: NativeHandle, method: string, args: readonly unknown[]): unknown {
  const [name] = args;
  call(handle, method, ...args);
  handle[NATIVE].gate.writer?.counts.defined(String(name));
  return handle;
}

/** Calls better-sqlite3's own method. */
export function call(handle: NativeHandle, name: string, ...args: unknown[]): unknown {
  const { methods, library } = handle[NATIVE];
  const own: NativeMethod | undefined = methods[name];
  if (own !== undefined) {
    try {
      return Reflect.apply(own, handle, args);
    } catch (error) {
      throw error instanceof Error ? explained(error) : error;
    }
  }
  const { name: title } = library as unknown as { readonly name: string };
  throw new TypeError(`${title}.prototype.${name} is not in this version of better-sqlite3`);
}

function guarded(guard: () => string): string {
  try {
    return guard();
  } catch (error) {
    throw forProgram(error);
  }
}

function running(body: () => void): void {
  try {
    body();
  } catch (error) {
    throw forProgram(error);
  }
}

/** Makes an object of ours one of better-sqlite3's, by its native part. */
export function adopt(handle: object, parts: NativeParts): void {
  const own = Object.getOwnPropertyDescriptors(parts.database);
  const { name } = parts;
  Object.defineProperties(handle, {
    ...own,
    ...(name === null ? {} : { name: { get: () => name, enumerable: true } }),
    [NATIVE]: { value: parts },
  });
}
