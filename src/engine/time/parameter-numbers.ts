import type { Row } from "../../base/value.ts";
import { applyEdits, byStart } from "../../sql/change/edit.ts";
import type { Edit } from "../../sql/change/edit.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import type { SqlParameter } from "../../sql/read/parameters.ts";

/** A text and what it binds. */
export interface BoundText {
  readonly sql: string;
  readonly values: Row;
}

/** Parts of a text as a list with commas. `values` go by the numbers of the whole text. */
export function boundParts(
  sql: string,
  parts: readonly { readonly start: number; readonly end: number }[],
  values: Row,
): BoundText {
  const inside = listParameters(sql).filter((one) =>
    parts.some(({ start, end }) => one.start >= start && one.end <= end),
  );
  const numbered = numberAnew(inside, values);
  const texts = parts.map(({ start, end }) => {
    const edits = numbered.edits
      .filter((edit) => edit.start >= start && edit.end <= end)
      .map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return applyEdits(sql.slice(start, end), edits);
  });
  // The line break ends a comment.
  return { sql: texts.join("\n, "), values: numbered.values };
}

/**
 * Parameters that edits take out of a text can no longer be bound: if there are any, the others
 * are numbered anew.
 */
export function withoutTakenParameters(
  sql: string,
  edits: readonly Edit[],
  values: Row,
): { readonly edits: readonly Edit[]; readonly values: Row } {
  const all = listParameters(sql);
  const kept = all.filter(
    ({ start, end }) => !edits.some((edit) => edit.start <= start && end <= edit.end),
  );
  if (kept.length === all.length) return { edits, values };
  const numbered = numberAnew(kept, values);
  return { edits: [...edits, ...numbered.edits].sort(byStart), values: numbered.values };
}

function numberAnew(
  parameters: readonly SqlParameter[],
  given: Row,
): { readonly edits: Edit[]; readonly values: Row } {
  const values: Row = [];
  const numbers = new Map<number, number>();
  const edits = parameters.map(({ start, end, number }) => {
    let own = numbers.get(number);
    if (own === undefined) {
      own = values.push(given[number - 1] ?? null);
      numbers.set(number, own);
    }
    return { start, end, text: `?${own}` };
  });
  return { edits, values };
}
