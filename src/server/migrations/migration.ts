import { DosqlError } from "../../base/errors.ts";
import type { Crypto } from "../../ports/crypto.ts";

/** Who made the files and the table that remembers which of them were applied. */
export type MigrationFormat = "wrangler" | "drizzle" | "plain";

/** What the table is called where nobody chose another name. */
export const USUAL_TABLES: Readonly<Record<MigrationFormat, string>> = {
  wrangler: "d1_migrations",
  drizzle: "__drizzle_migrations",
  plain: "dosql_migrations",
};

/**
 * How files lie in their folder and what a row of the ledger says. Drizzle has two ways: a journal
 * beside numbered files (up to 0.x), and a folder for each migration (from 1.0 on).
 */
export type MigrationLayout = "wrangler" | "drizzle-journal" | "drizzle-folders" | "plain";

/** One file of SQL that is applied once. */
export interface Migration {
  /** What the ledger and the user call it: a file name, or drizzle's tag. */
  readonly name: string;
  /** Where it is, for messages. */
  readonly path: string;
  /** Its text, without a byte order mark. */
  readonly sql: string;
  /** SHA-256 of its bytes in lower-case hexadecimal, as drizzle writes it. */
  readonly checksum: string;
  /** Checksums of the same text with other line ends: git may change those on its own. */
  readonly sameChecksums: readonly string[];
  /** Drizzle's time of making, milliseconds since 1970; null elsewhere. */
  readonly whenMs: number | null;
}

/** Migrations in the order in which they are applied, and the table that keeps the books. */
export interface MigrationSet {
  readonly layout: MigrationLayout;
  readonly table: string;
  readonly migrations: readonly Migration[];
  /** What drizzle's journal names although the file is gone. */
  readonly lost: readonly { readonly name: string; readonly whenMs: number }[];
  /** Files of SQL that drizzle's journal does not name. */
  readonly strays: readonly string[];
}

/** What is known of a migration before its text is read. */
export interface MigrationSource {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly whenMs?: number;
}

/** The one primitive that checksums need. */
export type Hashing = Pick<Crypto, "sha256">;

/**
 * A migration from its bytes.
 *
 * @throws DosqlError `bad-file` when the bytes are no UTF-8, or hold a NUL
 */
export function readMigration(source: MigrationSource, hashing: Hashing): Migration {
  const { name, path, bytes, whenMs = null } = source;
  const text = decode(path, bytes);
  const lf = text.replaceAll("\r\n", "\n");
  const crlf = lf.replaceAll("\n", "\r\n");
  const others = [lf, crlf].filter((one) => one !== text);
  return {
    name,
    path,
    sql: text.replace(/^\ufeff/, ""),
    checksum: checksum(bytes, hashing),
    sameChecksums: others.map((one) => checksum(new TextEncoder().encode(one), hashing)),
    whenMs,
  };
}

function checksum(bytes: Uint8Array, hashing: Hashing): string {
  return Array.from(hashing.sha256(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function decode(path: string, bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new DosqlError("bad-file", `${path} is not UTF-8`, {
      hint: "save the file as UTF-8",
      cause: error,
    });
  }
  if (!text.includes("\0")) return text;
  throw new DosqlError("bad-file", `${path} contains a NUL character`, {
    hint: "is this an SQL script? a NUL in a value is written as char(0)",
  });
}
