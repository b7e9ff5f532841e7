import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import { MetaTable } from "../meta-table.ts";

/** What a PRAGMA answers that the engine keeps. */
export interface PragmaAnswer {
  readonly columns: readonly string[];
  readonly rows: Row[];
}

/** Numbers in a file's header, 32 bits with a sign. */
const HEADER_NUMBERS: ReadonlySet<string> = new Set(["user_version", "application_id"]);

/** What describes the file. */
const DESCRIBING: ReadonlySet<string> = new Set([
  "schema_version",
  "page_count",
  "encoding",
  "database_list",
  "integrity_check",
]);

/** Pages of a Durable Object's SQLite, in bytes. */
const PAGE_BYTES = 4_096;

/** Where the numbers of the header are kept. */
export type HeaderStore = Pick<MetaTable, "read" | "write">;

/**
 * PRAGMAs that a Durable Object denies and that programs written for SQLite rely on: the two
 * numbers of the file's header, kept elsewhere, and what describes the file. Whatever else is
 * denied there stays so.
 */
export class EmulatedPragmas {
  readonly #driver: SqlDriver;
  readonly #header: HeaderStore;
  readonly #schemaVersion: (() => number) | null;

  /**
   * @param schemaVersion null where nobody counts
   * @param header the engine's own table, unless there is none
   */
  constructor(
    driver: SqlDriver,
    schemaVersion: (() => number) | null,
    header: HeaderStore = new MetaTable(driver),
  ) {
    this.#driver = driver;
    this.#header = header;
    this.#schemaVersion = schemaVersion;
  }

  /** The names of the columns of an answer; null for a PRAGMA that is SQLite's to answer. */
  columns({ name, hasValue, schema = "main" }: PragmaStatement): readonly string[] | null {
    if (schema.toLowerCase() !== "main") return null;
    if (HEADER_NUMBERS.has(name)) return hasValue ? [] : [name];
    if (hasValue || !DESCRIBING.has(name)) return null;
    if (name === "schema_version" && this.#schemaVersion === null) return null;
    return name === "database_list" ? ["seq", "name", "file"] : [name];
  }

  /** Null for a PRAGMA that is SQLite's to answer. A value given to `user_version` is stored. */
  answer(pragma: PragmaStatement): PragmaAnswer | null {
    const columns = this.columns(pragma);
    return columns === null ? null : { columns, rows: this.#rows(pragma) };
  }

  #rows(pragma: PragmaStatement): Row[] {
    const { name, hasValue } = pragma;
    switch (name) {
      case "schema_version":
        return one(BigInt(this.#schemaVersion?.() ?? 0));
      case "page_count":
        return one(BigInt(Math.ceil(this.#driver.sizeBytes() / PAGE_BYTES)));
      case "encoding":
        return one("UTF-8");
      case "database_list":
        return [[0n, "main", ""]];
      case "integrity_check":
        return this.#driver.prepare("PRAGMA quick_check").all([], "bigint");
      default:
        return hasValue ? this.#set(pragma) : one(BigInt(Number(this.#header.read(name) ?? 0)));
    }
  }

  /** SQLite takes the number's low 32 bits, and 0 for what is none. */
  #set({ name, value = "" }: PragmaStatement): Row[] {
    if (!/^[-+]?(?:\d+|0x[0-9a-f]+)$/i.test(value)) {
      throw new DosqlError("invalid-argument", `PRAGMA ${name} takes a whole number`);
    }
    const number = BigInt.asIntN(32, BigInt(value.replace(/^[-+]/, "")));
    this.#header.write(name, value.startsWith("-") ? -number : number);
    return [];
  }
}

function one(value: SqlValue): Row[] {
  return [[value]];
}
