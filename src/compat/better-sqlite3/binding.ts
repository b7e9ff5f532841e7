import type { Row, SqlValue } from "../../base/value.ts";

/** Where the parameters of a statement take their values from. */
export interface ParameterLayout {
  readonly count: number;
  /** Names without sigil, with the index each one fills. */
  readonly named: readonly { readonly name: string; readonly index: number }[];
  /** Indexes filled by position. */
  readonly anonymous: readonly number[];
}

const INT64_LEAST = -(2n ** 63n);
const INT64_MOST = 2n ** 63n - 1n;

const UNBINDABLE = "SQLite3 can only bind numbers, strings, bigints, buffers, and null";
const TOO_MANY = "Too many parameter values were provided";

export function layoutOf(parameters: readonly (string | null)[]): ParameterLayout {
  const named: { name: string; index: number }[] = [];
  const anonymous: number[] = [];
  parameters.forEach((name, index) => {
    if (name === null) anonymous.push(index);
    else named.push({ name: name.slice(1), index });
  });
  return { count: parameters.length, named, anonymous };
}

/**
 * The values of a call, by parameter index. May use `args` itself as the result: it belongs to
 * the call.
 *
 * @throws TypeError, RangeError as better-sqlite3 does
 */
export function bindArguments(args: unknown[], layout: ParameterLayout): Row {
  if (layout.named.length === 0) {
    if (args.length === layout.count && allScalar(args)) return args;
  } else if (layout.anonymous.length === 0 && args.length === 1) {
    const values = args[0];
    if (isObject(values) && Object.getPrototypeOf(values) === Object.prototype) {
      return fillNamed([], values as Readonly<Record<string, unknown>>, layout);
    }
  }
  return new Binder(layout).bind(args);
}

/** Whether all values can be bound as they are; makes NULL of `undefined`. */
function allScalar(args: unknown[]): args is Row {
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    switch (typeof value) {
      case "string":
      case "number":
        break;
      case "undefined":
        args[i] = null;
        break;
      case "bigint":
        if (value > INT64_MOST || value < INT64_LEAST) return false;
        break;
      case "object":
        if (value !== null && !(value instanceof Uint8Array && value.length > 0)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** The long way: arrays, objects with names, and the exact complaint about what is wrong. */
class Binder {
  readonly #layout: ParameterLayout;
  readonly #row: Row;
  #anonymous = 0;
  #namedObject = false;

  constructor(layout: ParameterLayout) {
    this.#layout = layout;
    this.#row = Array.from({ length: layout.count }, () => null);
  }

  bind(args: readonly unknown[]): Row {
    for (const arg of args) this.#bindArgument(arg);
    if (!this.#namedObject && this.#layout.named.length > 0) {
      throw new TypeError("Missing named parameters");
    }
    if (this.#anonymous < this.#layout.anonymous.length) {
      throw new RangeError("Too few parameter values were provided");
    }
    return this.#row;
  }

  #bindArgument(arg: unknown): void {
    if (Array.isArray(arg)) {
      for (let i = 0; i < arg.length; i++) this.#bindNext(arg[i]);
    } else if (!isObject(arg) || ArrayBuffer.isView(arg)) {
      this.#bindNext(arg);
    } else if (isPlain(arg)) {
      this.#bindNamed(arg);
    } else if (this.#layout.named.length > 0) {
      throw new TypeError("Named parameters can only be passed within plain objects");
    } else {
      throw new TypeError(UNBINDABLE);
    }
  }

  #bindNext(value: unknown): void {
    const bindable = toSqlValue(value);
    const index = this.#layout.anonymous[this.#anonymous];
    if (index === undefined) throw new RangeError(TOO_MANY);
    this.#anonymous += 1;
    this.#row[index] = bindable;
  }

  #bindNamed(values: Readonly<Record<string, unknown>>): void {
    if (this.#namedObject) {
      throw new TypeError("You cannot specify named parameters in two different objects");
    }
    this.#namedObject = true;
    fillNamed(this.#row, values, this.#layout);
  }
}

function fillNamed(
  row: Row,
  values: Readonly<Record<string, unknown>>,
  { named }: ParameterLayout,
): Row {
  for (const { name, index } of named) {
    if (!Object.hasOwn(values, name)) throw new RangeError(`Missing named parameter "${name}"`);
    row[index] = toSqlValue(values[name]);
  }
  return row;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm (vm, jest) has an Object.prototype of its own: the only one without a parent.
  return (
    prototype === null ||
    prototype === Object.prototype ||
    (isObject(prototype) &&
      Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(prototype, "isPrototypeOf"))
  );
}

/**
 * The bytes of a view. Where there are none, still over memory that exists: Node 22.16 takes
 * bytes at no address for NULL.
 */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  if (view.byteLength === 0) return new Uint8Array(1).subarray(0, 0);
  return view instanceof Uint8Array
    ? view
    : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function toSqlValue(value: unknown): SqlValue {
  switch (typeof value) {
    case "string":
    case "number":
      return value;
    case "undefined":
      return null;
    case "bigint":
      if (value <= INT64_MOST && value >= INT64_LEAST) return value;
      throw new RangeError("The bound string, buffer, or bigint is too big");
    case "object":
      if (value === null) return value;
      if (!ArrayBuffer.isView(value) || value instanceof DataView) break;
      return bytesOf(value);
    default:
      break;
  }
  throw new TypeError(UNBINDABLE);
}
