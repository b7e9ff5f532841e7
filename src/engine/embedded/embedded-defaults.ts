import { DosqlError } from "../../base/errors.ts";
import type { EmbeddedDriver } from "../../ports/embedded-driver.ts";

/** Page cache per connection in KiB, negative as SQLite wants it: what better-sqlite3 has. */
const CACHE_KIB = -16_000;

/**
 * Settings that better-sqlite3 compiles into its SQLite and a stock SQLite must be told: 16 MB
 * of cache, and `synchronous = NORMAL` while a file is in WAL mode, unless the user chose.
 *
 * Telling them reads the file, which its user did not ask for yet: so they are told before the
 * first statement, with no wait for locks, and again later when that did not work.
 */
export class EmbeddedDefaults {
  readonly #driver: EmbeddedDriver;
  readonly #readonly: boolean;
  readonly #begin: () => void;
  #pending = true;
  #userChose = false;

  /** @param options `begin` is called with them: it reads the file too */
  constructor(
    driver: EmbeddedDriver,
    options: { readonly readonly: boolean; readonly begin: () => void },
  ) {
    this.#driver = driver;
    this.#readonly = options.readonly;
    this.#begin = options.begin;
  }

  /** Call before a statement is compiled. */
  apply(): void {
    if (!this.#pending) return;
    const timeoutMs = this.#ask("PRAGMA busy_timeout");
    this.#driver.exec("PRAGMA busy_timeout = 0");
    try {
      this.#driver.exec(`PRAGMA cache_size = ${CACHE_KIB}`);
      this.#followJournalMode();
      this.#begin();
      this.#pending = false;
    } catch (error) {
      // Locked, no database, corrupt: the statement that comes now says so itself.
      if (!(error instanceof DosqlError) || error.code !== "sqlite") throw error;
    } finally {
      this.#driver.exec(`PRAGMA busy_timeout = ${String(timeoutMs)}`);
    }
  }

  /** Call after SQL that may have set `journal_mode` or `synchronous`. */
  noticePragmas(sql: string): void {
    if (/\bsynchronous\s*[=(]/i.test(sql)) this.#userChose = true;
    if (!this.#pending && /\bjournal_mode\b/i.test(sql)) this.#followJournalMode();
  }

  #followJournalMode(): void {
    if (this.#userChose || this.#readonly || this.#driver.inTransaction) return;
    const wal = this.#ask("PRAGMA main.journal_mode") === "wal";
    this.#driver.exec(`PRAGMA main.synchronous = ${wal ? "NORMAL" : "FULL"}`);
  }

  #ask(pragma: string): unknown {
    return this.#driver.prepare(pragma)?.first([], "bigint")?.[0];
  }
}

/** Whether a text may touch the settings that `noticePragmas` follows. */
export function mentionsDurability(sql: string): boolean {
  return /\b(?:journal_mode|synchronous)\b/i.test(sql);
}
