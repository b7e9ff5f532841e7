/*
 * What the upstream suite gets for `require("../.")`: our class, with one binding, or the library.
 * DOSQL_UPSTREAM_TARGET is `real`, `native`, `native-captured`, `builtin` or `builtin-captured`.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createDatabaseClass } from "../../../src/compat/better-sqlite3/database.ts";
import { facadeHome } from "../../../src/entry/facade-home.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { FileHold } from "../../../src/entry/file-hold.ts";
import type { AnyClass } from "../contract.ts";

const [binding = "real", mode] = (process.env["DOSQL_UPSTREAM_TARGET"] ?? "real").split("-");
const library =
  binding === "builtin" ? undefined : createRequire(import.meta.url)("better-sqlite3");
const plain: AnyClass =
  binding === "real"
    ? library
    : createDatabaseClass(facadeHome(binding === "native" ? library : "builtin"));

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
  hold.openShard({ capture: CAPTURE_ON, synchronous: "NORMAL", ...driver });
  hold.release()?.close();
}

const Target = mode === "captured" ? captured(plain) : plain;
export { Target as "module.exports" };
