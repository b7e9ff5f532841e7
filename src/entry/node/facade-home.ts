import { existsSync } from "node:fs";
import path from "node:path";
import { SqliteError } from "../../compat/better-sqlite3/errors.ts";
import type { FacadeHome, OpenRequest } from "../../compat/better-sqlite3/home.ts";
import type {
  NativeLibrary,
  NativeLog,
  NativeOpened,
} from "../../compat/better-sqlite3/native/native-library.ts";
import { NameTurns } from "../../compat/better-sqlite3/settled-names.ts";
import { EmbeddedDatabase } from "../../engine/embedded/embedded-database.ts";
import { EmbeddedGate } from "../../engine/embedded/embedded-gate.ts";
import { EmbeddedWriter } from "../../engine/embedded/embedded-writer.ts";
import type { SyncDatabase } from "../../engine/session/sync-database.ts";
import { BetterSqlite3Connection } from "../../platform/node/better-sqlite3/connection.ts";
import { betterSqlite3Class } from "../../platform/node/better-sqlite3/library.ts";
import type {
  BetterDatabase,
  BetterSqlite3Library,
} from "../../platform/node/better-sqlite3/library.ts";
import { BetterSqlite3Peer } from "../../platform/node/better-sqlite3/peer.ts";
import { openEmbeddedDriver } from "../../platform/node/embedded/embedded-driver.ts";
import { EmbeddedSqlDriver } from "../../platform/node/embedded/embedded-sql-driver.ts";
import { nodeSqlite } from "../../platform/node/sqlite/node-sqlite.ts";
import { withoutHidden } from "../../platform/node/sqlite/visible-bytes.ts";
import { discoverCapture, findEmbedded } from "./embedded-source.ts";
import type { EmbeddedFile } from "./embedded-source.ts";

/** What `new Database(…, { binding })` may say. */
export type BindingChoice = "native" | "builtin" | BetterSqlite3Library;

type Choose = (found: BetterSqlite3Library | null | undefined) => BetterSqlite3Library | null;

/** The engine's tables in files. */
const PREFIX = "_cf_dosql_";

/**
 * What the better-sqlite3 face needs of Node.
 *
 * @param byDefault what `binding` is for a program that does not say
 * @param shares other processes may attach to data folders that are opened here: the event loop
 * turns
 */
export function facadeHome(byDefault: BindingChoice | undefined, shares = true): FacadeHome {
  const peer = new BetterSqlite3Peer();
  return {
    open: (request) => openBuiltin(request, shares),
    openNative(source, options) {
      const choice = bindingOf(options) ?? byDefault;
      if (choice === "builtin" || isElsewhere(source)) return null;
      const choose: Choose = (found) => libraryFor(choice, found, peer);
      return openNative(source, options, choose, shares);
    },
    names: new NameTurns(),
    isBuffer: (value) => Buffer.isBuffer(value),
    toBuffer: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    hasFolder: (file) => existsSync(path.dirname(file)),
  };
}

function bindingOf(options: unknown): BindingChoice | undefined {
  if (typeof options !== "object" || options === null || !("binding" in options)) return undefined;
  const { binding } = options;
  if (binding === "native" || binding === "builtin" || binding === undefined) return binding;
  if (typeof binding === "function") {
    if ("SqliteError" in binding && binding.SqliteError === SqliteError) {
      throw new TypeError('The "binding" option is the class that it was given to');
    }
    return binding as unknown as BetterSqlite3Library;
  }
  throw new TypeError(
    'Expected the "binding" option to be "native", "builtin", "worker", "sharded" or ' +
      "the class of better-sqlite3",
  );
}

/** Which SQLite opens a file, or null for Node's own. */
function libraryFor(
  choice: BindingChoice | undefined,
  found: BetterSqlite3Library | null | undefined,
  peer: BetterSqlite3Peer,
): BetterSqlite3Library | null {
  if (choice !== undefined && choice !== "native" && choice !== "builtin") {
    return betterSqlite3Class(choice);
  }
  // Nobody asked: what has the file open in this process opens it again.
  if (choice === undefined && found !== undefined) return found;
  const { library, reason } = peer.find();
  if (library !== null || choice === undefined) return library;
  throw new TypeError(`The "binding" option is "native", but ${String(reason)}`);
}

/** A URL names a server. */
function isElsewhere(source: unknown): boolean {
  return typeof source === "string" && /^dosqls?:/i.test(source);
}

function openNative(
  source: unknown,
  options: unknown,
  choose: Choose,
  shares: boolean,
): NativeOpened | null {
  const given = typeof source === "string" ? source.trim() : "";
  if (given === "" || given === ":memory:" || given.startsWith("file:")) {
    const library = choose(undefined);
    return library === null ? null : opened(library, source, options, null);
  }
  const found = findEmbedded(given, choose, shares);
  if (found.library === null) {
    found.release();
    return null;
  }
  try {
    const file = found.ours ? found.file : source;
    const result = opened(found.library, file, options, found);
    return found.ours ? { ...result, name: String(source) } : result;
  } catch (error) {
    found.release();
    throw error;
  }
}

function opened(
  chosen: BetterSqlite3Library,
  source: unknown,
  options: unknown,
  found: EmbeddedFile | null,
): NativeOpened {
  const library = betterSqlite3Class(chosen) as unknown as NativeLibrary;
  const log = new ProgramLog();
  const database = new library(source, log.filtered(options));
  const readonly = (database as { readonly readonly?: boolean }).readonly === true;
  const connection = database as unknown as BetterDatabase;
  const sql =
    found === null ? null : new BetterSqlite3Connection(connection, (work) => log.quietly(work));
  const gate = new EmbeddedGate({
    driver: sql,
    hiddenPrefix: found?.ours === true ? PREFIX : null,
    prefixElsewhere: PREFIX,
    share: found?.share ?? null,
    writer:
      sql === null || found === null || readonly ? null : new EmbeddedWriter(sql, found.share),
    discover:
      sql === null || found === null || found.ours
        ? null
        : () => discoverCapture(sql, found, readonly),
    onClose: found?.release ?? (() => undefined),
  });
  const besideIterators: NativeOpened["besideIterators"] = (body) =>
    sql === null ? body() : sql.besideIterators(body);
  return {
    library,
    database,
    gate,
    besideIterators,
    log: log.heard ? log : null,
    name: null,
    withoutHidden,
  };
}

/** The program's `verbose` function, which hears nothing of what the engine runs. */
class ProgramLog implements NativeLog {
  /** There is one. */
  heard = false;
  #quiet = 0;
  #instead: string | null = null;

  quietly<T>(work: () => T): T {
    this.#quiet += 1;
    try {
      return work();
    } finally {
      this.#quiet -= 1;
    }
  }

  instead<T>(text: string, work: () => T): T {
    this.#instead = text;
    try {
      return work();
    } finally {
      this.#instead = null;
    }
  }

  /** Options whose `verbose` is ours; all else as it was given. */
  filtered(options: unknown): unknown {
    if (typeof options !== "object" || options === null) return options;
    const { verbose } = options as { readonly verbose?: unknown };
    if (typeof verbose !== "function") return options;
    const tell = verbose as (message: unknown) => void;
    const value = (message: unknown): void => {
      // SQLite shows the statements of triggers as comments.
      const inner = String(message).startsWith("--") && String(message).includes(PREFIX);
      if (this.#quiet > 0 || inner) return;
      const text = this.#instead;
      this.#instead = null;
      tell(text ?? message);
    };
    this.heard = true;
    return Object.create(options, { verbose: { value, enumerable: true } });
  }
}

function openBuiltin(request: OpenRequest, shares: boolean): SyncDatabase {
  // Says what to do when this Node is too old, before anything is touched.
  nodeSqlite();
  const { source, readonly, timeoutMs, fileMustExist } = request;
  const settings = { readonly, busyTimeoutMs: timeoutMs };
  const nothing = { share: null, writer: null, discover: null, prefixElsewhere: PREFIX };
  if (typeof source !== "string" || source === ":memory:" || source === "") {
    const driver = openEmbeddedDriver(
      typeof source !== "string"
        ? { kind: "bytes", bytes: source }
        : source === ""
          ? { kind: "file", path: "", mustExist: false }
          : { kind: "memory" },
      settings,
    );
    return new EmbeddedDatabase(driver, {
      ...nothing,
      readonly,
      hiddenPrefix: null,
      withoutHidden,
      onClose: () => undefined,
    });
  }
  const found = findEmbedded(source, () => null, shares);
  const { file, ours, share, release } = found;
  try {
    const mustExist = fileMustExist && !readonly && !ours;
    const driver = openEmbeddedDriver({ kind: "file", path: file, mustExist }, settings);
    const sql = new EmbeddedSqlDriver(driver);
    return new EmbeddedDatabase(driver, {
      readonly,
      hiddenPrefix: ours ? PREFIX : null,
      prefixElsewhere: PREFIX,
      share,
      writer: readonly ? null : new EmbeddedWriter(sql, share),
      discover: ours ? null : () => discoverCapture(sql, found, readonly),
      withoutHidden,
      onClose: release,
    });
  } catch (error) {
    release();
    throw error;
  }
}
