import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { splitScript } from "../../sql/script/split.ts";
import type { AskingText } from "./embedded-counts.ts";
import { guardScript, guardStatement } from "./embedded-guard.ts";
import { readStatement } from "./embedded-text.ts";
import { readWork } from "./embedded-work.ts";
import type { EmbeddedWork } from "./embedded-work.ts";
import type { EmbeddedShare, EmbeddedWriter } from "./embedded-writer.ts";
import { LONGEST_KEPT } from "../text/known-text.ts";
import { LruMap } from "../text/lru-map.ts";
import type { Shard } from "../shard.ts";

/** Texts whose reading is remembered; a program that builds texts cannot fill memory. */
const TEXTS_KEPT = 1_000;

/** How a library's complaints arrive that a program will hear from the library itself. */
const SAID_AGAIN: ReadonlySet<string> = new Set(["sqlite", "misuse", "invalid-argument"]);

/** What an embedded connection has of the engine, whoever runs its statements. */
export interface EngineShare {
  /** The engine's shard on the file, for as long as the connection is open; null for none. */
  readonly shard: Shard | null;
  /** Calls `listener` when the connection closes, before the shard may. */
  onClose(listener: () => void): void;
}

/** What the gate of a connection is made of. */
export interface GateOptions {
  /** The connection as the engine sees it; null where it never takes part. */
  readonly driver: SqlDriver | null;
  /** Prefix of the tables that must not show; null for a file that is not ours, as far as known. */
  readonly hiddenPrefix: string | null;
  /** The prefix in a file that is ours, which this one may attach. */
  readonly prefixElsewhere: string;
  readonly share: EmbeddedShare | null;
  readonly writer: EmbeddedWriter | null;
  /** As `EmbeddedOptions.discover`. */
  readonly discover: (() => string | null) | null;
  readonly onClose: () => void;
}

/**
 * The engine's part in a connection whose statements another library runs: which texts name what
 * is hidden, and which of them write. Everything else passes by it.
 */
export class EmbeddedGate implements EngineShare {
  readonly writer: EmbeddedWriter | null;
  readonly #driver: SqlDriver | null;
  readonly #prefixElsewhere: string;
  readonly #share: EmbeddedShare | null;
  readonly #closing: (() => void)[];
  readonly #works = new LruMap<string, EmbeddedWork>(TEXTS_KEPT);
  #discover: (() => string | null) | null;
  #hiddenPrefix: string | null;

  constructor(options: GateOptions) {
    this.writer = options.writer;
    this.#driver = options.driver;
    this.#hiddenPrefix = options.hiddenPrefix;
    this.#prefixElsewhere = options.prefixElsewhere;
    this.#share = options.share;
    this.#discover = options.discover;
    this.#closing = [options.onClose];
  }

  get shard(): Shard | null {
    const shard = this.#share?.shard ?? null;
    if (shard !== null) this.#share?.keep();
    return shard;
  }

  /** Of the engine's tables in the file; null when it has none as far as known. */
  get hiddenPrefix(): string | null {
    return this.#hiddenPrefix ?? this.writer?.hiddenPrefix ?? null;
  }

  /** Calls `begin` when the engine has a part in the file, now or later. */
  whenJoined(begin: () => void): void {
    const share = this.#share;
    if (share === null) return;
    if (share.shard !== null) begin();
    else share.onShard?.(begin);
  }

  /** Where writes go now; null when the engine has no part in the file. */
  get joined(): EmbeddedWriter | null {
    return this.writer?.joined === true ? this.writer : null;
  }

  onClose(listener: () => void): void {
    this.#closing.unshift(listener);
  }

  /** What SQLite gets instead of a statement of the program's. */
  statement(sql: string): string {
    const prefix = this.#prefixFor(sql);
    return prefix === null ? sql : guardStatement(sql, prefix);
  }

  /** The same for a text of several statements. */
  script(sql: string): string {
    const prefix = this.#prefixFor(sql);
    return prefix === null ? sql : guardScript(sql, prefix);
  }

  work(sql: string): EmbeddedWork {
    let work = this.#works.get(sql);
    if (work === undefined) {
      work = readWork(sql);
      if (sql.length <= LONGEST_KEPT) this.#works.set(sql, work);
    }
    return work;
  }

  /** Runs a text of several statements, each as the engine must know it. */
  runScript(sql: string, run: (statement: string) => void): void {
    const writer = this.joined;
    if (writer === null) return run(sql);
    const statements = splitScript(sql);
    // Also what holds no statement is for SQLite to judge.
    if (statements.length === 0) return run(sql);
    for (const { text, end } of statements) {
      // With its `;`, which a log shows.
      const whole = sql[end] === ";" ? `${text};` : text;
      writer.perform(
        this.work(text),
        () => run(whole),
        () => null,
      );
    }
  }

  /** A statement that asks for the program's own counts; null for one that does not. */
  asks(sql: string): AskingText | null {
    const counts = this.joined?.counts;
    if (counts === undefined || !/changes/i.test(sql)) return null;
    return counts.read(sql, readStatement(sql).parameters.length);
  }

  /** After a text was compiled: most pragmas act then. */
  compiled(sql: string): void {
    if (/\brecursive_triggers\b/i.test(sql)) this.writer?.noticeTriggerPragma();
  }

  closed(): void {
    this.writer?.close();
    for (const close of this.#closing.splice(0)) close();
  }

  #prefixFor(sql: string): string | null {
    this.#look();
    const prefix = this.hiddenPrefix;
    if (prefix !== null || !/attach/i.test(sql)) return prefix;
    this.#hiddenPrefix = this.#prefixElsewhere;
    return this.#hiddenPrefix;
  }

  /** Finds out once whether the file is captured, without a wait for locks. */
  #look(): void {
    const discover = this.#discover;
    const driver = this.#driver;
    if (discover === null || driver === null) return;
    try {
      const [row] = driver.prepare("PRAGMA busy_timeout").all([], "number");
      driver.exec("PRAGMA busy_timeout = 0");
      try {
        this.#hiddenPrefix ??= discover();
        this.#discover = null;
      } finally {
        driver.exec(`PRAGMA busy_timeout = ${String(row?.[0])}`);
      }
    } catch (error) {
      // Locked, closed, no database: the statement that comes now says so itself.
      if (!(error instanceof DosqlError) || !SAID_AGAIN.has(error.code)) throw error;
    }
  }
}
