import { booleanOf } from "../datatypes/text-input.ts";
import { notSupported, pgError } from "../errors.ts";
import type { ErrorFields, PgError } from "../errors.ts";

/** Turns what a client wrote into the canonical value of a setting, or throws. */
export type SettingParser = (given: string, name: string) => string;

export function invalidValue(name: string, given: string, fields: ErrorFields = {}): PgError {
  return pgError("22023", `invalid value for parameter "${name}": "${given}"`, fields);
}

/** Any text, cut as Postgres cuts an application's name: printable ASCII, 63 bytes. */
export const parseName: SettingParser = (given) => {
  const MOST_UNITS = 63;
  return given.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, MOST_UNITS);
};

export const parseSwitch: SettingParser = (given, name) => {
  const value = booleanOf(given);
  if (value === null) throw pgError("22023", `parameter "${name}" requires a Boolean value`);
  return value ? "on" : "off";
};

/** One of some words, whatever their case. */
export function oneOf(...words: readonly string[]): SettingParser {
  return (given, name) => {
    const value = words.find((word) => word === given.trim().toLowerCase());
    if (value !== undefined) return value;
    throw invalidValue(name, given, { hint: `Available values: ${words.join(", ")}.` });
  };
}

/** A setting that exists so that clients may write its only value. */
export function only(word: string): SettingParser {
  return (given, name) => {
    if (given.trim().toLowerCase() === word.toLowerCase()) return word;
    throw notSupported(`${name} = '${given}'`, `The only value here is '${word}'.`);
  };
}

/** `utf8`, `UTF-8`, `'utf-8'` and `unicode` are one encoding to Postgres, and our only one. */
export const parseEncoding: SettingParser = (given, name) => {
  const bare = given.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (bare === "utf8" || bare === "unicode") return "UTF8";
  throw invalidValue(name, given, { hint: "Only UTF8 is served." });
};

const DATE_ORDERS: Readonly<Record<string, string>> = {
  mdy: "MDY",
  us: "MDY",
  noneuropean: "MDY",
  dmy: "DMY",
  euro: "DMY",
  european: "DMY",
  ymd: "YMD",
};

/** Dates are text in SQLite: the order is noted for the client, the output is always ISO. */
export const parseDateStyle: SettingParser = (given, name) => {
  let order = "MDY";
  for (const word of given.split(",").map((part) => part.trim().toLowerCase())) {
    if (word === "iso" || word === "default") continue;
    const known = DATE_ORDERS[word];
    if (known !== undefined) order = known;
    else if (["sql", "postgres", "german"].includes(word)) throw notSupported(`DateStyle ${word}`);
    else throw invalidValue(name, given);
  }
  return `ISO, ${order}`;
};

const OFFSET_ZONE = /^(?:(?:utc|gmt)?[+-]?\d{1,2}(?::\d{2})?|[a-z]{3,5}[+-]?\d{1,2})$/i;

/** A zone of the IANA database, or an offset. Nothing is computed with it in SQLite's dialect. */
export const parseTimeZone: SettingParser = (given, name) => {
  const zone = given.trim();
  if (OFFSET_ZONE.test(zone)) return zone;
  if (/^(?:local|default)$/i.test(zone)) return "UTC";
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw invalidValue(name, given);
  }
  return zone;
};

/** Names that all mean the one schema that SQLite has. */
const KNOWN_SCHEMAS = new Set(["public", "main", "$user", "pg_catalog"]);

export const parseSearchPath: SettingParser = (given) => {
  for (const part of given.split(",")) {
    const schema = part.trim().replaceAll(/^["']|["']$/g, "");
    if (schema !== "" && !KNOWN_SCHEMAS.has(schema)) {
      throw notSupported(`schema "${schema}" in search_path`, "There is one schema, main.");
    }
  }
  return given.trim();
};

/** Every one of these prints the shortest digits that read back as the same number. */
export const parseFloatDigits: SettingParser = (given, name) => {
  if (!/^\s*[+-]?\d+\s*$/.test(given)) throw invalidValue(name, given);
  const digits = Number(given);
  if (digits < -15 || digits > 3) {
    throw pgError(
      "22023",
      `${digits} is outside the valid range for parameter "${name}" (-15 .. 3)`,
    );
  }
  if (digits < 1) throw notSupported(`${name} below 1`, "Numbers keep all their digits.");
  return String(digits);
};

/** Milliseconds of each unit, the largest first. */
const DURATION_UNITS: readonly (readonly [unit: string, milliseconds: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
  ["ms", 1],
  ["us", 0.001],
];

const DURATION = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)\s*$/i;

/** Postgres keeps these in an int4. */
const MAX_DURATION_MS = 2_147_483_647;

/** A time with a unit, milliseconds without; printed in the largest unit that divides it. */
export const parseDuration: SettingParser = (given, name) => {
  const match = DURATION.exec(given);
  const unit = DURATION_UNITS.find(([known]) => known === (match?.[2] || "ms"));
  if (match === null || unit === undefined) {
    const hint = 'Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".';
    throw invalidValue(name, given, { hint });
  }
  const durationMs = Math.round(Number(match[1]) * unit[1]);
  if (durationMs < 0 || durationMs > MAX_DURATION_MS) {
    throw pgError(
      "22023",
      `${durationMs} ms is outside the valid range for parameter "${name}" ` +
        `(0 ms .. ${MAX_DURATION_MS} ms)`,
    );
  }
  if (durationMs === 0) return "0";
  const [largest, size] = DURATION_UNITS.find(([, ms]) => durationMs % ms === 0) ?? ["ms", 1];
  return `${durationMs / size}${largest}`;
};

/** The milliseconds of a value that `parseDuration` made. */
export function durationMs(canonical: string): number {
  const match = DURATION.exec(canonical);
  const unit = DURATION_UNITS.find(([known]) => known === (match?.[2] || "ms"));
  return Math.round(Number(match?.[1] ?? 0) * (unit?.[1] ?? 1));
}
