import { Connection } from "./connection.ts";
import { readArguments } from "./database-options.ts";
import type { DatabaseArguments } from "./database-options.ts";
import { SqliteError, translated } from "./errors.ts";
import type { FacadeHome } from "./home.ts";
import { CONNECTION, METHODS } from "./methods.ts";
import type { Handle } from "./methods.ts";
import { forProgram } from "./native/native-error.ts";
import { NATIVE } from "./native/native-library.ts";
import type {
  NativeHandle,
  NativeMethod,
  NativeOpened,
  NativeParts,
} from "./native/native-library.ts";
import { adopt, call, NATIVE_METHODS } from "./native/native-methods.ts";
import { Statement } from "./statement.ts";
import { StatementIterator } from "./statement-iterator.ts";
import type { DatabaseConstructor } from "./surface.ts";

/** Node's key for a method that says how an object is printed. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const STATEMENT_METHODS = [
  "run",
  "get",
  "all",
  "iterate",
  "bind",
  "pluck",
  "expand",
  "raw",
  "safeIntegers",
  "columns",
  "toString",
] as const;

/**
 * Makes the `Database` class over a home.
 *
 * @example
 * const Database = createDatabaseClass(home);
 * new Database("app.db").prepare("SELECT 1 AS one").get(); // { one: 1 }
 */
export function createDatabaseClass(home: FacadeHome): DatabaseConstructor {
  showMethods(Statement.prototype, STATEMENT_METHODS);
  showMethods(StatementIterator.prototype, ["next", "return"]);

  function Database(this: object, source: unknown, options: unknown): object {
    if (new.target === undefined) return Reflect.construct(Database, [source, options]) as object;
    while (!openNative(this, home, source, options)) {
      if (open(this, home, readArguments(home, source, options))) break;
    }
    return this;
  }
  const constructor = Database as unknown as DatabaseConstructor;
  for (const [name, method] of Object.entries(METHODS)) {
    Object.defineProperty(Database.prototype, name, {
      value: eitherWay(name, method),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  Object.assign(Database.prototype, { [INSPECT]: inspected });
  constructor.SqliteError = SqliteError;
  return constructor;
}

/** A method that is better-sqlite3's where that opened the database. */
function eitherWay(name: string, method: (...args: never[]) => unknown): NativeMethod {
  const own = NATIVE_METHODS[name];
  const either: NativeMethod = function either(this: object, ...args: unknown[]): unknown {
    if ((this as Partial<NativeHandle>)[NATIVE] === undefined) {
      return Reflect.apply(method, this, args);
    }
    return own === undefined
      ? call(this as NativeHandle, name, ...args)
      : Reflect.apply(own, this, args);
  };
  return Object.defineProperties(either, {
    name: { value: name },
    length: { value: method.length },
  });
}

function openNative(handle: object, home: FacadeHome, source: unknown, options: unknown): boolean {
  let opened: NativeOpened | null;
  try {
    opened = home.openNative(source, options);
  } catch (error) {
    throw forProgram(error);
  }
  if (opened === null) return false;
  const methods = opened.library.prototype as NativeParts["methods"];
  adopt(handle, { ...opened, methods, writing: null, controls: null, safeIntegers: false });
  return true;
}

function open(handle: object, home: FacadeHome, given: DatabaseArguments): boolean {
  let connection: Connection;
  try {
    const database = home.open(given.request);
    if (database === null) return false;
    connection = new Connection(home, database, database.logs === true ? null : given.request.log);
  } catch (error) {
    throw translated(error);
  }
  const { name, memory, request } = given;
  const getter = (get: () => unknown): PropertyDescriptor => ({ get, enumerable: true });
  Object.defineProperties(handle, {
    [CONNECTION]: { value: connection },
    name: getter(() => name),
    open: getter(() => connection.open),
    inTransaction: getter(() => connection.open && connection.database.inTransaction),
    readonly: getter(() => request.readonly),
    memory: getter(() => memory),
  });
  return true;
}

/** What is printed: the values, where Node would show that they are getters. */
function inspected(this: Handle, _depth: number, _options: unknown): object {
  const copy = new (class Database {})();
  return Object.assign(copy, this);
}

/** Libraries list the methods of better-sqlite3's objects; a class hides its own from `for in`. */
function showMethods(prototype: object, names: readonly string[]): void {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
}
