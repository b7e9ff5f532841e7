/*
 * What the upstream suite gets for `require("../.")`: our class, with one binding, or the library.
 * DOSQL_UPSTREAM_TARGET names it: see main.ts.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { createDatabaseClass } from "../../../src/compat/better-sqlite3/database.ts";
import Facade from "../../../src/entry/better-sqlite3.ts";
import { facadeHome } from "../../../src/entry/node/facade-home.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { FileHold } from "../../../src/entry/node/file-hold.ts";
import type { AnyClass } from "../contract.ts";
import { workerDatabase } from "../worker-class.ts";

const [binding = "real", mode] = (process.env["DOSQL_UPSTREAM_TARGET"] ?? "real").split("-");
const library =
  binding === "builtin" ? undefined : createRequire(import.meta.url)("better-sqlite3");

function plainOf(name: string): AnyClass {
  switch (name) {
    case "real":
      return library;
    case "native":
    case "builtin":
      return createDatabaseClass(facadeHome(name === "native" ? library : "builtin"));
    case "worker":
      return workerDatabase();
    case "remote":
      return remoteDatabase();
    default:
      throw new RangeError(`no such target: ${name}`);
  }
}

const plain = plainOf(binding);

/** The class, whose files are databases of their names at a server. */
function remoteDatabase(): AnyClass {
  let memories = 0;
  function Remote(source: unknown, options: unknown): object {
    const given = source === undefined || source === null ? "" : source;
    if (typeof given !== "string") return Reflect.construct(Facade, [given, options]);
    const file = given.trim();
    const anonymous = file === "" || file === ":memory:";
    // Other processes and threads of a test find what has a name under it.
    const name = anonymous ? `memory-${process.pid}-${threadId}-${++memories}` : path.resolve(file);
    const url = `dosql://127.0.0.1:${process.env["DOSQL_UPSTREAM_PORT"]}/${name.replace(/\W/g, "_")}`;
    return Reflect.construct(Facade, [url, options], new.target ?? Remote);
  }
  Remote.prototype = Facade.prototype;
  Remote.prototype.constructor = Remote;
  return Object.assign(Remote, Facade);
}

/** The class, whose new files are captured from their first byte on. */
function captured(Inner: AnyClass): AnyClass {
  function Database(this: object, file: unknown, options: any): object {
    if (typeof file === "string") capture(file.trim(), options ?? {});
    return Reflect.construct(Inner, [file, options], new.target ?? Inner);
  }
  Database.prototype = Inner.prototype;
  Database.prototype.constructor = Database;
  return Object.assign(Database, Inner);
}

function capture(file: string, options: any): void {
  if (file === "" || file === ":memory:" || existsSync(file)) return;
  if (options.readonly || options.fileMustExist || !existsSync(path.dirname(file))) return;
  const hold = new FileHold(file);
  const driver = library === undefined ? {} : { driver: library };
  hold.openShard({ capture: CAPTURE_ON, journal: "kept", synchronous: "NORMAL", ...driver });
  hold.release()?.close();
}

const Target = mode === "captured" ? captured(plain) : plain;
export { Target as "module.exports" };
