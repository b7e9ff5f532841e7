import type { AnyBinding } from "./libraries.ts";

const NO_VIRTUAL_TABLES =
  "node:sqlite cannot register virtual tables: those without parameters are TEMP views, the error for others says so";
type Gaps = Readonly<Record<string, Readonly<Record<string, string>>>>;

const BUILTIN: Gaps = {
  "opening: defaults": {
    "WAL, before anything was read":
      "synchronous is NORMAL as soon as the file is in WAL mode, not only after the next read",
  },
  "copies: serialize": {
    missing: 'a missing schema is "unknown database", not "Out of memory"',
  },
  "copies: virtual tables and extensions": {
    "table by a factory": NO_VIRTUAL_TABLES,
  },
};

const WORKER: Gaps = {};

/** Where we rightly or for now answer otherwise than better-sqlite3, by case and question. */
export const KNOWN_GAPS: Gaps = BUILTIN;

/** The same for each binding. */
export const GAPS_OF: Readonly<Record<AnyBinding, Gaps>> = {
  builtin: BUILTIN,
  native: {},
  worker: WORKER,
};
