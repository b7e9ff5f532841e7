/*
 * A result of a Durable Object in parts. The object reads it within one call, since no statement
 * of it outlives an event: it answers the first part, and puts the others down in its storage,
 * from where they are fetched, also after it was evicted.
 */
import type { Row } from "../base/value.ts";
import type { Statement } from "../engine/session/session.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import type { WireError } from "./shard-wire.ts";

/** Where in a result that was put down its next part begins. */
export interface PartPlace {
  readonly name: string;
  readonly piece: number;
}

/** What is asked: to run a statement, for the part at a place, or to forget the rest. */
export type RowsCall =
  | { readonly open: Statement; readonly integers: IntegerMode }
  | { readonly read: PartPlace }
  | { readonly drop: string };

/** A part of the rows, and where the next one is. */
export type RowsReply =
  | {
      /** With the first part only. */
      readonly names?: readonly string[];
      readonly rows: Row[];
      readonly next: PartPlace | null;
    }
  | { readonly error: WireError };

/** What a shard's Durable Object offers for it. */
export interface RowsService {
  rows(call: RowsCall): Promise<RowsReply>;
}
