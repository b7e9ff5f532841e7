import type { Case } from "../contract.ts";

/** Own members with what kind they are: getter or type, enumerable, number of parameters. */
function members(object: object): unknown {
  return Reflect.ownKeys(object)
    .filter((key) => typeof key === "string" || String(key).includes("inspect"))
    .filter((key) => key !== "stack" && key !== "constructor")
    .sort((a, b) => String(a).localeCompare(String(b)))
    .map((key) => {
      const property = Object.getOwnPropertyDescriptor(object, key);
      const kind = property?.get === undefined ? typeof property?.value : "getter";
      const { length } = (property?.value ?? {}) as { length?: number };
      return [String(key), kind, property?.enumerable, kind === "function" ? length : null];
    });
}

export const surface: Case[] = [
  {
    name: "surface: members",
    run({ Database, open, ask }) {
      const db = open();
      const statement = db.prepare("SELECT 1 AS one");
      const iterator = statement.iterate();
      const transaction = db.transaction(() => {});
      ask("class", () => members(Database));
      ask("database prototype", () => members(Database.prototype));
      ask("database", () => members(db));
      ask("statement prototype", () => members(Object.getPrototypeOf(statement)));
      ask("statement", () => members(statement));
      ask("iterator prototype", () => members(Object.getPrototypeOf(iterator)));
      ask("iterator", () => members(iterator));
      ask("transaction", () => members(transaction));
      ask("variant", () => members(transaction.immediate));
      ask("names", () => [
        db.constructor.name,
        statement.constructor.name,
        iterator.constructor.name,
        transaction.name,
      ]);
      ask("variants know each other", () => [
        transaction.default === transaction,
        transaction.deferred.exclusive === transaction.exclusive,
        transaction.immediate.database === db,
      ]);
      ask("statement's database", () => statement.database === db);
      ask("iterator's statement", () => iterator.statement === statement);
      ask("iterates itself", () => iterator[Symbol.iterator]() === iterator);
      iterator.return();
      ask("extensible", () => {
        db.extra = 1;
        statement.extra = 2;
        return [db.extra, statement.extra];
      });
      ask("properties are fixed", () => {
        db.open = false;
      });
      ask("no then", () => ["then" in db, "then" in statement]);
    },
  },
  {
    name: "surface: construction",
    run({ Database, open, ask }) {
      const statement = open().prepare("SELECT 1");
      ask("without new", () => {
        const db = Database(":memory:");
        return [db instanceof Database, db.close() === db];
      });
      ask("extended", () => {
        class Extended extends Database {
          answer(): number {
            return 42;
          }
        }
        const db = new (Extended as any)(":memory:");
        return [db instanceof Database, db.answer(), db.close() === db];
      });
      ask("new statement", () => new statement.constructor());
      ask("new statement with arguments", () => new statement.constructor({}, "SELECT 1"));
      ask("printed", () => {
        const shown = open()[Symbol.for("nodejs.util.inspect.custom")](1, {});
        return [shown.constructor.name, { ...shown }];
      });
    },
  },
  {
    name: "surface: SqliteError",
    run({ Database, ask }) {
      const { SqliteError } = Database;
      ask("prototype", () => members(SqliteError.prototype));
      ask("instance", () => members(new SqliteError("message", "CODE")));
      ask("facts", () => {
        const error = new SqliteError("message", "CODE");
        return [error instanceof Error, error.name, String(error), Object.keys(error)];
      });
      ask("a message of another kind", () => new SqliteError(undefined, "CODE").message);
      ask("no code", () => new SqliteError("message"));
      ask("a code of another kind", () => new SqliteError("message", 5));
      ask("without new", () => Reflect.apply(SqliteError, undefined, ["message", "CODE"]));
    },
  },
];
