import type { BackupProgress } from "../../ports/embedded-driver.ts";
import { backupTo } from "./backup.ts";
import type { Connection } from "./connection.ts";
import { translated } from "./errors.ts";
import {
  booleanOption,
  nameOption,
  optionsArgument,
  stringArgument,
  toggleArgument,
} from "./options.ts";
import { Statement, StatementParts } from "./statement.ts";
import { transactionOf } from "./transaction.ts";
import type { TransactionFunction } from "./transaction.ts";
import { defineAggregate, defineFunction } from "./user-functions.ts";
import { defineTable } from "./virtual-table.ts";

/** Where a `Database` object keeps its connection. */
export const CONNECTION: unique symbol = Symbol("dosql.connection");

/** A `Database` object as its methods see it. */
export interface Handle {
  readonly [CONNECTION]: Connection;
}

function prepared(handle: Handle, sql: string): Statement {
  const connection = handle[CONNECTION];
  connection.requireOpen();
  connection.requireNotBusy();
  try {
    const compiled = connection.database.prepare(sql);
    return new Statement(new StatementParts(connection, handle, sql, compiled));
  } catch (error) {
    throw translated(error);
  }
}

/** The methods of `Database`, in better-sqlite3's order and with its numbers of parameters. */
export const METHODS = {
  prepare(this: Handle, sql: unknown): Statement {
    return prepared(this, stringArgument(sql));
  },

  transaction(this: Handle, body: unknown): TransactionFunction {
    return transactionOf(this[CONNECTION], this, body);
  },

  pragma(this: Handle, source: unknown, options: unknown): unknown {
    const text = stringArgument(source);
    const simple = booleanOption(optionsArgument(options, "second"), "simple");
    const connection = this[CONNECTION];
    connection.requireOpen();
    connection.requireNotBusy();
    connection.requireNoIterators();
    const statement = prepared(this, `PRAGMA ${text}`);
    if (statement.reader) return simple ? statement.pluck().get() : statement.all();
    statement.run();
    return simple ? undefined : [];
  },

  explain(this: Handle, source: unknown): unknown[] {
    return Statement.allUnbound(prepared(this, `EXPLAIN ${stringArgument(source)}`));
  },

  backup(this: Handle, filename: unknown, options: unknown): Promise<BackupProgress> {
    return backupTo(this[CONNECTION], [filename, options]);
  },

  serialize(this: Handle, options: unknown): Uint8Array {
    const connection = this[CONNECTION];
    const attached = nameOption(optionsArgument(options, "first"), "attached", "main");
    connection.requireIdle();
    try {
      return connection.home.toBuffer(connection.database.serialize(attached));
    } catch (error) {
      throw translated(error);
    }
  },

  function(this: Handle, name: unknown, options: unknown, body: unknown): Handle {
    defineFunction(this[CONNECTION], [name, options, body]);
    return this;
  },

  aggregate(this: Handle, name: unknown, options: unknown): Handle {
    defineAggregate(this[CONNECTION], [name, options]);
    return this;
  },

  table(this: Handle, name: unknown, definition: unknown): Handle {
    defineTable(this[CONNECTION], [name, definition]);
    return this;
  },

  loadExtension(this: Handle, ...args: unknown[]): Handle {
    const connection = this[CONNECTION];
    const path = stringArgument(args[0]);
    const entryPoint = args[1];
    if (entryPoint !== undefined && typeof entryPoint !== "string") {
      throw new TypeError("Expected second argument to be a string");
    }
    connection.requireIdle();
    try {
      connection.database.loadExtension(path, entryPoint);
    } catch (error) {
      throw translated(error);
    }
    return this;
  },

  exec(this: Handle, sql: unknown): Handle {
    const connection = this[CONNECTION];
    const text = stringArgument(sql);
    connection.requireOpen();
    connection.requireNotBusy();
    connection.requireNoIterators();
    connection.busy = true;
    connection.executions += 1;
    connection.home.names.end();
    try {
      connection.database.exec(text, connection.log);
    } catch (error) {
      throw translated(error);
    } finally {
      connection.busy = false;
    }
    return this;
  },

  close(this: Handle): Handle {
    const connection = this[CONNECTION];
    if (connection.open) {
      connection.requireIdle();
      connection.open = false;
      connection.database.close();
    }
    return this;
  },

  defaultSafeIntegers(this: Handle, ...args: unknown[]): Handle {
    this[CONNECTION].safeIntegers = toggleArgument(args);
    return this;
  },

  unsafeMode(this: Handle, ...args: unknown[]): Handle {
    const connection = this[CONNECTION];
    const unsafe = toggleArgument(args);
    connection.requireOpen();
    try {
      connection.database.setDefensive(!unsafe);
    } catch (error) {
      throw translated(error);
    }
    connection.unsafe = unsafe;
    return this;
  },
};
