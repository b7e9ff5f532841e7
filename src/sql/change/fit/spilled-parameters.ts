import type { Row } from "../../../base/value.ts";
import type { Statement } from "../../ast/statement.ts";
import { listParameters } from "../../read/parameters.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, byStart, type Edit } from "../edit.ts";
import { ResultNames } from "../result-names.ts";
import type { Fitted } from "./fitted.ts";
import { jsonItem, type JsonItem } from "./json-value.ts";

/** Parameters kept free for JSON documents. */
const DOCUMENTS = 10;

/** Length of one document in UTF-16 units: a value of SQLite's may have 2 MB in D1. */
const DOCUMENT_LENGTH = 500_000;

/**
 * The statement with at most `most` parameters: the first ones stay, all others become items of
 * JSON documents, which are bound in their place. An item is an expression of a constant: it has
 * no affinity and no collation, as a parameter, and SQLite computes it once.
 *
 * @param sql The text, all of which is the statement.
 * @returns null where the values are too long for that
 * @example
 * // with most = 12:  … IN (?, ?, ?, …)  →  … IN (?1, ?2, (?3->>0), …)
 */
export function spilledParameters(
  sql: string,
  statement: Statement,
  values: Row,
  most: number,
): Fitted | null {
  const kept = most - DOCUMENTS;
  const items = values.slice(kept).map(jsonItem);
  const { documents, places } = packed(items);
  if (documents.length > DOCUMENTS) return null;
  const results = new ResultNames(sql);
  walk(statement, (node) => {
    if (node.kind === "result") results.note(node);
  });
  const edits = listParameters(sql).map(({ number, start, end }): Edit => {
    const item = items[number - kept - 1];
    const place = places[number - kept - 1];
    const text =
      item === undefined || place === undefined
        ? `?${number}`
        : item.read(`(?${kept + 1 + place.document}->>${place.at})`);
    return { start, end, text };
  });
  edits.sort(byStart);
  return {
    sql: applyEdits(sql, [...edits, ...results.edits(edits)]),
    values: [...values.slice(0, kept), ...documents],
  };
}

interface Place {
  readonly document: number;
  readonly at: number;
}

function packed(items: readonly JsonItem[]): { documents: string[]; places: Place[] } {
  const documents: string[][] = [];
  const places: Place[] = [];
  let length = Infinity;
  for (const { json } of items) {
    if (length + json.length > DOCUMENT_LENGTH) {
      documents.push([]);
      length = 0;
    }
    const last = documents.at(-1) ?? [];
    places.push({ document: documents.length - 1, at: last.length });
    last.push(json);
    length += json.length + 1;
  }
  return { documents: documents.map((all) => `[${all.join()}]`), places };
}
