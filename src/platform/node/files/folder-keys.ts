import { DosqlError } from "../../../base/errors.ts";

/**
 * The names of the folders and the file that hold an object: each part of its key, with
 * everything percent-encoded that a file system might read as something else. Names that begin
 * with a dot are the store's own, so no part does.
 *
 * @throws DosqlError `invalid-argument` for what is no key
 */
export function keyNames(key: string): string[] {
  return key.split("/").map((part) => {
    if (part === "") throw badKey(key);
    return encodePart(key, part);
  });
}

function encodePart(key: string, part: string): string {
  try {
    const encoded = encodeURIComponent(part).replace(
      /[!~*'()]/g,
      (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return encoded.replaceAll("%3D", "=").replace(/^\./, "%2E");
  } catch (error) {
    // Half of a surrogate pair.
    throw badKey(key, error);
  }
}

/** The part of a key that a file or folder stands for; null for what the store did not make. */
export function keyPart(name: string): string | null {
  if (name.startsWith(".")) return null;
  try {
    const part = decodeURIComponent(name);
    return encodePart(part, part) === name ? part : null;
  } catch {
    return null;
  }
}

/** Keys sort by their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function badKey(key: string, cause?: unknown): DosqlError {
  return new DosqlError("invalid-argument", `${JSON.stringify(key)} is no key of an object`, {
    hint: "a key is parts of text separated by /, none of them empty",
    cause,
  });
}
