import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { IntegerMode, SqlDriver } from "../../ports/sql-driver.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import { MetaTable } from "../meta-table.ts";

/** What a PRAGMA answers that the engine keeps. */
export interface PragmaAnswer {
  readonly columns: readonly string[];
  readonly rows: Row[];
}

/** Numbers in a file's header, 32 bits with a sign. */
const HEADER_NUMBERS: ReadonlySet<string> = new Set(["user_version", "application_id"]);

/** Pages of a Durable Object's SQLite, in bytes. */
const PAGE_BYTES = 4_096;

/**
 * PRAGMAs that a Durable Object denies and that programs written for SQLite rely on: the two
 * numbers of the file's header, kept in the engine's own table, and what describes the file.
 * Whatever else is denied there stays so.
 */
export class EmulatedPragmas {
  readonly #driver: SqlDriver;
  readonly #meta: MetaTable;
  readonly #schemaVersion: () => number;

  constructor(driver: SqlDriver, schemaVersion: () => number) {
    this.#driver = driver;
    this.#meta = new MetaTable(driver);
    this.#schemaVersion = schemaVersion;
  }

  /** Null for a PRAGMA that is SQLite's to answer. A value given to `user_version` is stored. */
  answer(pragma: PragmaStatement, integers: IntegerMode): PragmaAnswer | null {
    const answer = this.#exactly(pragma);
    if (answer === null || integers === "bigint") return answer;
    const rows = answer.rows.map((row) => row.map((v) => (typeof v === "bigint" ? Number(v) : v)));
    return { ...answer, rows };
  }

  #exactly(pragma: PragmaStatement): PragmaAnswer | null {
    const { name, hasValue, schema = "main" } = pragma;
    if (schema.toLowerCase() !== "main") return null;
    if (HEADER_NUMBERS.has(name)) return hasValue ? this.#set(pragma) : this.#header(name);
    if (hasValue) return null;
    switch (name) {
      case "schema_version":
        return one(name, BigInt(this.#schemaVersion()));
      case "page_count":
        return one(name, BigInt(Math.ceil(this.#driver.sizeBytes() / PAGE_BYTES)));
      case "encoding":
        return one(name, "UTF-8");
      case "database_list":
        return { columns: ["seq", "name", "file"], rows: [[0n, "main", ""]] };
      case "integrity_check":
        return {
          columns: [name],
          rows: this.#driver.prepare("PRAGMA quick_check").all([], "bigint"),
        };
      default:
        return null;
    }
  }

  #header(name: string): PragmaAnswer {
    return one(name, BigInt(Number(this.#meta.read(name) ?? 0)));
  }

  /** SQLite takes the number's low 32 bits, and 0 for what is none. */
  #set({ name, value = "" }: PragmaStatement): PragmaAnswer {
    if (!/^[-+]?(?:\d+|0x[0-9a-f]+)$/i.test(value)) {
      throw new DosqlError("invalid-argument", `PRAGMA ${name} takes a whole number`);
    }
    const number = BigInt.asIntN(32, BigInt(value.replace(/^[-+]/, "")));
    this.#meta.write(name, value.startsWith("-") ? -number : number);
    return { columns: [], rows: [] };
  }
}

function one(name: string, value: SqlValue): PragmaAnswer {
  return { columns: [name], rows: [[value]] };
}
