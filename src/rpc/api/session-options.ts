import { DosqlError } from "../../base/errors.ts";
import type { BeginOptions, IsolationLevel } from "../../engine/session/session.ts";
import type { RemoteSessionOptions } from "./remote-api.ts";

/** With what the token says. */
export type OwnSessionOptions = RemoteSessionOptions & { readonly readOnly?: boolean };

/** What each option has to be. */
const CHECKS: Readonly<Record<keyof RemoteSessionOptions, (value: unknown) => boolean>> = {
  integers: (value) => value === "bigint" || value === "number",
  isolation: isIsolation,
  liftLiterals: isBoolean,
  whole: isBoolean,
  begins: isBoolean,
  deferred: isBoolean,
  reportSize: isBoolean,
  maxRows: isCount,
  maxResultBytes: isCount,
  pragmas: (value) => value === "sqlite" || value === "home",
  // The engine looks at it closely.
  asOf: (value) => ["number", "string", "object"].includes(typeof value),
};

/**
 * Options as they came over the wire.
 *
 * @throws DosqlError `invalid-argument` for one that is unknown or wrong
 */
export function sessionOptions(given: unknown): RemoteSessionOptions {
  if (typeof given !== "object" || given === null) throw wrong("options");
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof RemoteSessionOptions] : null;
    if (check?.(value) !== true) throw wrong(name);
  }
  return given;
}

/**
 * How BEGIN was asked for over the wire.
 *
 * @throws DosqlError `invalid-argument` for a level that there is not
 */
export function beginOptions(given: unknown): BeginOptions {
  if (typeof given !== "object" || given === null) throw wrong("options");
  const { isolation } = given as BeginOptions;
  if (isolation !== undefined && !isIsolation(isolation)) throw wrong("isolation");
  return given;
}

function isIsolation(value: unknown): value is IsolationLevel {
  return value === "read committed" || value === "repeatable read" || value === "serializable";
}

function wrong(name: string): DosqlError {
  return new DosqlError("invalid-argument", `the session option ${name} is not known or not right`);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}
