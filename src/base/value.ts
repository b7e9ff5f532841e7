/**
 * A value as the engine sees it. In the engine a `bigint` IS an SQLite INTEGER and a `number`
 * IS a REAL, in both directions and on every port; facades convert at their own edge.
 */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** One row, or one list of bound parameters, in column (parameter) order. */
export type Row = SqlValue[];

/** A result that is there already, or will be: the short path never pays for a promise. */
export type Awaitable<T> = T | Promise<T>;
