import { DosqlError } from "../../base/errors.ts";

/**
 * A name between marks, which are doubled inside. A lone surrogate stays what it is: whoever
 * encodes the text decides on it.
 */
export function quoted(text: string, mark: '"' | "`"): string {
  if (text.includes("\0")) {
    throw new DosqlError("invalid-argument", "an identifier cannot contain a NUL character");
  }
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
