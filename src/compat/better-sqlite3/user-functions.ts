import type { SqlValue } from "../../base/value.ts";
import type { EmbeddedFunction } from "../../ports/embedded-driver.ts";
import { bytesOf } from "./binding.ts";
import type { Connection } from "./connection.ts";
import { translated } from "./errors.ts";
import { booleanOption, functionOption, optionsArgument, stringArgument } from "./options.ts";
import type { Given } from "./options.ts";
import { showValue } from "./row-shape.ts";
import type { ValueStyle } from "./row-shape.ts";
import { styleOf } from "./row-shaper.ts";

/** The most arguments that better-sqlite3 lets a user function declare. */
const MOST_ARGUMENTS = 100;

const INT64_LEAST = -(2n ** 63n);
const INT64_MOST = 2n ** 63n - 1n;

type Callback = (...args: unknown[]) => unknown;

/** `db.function(name, [options], fn)`. */
export function defineFunction(connection: Connection, given: readonly unknown[]): void {
  const [first, second, third] = given;
  const name = stringArgument(first);
  const hasOptions = typeof second !== "function";
  const body = hasOptions ? third : second;
  if (typeof body !== "function") throw new TypeError("Expected last argument to be a function");
  const options = hasOptions ? optionsArgument(second, "second") : {};
  requireName(name);
  const style = argumentStyle(connection, options);
  const definition = definitionOf(name, options, () => body.length);
  connection.requireIdle();
  const call = body as Callback;
  attempt(() => {
    connection.database.defineFunction(definition, (args) =>
      returned(call(...shownArguments(args, style)), `User-defined function ${name}() returned`),
    );
  });
}

/** `db.aggregate(name, options)`. */
export function defineAggregate(connection: Connection, given: readonly unknown[]): void {
  const [first, second] = given;
  const name = stringArgument(first);
  if (typeof second !== "object" || second === null) {
    throw new TypeError("Expected second argument to be an options object");
  }
  requireName(name);
  const options = second as Given;
  const start = "start" in options ? options["start"] : null;
  const step = requiredStep(options);
  const inverse = functionOption(options, "inverse");
  const result = functionOption(options, "result");
  const style = argumentStyle(connection, options);
  const definition = definitionOf(name, options, () =>
    Math.max(valuesOf(step), inverse === null ? 0 : valuesOf(inverse)),
  );
  connection.requireIdle();
  const advance =
    (body: Callback) =>
    (state: unknown, args: unknown[]): unknown => {
      const next = body(state, ...shownArguments(args, style));
      // A step that returns nothing has changed its state in place.
      return next === undefined ? state : next;
    };
  attempt(() => {
    connection.database.defineAggregate(definition, {
      start: () => (typeof start === "function" ? (start as Callback)() : start),
      step: advance(step),
      inverse: inverse === null ? null : advance(inverse),
      result: (state) =>
        returned(
          result === null ? state : result(state),
          `User-defined function ${name}() returned`,
        ),
    });
  });
}

function requireName(name: string): void {
  if (name === "") throw new TypeError("User-defined function name cannot be an empty string");
}

function requiredStep(options: Given): Callback {
  const step = functionOption(options, "step");
  if (step === null) throw new TypeError('Missing required option "step"');
  return step;
}

function argumentStyle(connection: Connection, options: Given): ValueStyle {
  const safeIntegers =
    "safeIntegers" in options ? booleanOption(options, "safeIntegers") : connection.safeIntegers;
  return styleOf(connection, safeIntegers);
}

function definitionOf(name: string, options: Given, declared: () => number): EmbeddedFunction {
  const varargs = booleanOption(options, "varargs");
  const deterministic = booleanOption(options, "deterministic");
  const directOnly = booleanOption(options, "directOnly");
  const arity = varargs ? -1 : checkedArguments(declared());
  return { name, arity, deterministic, directOnly };
}

function checkedArguments(declared: number): number {
  const length = checkedLength(declared);
  if (length > MOST_ARGUMENTS) {
    throw new RangeError(
      `User-defined functions cannot have more than ${MOST_ARGUMENTS} arguments`,
    );
  }
  return length;
}

/** How many values a step takes besides the state. */
function valuesOf(step: Callback): number {
  return Math.max(checkedLength(step.length) - 1, 0);
}

function checkedLength(length: number): number {
  if (!Number.isInteger(length) || length < 0) {
    throw new TypeError("Expected function.length to be a positive integer");
  }
  return length;
}

function shownArguments(args: unknown[], style: ValueStyle): unknown[] {
  for (let i = 0; i < args.length; i++) args[i] = showValue(args[i] as SqlValue, style);
  return args;
}

/**
 * What a callback may give back to SQLite.
 *
 * @param said how the complaint about what it may not begins
 */
export function returned(value: unknown, said: string): unknown {
  switch (typeof value) {
    case "number":
    case "string":
      return value;
    case "undefined":
      return null;
    case "bigint":
      if (value <= INT64_MOST && value >= INT64_LEAST) return value;
      throw new RangeError(`${said} a bigint that was too big`);
    case "object":
      if (value === null) return value;
      if (ArrayBuffer.isView(value)) return bytesOf(value);
      break;
    default:
      break;
  }
  throw new TypeError(`${said} an invalid value`);
}

function attempt(define: () => void): void {
  try {
    define();
  } catch (error) {
    throw translated(error);
  }
}
