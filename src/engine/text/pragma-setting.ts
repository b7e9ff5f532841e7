import type { SqlValue } from "../../base/value.ts";
import { atoi32, atoi64, int32, pragmaFlag, safetyLevel } from "./pragma-value.ts";

/**
 * A PRAGMA that sets something of its connection, for a session that shares a connection with
 * others: it is remembered for the session and answered as SQLite answers it.
 */
export interface PragmaSetting {
  /** What SQLite has at first; null for what cannot be asked. */
  readonly first: SqlValue;
  /**
   * What a text sets; null for what cannot be had here.
   *
   * @param now what the session was told last
   * @param standing what holds for everybody
   */
  readonly take: (text: string, now: SqlValue, standing: SqlValue) => SqlValue;
  /** Setting it answers with what is set then. */
  readonly tells?: boolean;
  /** The name of its column, where that is another one. */
  readonly column?: string;
  /** A value above what holds makes the file safer for everybody, and is set for everybody. */
  readonly raises?: boolean;
  /** Cannot be set in a transaction, in these words of SQLite's. */
  readonly outside?: string;
  /** What else to do when it cannot be had. */
  readonly hint?: string;
}

const flag = (text: string): bigint => (pragmaFlag(text) ? 1n : 0n);

/** Speed and memory only, or less safety than there is: no result depends on it. */
function kept(
  first: bigint,
  take: (text: string) => bigint,
  more?: Partial<PragmaSetting>,
): PragmaSetting {
  return { first, take, ...more };
}

/** As `kept`; a text that is no number, or is negative, asks only. */
function asked(most: bigint): PragmaSetting {
  const take = (text: string, now: SqlValue): SqlValue => {
    const given = /^\s*\+?(?:\d+|0x[\da-f]+)\s*$/i.test(text) ? atoi64(text) & 0x7fffffffn : null;
    if (given === null) return now;
    return given < most ? given : most;
  };
  return { first: 0n, take, tells: true };
}

/** Results, the file or the change log depend on it: only what holds can be asked for. */
function fixed(
  first: SqlValue,
  take: (text: string, now: SqlValue) => SqlValue = flag,
  more?: Partial<PragmaSetting>,
): PragmaSetting {
  return {
    first,
    take: (text, now, standing) => (take(text, now) === standing ? standing : null),
    ...more,
  };
}

const TELLS = { tells: true };
const OFF = fixed(0n);
const MOST_MAPPED = 0x7fff0000n;

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** A file's own setting where SQLite can change it. */
function vacuuming(text: string): bigint {
  const word = ["none", "full", "incremental"].indexOf(text.toLowerCase());
  const number = word < 0 ? atoi32(text) : BigInt(word);
  return number >= 0n && number <= 2n ? number : 0n;
}

/**
 * By name. `trusted_schema` may be turned off: what it keeps from a schema are functions and
 * modules of an application, and here are none.
 */
export const PRAGMA_SETTINGS: ReadonlyMap<string, PragmaSetting> = new Map([
  [
    "synchronous",
    kept(2n, (text) => ((safetyLevel(text, false, 1n) + 1n) & 7n || 1n) - 1n, {
      raises: true,
      outside: "Safety level may not be changed inside a transaction",
    }),
  ],
  ["fullfsync", kept(0n, flag, { raises: true })],
  ["checkpoint_fullfsync", kept(0n, flag, { raises: true })],
  [
    "busy_timeout",
    {
      first: 0n,
      take: (text, now) => most(int32(text) ?? (now as bigint), 0n),
      tells: true,
      column: "timeout",
    },
  ],
  ["cache_size", kept(-16_000n, atoi32)],
  [
    "cache_spill",
    {
      first: 1n,
      take: (text, _now, standing) => {
        const pages = atoi32(text);
        if (safetyLevel(text, true, pages === 0n ? 0n : 1n) === 0n) return 0n;
        return most(pages, standing as bigint);
      },
    },
  ],
  [
    "temp_store",
    kept(0n, (text) => {
      if (/^[0-2]/.test(text)) return BigInt(text.charAt(0));
      return BigInt(["file", "memory"].indexOf(text.toLowerCase()) + 1);
    }),
  ],
  [
    "mmap_size",
    kept(
      0n,
      (text) => {
        const bytes = most(atoi64(text), 0n);
        return bytes < MOST_MAPPED ? bytes : MOST_MAPPED;
      },
      TELLS,
    ),
  ],
  ["wal_autocheckpoint", kept(1_000n, (text) => most(atoi32(text), 0n), TELLS)],
  ["journal_size_limit", kept(-1n, (text) => most(atoi64(text), -1n), TELLS)],
  ["threads", asked(8n)],
  ["analysis_limit", asked(0x7fffffffn)],
  ["soft_heap_limit", asked(0x7fffffffn)],
  ["read_uncommitted", kept(0n, flag)],
  ["automatic_index", kept(1n, flag)],
  [
    "trusted_schema",
    { first: 1n, take: (text, _now, top) => (flag(text) > Number(top) ? null : flag(text)) },
  ],
  ["query_only", kept(0n, flag)],
  ["shrink_memory", { first: null, take: () => 1n }],
  // The mode that holds, as SQLite says where it cannot change it.
  ["journal_mode", { first: "wal", take: (_text, _now, standing) => standing, tells: true }],
  [
    "locking_mode",
    fixed(
      "normal",
      (text, now) => (/^(?:normal|exclusive)$/i.test(text) ? text.toLowerCase() : now),
      {
        ...TELLS,
        hint: "BEGIN IMMEDIATE keeps others from writing",
      },
    ),
  ],
  [
    "case_sensitive_like",
    { first: null, take: (text) => (pragmaFlag(text) ? null : 0n), hint: "GLOB tells cases apart" },
  ],
  ["encoding", fixed("UTF-8", (text) => (/^utf-?8$/i.test(text) ? "UTF-8" : null))],
  // A file in WAL mode keeps the size of its pages, whatever is said.
  ["page_size", { first: 4_096n, take: (_text, _now, standing) => standing }],
  [
    "secure_delete",
    fixed(0n, (text) => (/^fast$/i.test(text) ? 2n : flag(text)), {
      ...TELLS,
      hint: "the change log keeps what is deleted",
    }),
  ],
  ["auto_vacuum", fixed(0n, vacuuming)],
  ["hard_heap_limit", fixed(0n, atoi64, TELLS)],
  ["max_page_count", fixed(4_294_967_294n, atoi64, TELLS)],
  ["recursive_triggers", fixed(0n, flag, { hint: "the change log counts on it" })],
  ["short_column_names", fixed(1n)],
  ...(
    "cell_size_check count_changes empty_result_callbacks full_column_names " +
    "ignore_check_constraints legacy_alter_table reverse_unordered_selects"
  )
    .split(" ")
    .map((name): [string, PragmaSetting] => [name, OFF]),
]);
