import { Connection } from "./connection.ts";
import { readArguments } from "./database-options.ts";
import type { DatabaseArguments } from "./database-options.ts";
import { SqliteError, translated } from "./errors.ts";
import type { FacadeHome } from "./home.ts";
import { CONNECTION, METHODS } from "./methods.ts";
import type { Handle } from "./methods.ts";
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
    open(this, home, readArguments(home, source, options));
    return this;
  }
  const constructor = Database as unknown as DatabaseConstructor;
  for (const [name, method] of Object.entries(METHODS)) {
    Object.defineProperty(Database.prototype, name, {
      value: method,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  Object.assign(Database.prototype, { [INSPECT]: inspected });
  constructor.SqliteError = SqliteError;
  return constructor;
}

function open(handle: object, home: FacadeHome, given: DatabaseArguments): void {
  let connection: Connection;
  try {
    connection = new Connection(home, home.open(given.request), given.log);
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
