import type { SqlDriver } from "../ports/sql-driver.ts";
import { quoteIdentifier } from "../sql/quote.ts";

/** The number of a piece without bytes, of a script that came to its end. */
const CLOSED = -1;

/**
 * Scripts on their way in or out, in pieces: where a home has no files, a database keeps them in
 * a hidden table of its own. Columns: the script's name, the number of the piece, its bytes.
 */
export class SpoolTable {
  readonly #driver: SqlDriver;
  readonly #table: string;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#table = quoteIdentifier(`${driver.caps.hiddenPrefix}spool`);
  }

  /** A piece of at most 1 MiB: values have a limit. */
  write(script: string, part: number, bytes: Uint8Array): void {
    this.#make();
    this.#driver
      .prepare(`INSERT OR REPLACE INTO ${this.#table} (script, part, bytes) VALUES (?1, ?2, ?3)`)
      .run([script, BigInt(part), bytes]);
  }

  has(script: string, part: number): boolean {
    return this.pieceBytes(script, part) !== null;
  }

  /** How long a piece is; null when there is none. */
  pieceBytes(script: string, part: number): number | null {
    this.#make();
    const [row] = this.#driver
      .prepare(`SELECT length(bytes) FROM ${this.#table} WHERE script = ?1 AND part = ?2`)
      .all([script, BigInt(part)], "number");
    return row === undefined ? null : Number(row[0]);
  }

  /** Null behind the last piece. */
  read(script: string, part: number): Uint8Array | null {
    this.#make();
    const [row] = this.#driver
      .prepare(`SELECT bytes FROM ${this.#table} WHERE script = ?1 AND part = ?2`)
      .all([script, BigInt(part)], "number");
    return row?.[0] instanceof Uint8Array ? row[0] : null;
  }

  /** From now on nothing more comes, also after it was dropped. */
  close(script: string): void {
    this.write(script, CLOSED, new Uint8Array(0));
  }

  isClosed(script: string): boolean {
    return this.has(script, CLOSED);
  }

  /** Of all scripts that have begun to come. */
  names(): string[] {
    this.#make();
    return this.#driver
      .prepare(`SELECT script FROM ${this.#table} WHERE part = 0`)
      .all([], "number")
      .map(([script]) => String(script));
  }

  sizeBytes(script: string): number {
    this.#make();
    const [row] = this.#driver
      .prepare(`SELECT sum(length(bytes)) FROM ${this.#table} WHERE script = ?1`)
      .all([script], "number");
    return Number(row?.[0] ?? 0);
  }

  drop(script: string): void {
    this.#make();
    this.#driver.prepare(`DELETE FROM ${this.#table} WHERE script = ?1`).run([script]);
  }

  /** Drops a piece, and what follows it. */
  dropFrom(script: string, part: number): void {
    this.#make();
    this.#driver
      .prepare(`DELETE FROM ${this.#table} WHERE script = ?1 AND part >= ?2`)
      .run([script, BigInt(part)]);
  }

  /** Drops what was named before `script`: names begin with the time they were given. */
  dropBefore(script: string): void {
    this.#make();
    this.#driver.prepare(`DELETE FROM ${this.#table} WHERE script < ?1`).run([script]);
  }

  #make(): void {
    this.#driver.exec(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (script TEXT, part INTEGER, ` +
        "bytes BLOB NOT NULL, PRIMARY KEY (script, part)) STRICT, WITHOUT ROWID",
    );
  }
}
