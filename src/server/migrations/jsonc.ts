import { DosqlError } from "../../base/errors.ts";

/** Strings are passed over, so that what looks like a comment in them stays. */
const COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const LAST_COMMA = /"(?:\\.|[^"\\])*"|,(?=\s*[\]}])/g;

/**
 * JSON with comments and trailing commas.
 *
 * @throws DosqlError `bad-file` that names the file
 */
export function parseJsonc(path: string, text: string): unknown {
  const unquoted = (piece: string): string => (piece.startsWith('"') ? piece : " ");
  const plain = text
    .replace(/^\ufeff/, "")
    .replace(COMMENT, unquoted)
    .replace(LAST_COMMA, unquoted);
  try {
    return JSON.parse(plain) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DosqlError("bad-file", `${path} is not JSON: ${reason}`, { cause: error });
  }
}

/** A JSON object's members; none when it is something else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return value as Readonly<Record<string, unknown>>;
}
