/** A piece of a text and what shall stand in its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A text with pieces replaced that do not overlap; the same string where there are none. What is
 * inserted at one place stands in the order given.
 */
export function applyEdits(sql: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return sql;
  let text = "";
  let copied = 0;
  for (const edit of edits.toSorted(byStart)) {
    text += sql.slice(copied, edit.start) + edit.text;
    copied = edit.end;
  }
  return text + sql.slice(copied);
}

/** Compares pieces by where they begin. */
export function byStart(
  one: { readonly start: number },
  other: { readonly start: number },
): number {
  return one.start - other.start;
}

/**
 * Where an offset of a text after its edits was before them; what is inside of an edit's text was
 * at its start.
 */
export function offsetBefore(edits: readonly Edit[], at: number): number {
  let moved = 0;
  for (const { start, end, text } of edits.toSorted(byStart)) {
    if (at < start + moved) break;
    if (at < start + moved + text.length) return start;
    moved += text.length - (end - start);
  }
  return at - moved;
}
