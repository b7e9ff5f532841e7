/*
 * Events of a change feed as a text of JSON: a list of `FeedEvent`s, whose rows are lists of cells
 * (cells.ts), and whose hidden rowids are cells.
 */
import type { Row } from "../../base/value.ts";
import type { FeedEvent } from "../../engine/feed/change-feed.ts";
import type { Cell } from "./cells.ts";
import { packCell, unpackCell } from "./cells.ts";

/** The fields of events that hold values: rows, a row, or one value. No others have these names. */
const ROWS = /^(?:rows|keys)$/;
const ROW = /^(?:key|before|after)$/;
const VALUE = /^(?:before|after)Rowid$/;

export function eventsText(events: readonly FeedEvent[]): string {
  const pack = (row: Row): Cell[] => row.map(packCell);
  return JSON.stringify(events, (name, value: unknown) => {
    if (ROWS.test(name)) return (value as Row[]).map(pack);
    if (ROW.test(name)) return pack(value as Row);
    return VALUE.test(name) ? packCell(value as bigint) : value;
  });
}

export function readEvents(text: string): FeedEvent[] {
  const unpack = (row: readonly Cell[]): Row => row.map(unpackCell);
  return JSON.parse(text, (name, value: unknown) => {
    if (ROWS.test(name)) return (value as Cell[][]).map(unpack);
    if (ROW.test(name)) return unpack(value as Cell[]);
    return VALUE.test(name) ? unpackCell(value as Cell) : value;
  }) as FeedEvent[];
}
