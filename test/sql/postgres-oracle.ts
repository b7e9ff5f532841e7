import { loadModule, parseSync, type ScanToken, scanSync } from "libpg-query";

/** Postgres' own scanner and parser, compiled to WebAssembly. */
export const oracleReady: Promise<void> = loadModule();

/** The tokens that Postgres finds, or the beginning of its complaint. */
export type Scanned =
  | { readonly tokens: readonly ScanToken[] }
  | { readonly complaint: string }
  /** The library answers with JSON of its own making, which not every text survives. */
  | "unknown";

export function scanned(sql: string): Scanned {
  if (sql === "") return { tokens: [] };
  try {
    return { tokens: scanSync(sql).tokens };
  } catch (error) {
    const { message } = error as Error;
    // What is no JSON is the text of an error; the engine quotes some ten characters of it.
    const quoted = /^Unexpected token .*?, "(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message);
    return quoted?.[1] === undefined ? "unknown" : { complaint: quoted[1] };
  }
}

/** What Postgres says to a statement: null when it parses. */
export function parserComplaint(sql: string): { message: string; at: number } | null {
  try {
    parseSync(sql);
    return null;
  } catch (error) {
    const { message, sqlDetails } = error as Error & { sqlDetails?: { cursorPosition: number } };
    return { message, at: sqlDetails?.cursorPosition ?? -1 };
  }
}

/** The tree of the only statement of a text. */
export function parsed(sql: string): any {
  return parseSync(sql).stmts?.[0]?.stmt;
}
