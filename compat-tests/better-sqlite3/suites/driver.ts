/*
 * What a suite gets for better-sqlite3. DOSQL_SUITE_DRIVER is one of `DRIVERS`. Captured databases
 * in memory are files in DOSQL_SUITE_FOLDER, as only a file can have a log; for `remote`, each
 * database in memory and each file is one at the server on DOSQL_SUITE_PORT.
 */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createDatabaseClass } from "../../../src/compat/better-sqlite3/database.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import Served from "../../../src/entry/better-sqlite3.ts";
import { facadeHome } from "../../../src/entry/node/facade-home.ts";
import { FileHold } from "../../../src/entry/node/file-hold.ts";
import type { AnyClass } from "../contract.ts";
import { workerDatabase } from "../worker-class.ts";

const driver = process.env["DOSQL_SUITE_DRIVER"] ?? "real";
const folder = process.env["DOSQL_SUITE_FOLDER"] ?? "";
const [binding, mode] = driver.split("-");
const library =
  binding === "builtin" ? undefined : createRequire(import.meta.url)("better-sqlite3");

/** A class as the other, which opens `place(source, options)` instead of `source`. */
function over(Inner: AnyClass, place: (source: unknown, options: any) => unknown): AnyClass {
  function Database(this: object, source: unknown, options: any): object {
    return Reflect.construct(Inner, [place(source, options ?? {}), options], new.target ?? Inner);
  }
  Database.prototype = Inner.prototype;
  Database.prototype.constructor = Database;
  return Object.assign(Database, Inner);
}

/** A captured file, if a new one or a database in memory was to be made. */
function capture(source: unknown, options: any): unknown {
  if (options.readonly || options.fileMustExist) return source;
  const file = source === ":memory:" ? fresh() : source;
  if (typeof file !== "string" || file === "" || existsSync(file)) return source;
  const hold = new FileHold(file);
  const settings = { capture: CAPTURE_ON, synchronous: "NORMAL" } as const;
  hold.openShard(library === undefined ? settings : { ...settings, driver: library });
  hold.release()?.close();
  return file;
}

function fresh(): string {
  return path.join(mkdtempSync(path.join(folder, "memory-")), "captured.db");
}

const served = new Map<unknown, number>();

/** The database at the server that stands for a file; one in memory is always new. */
function atServer(source: unknown): string {
  const key = source === undefined || source === ":memory:" ? Symbol("memory") : source;
  const number = served.get(key) ?? served.size;
  served.set(key, number);
  const { DOSQL_SUITE_PORT: port } = process.env;
  return `dosql://127.0.0.1:${port}/p${process.pid}d${number}`;
}

function classOf(): AnyClass {
  if (binding === "real") return library;
  if (binding === "worker") return workerDatabase();
  if (binding === "remote") return over(Served, atServer);
  const ours: AnyClass = createDatabaseClass(facadeHome(library ?? "builtin"));
  return mode === "captured" ? over(ours, capture) : ours;
}

const Driver = classOf();
const { SqliteError } = Driver;
export { Driver as default, Driver as "module.exports", SqliteError };

// Without it nobody could tell a suite that was led here from one that found a library elsewhere.
writeFileSync(path.join(folder, "led"), driver);
