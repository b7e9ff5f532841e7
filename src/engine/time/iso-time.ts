/** `2026-11-20`, `2026-11-20 10:00`, `2026-11-20T10:00:00.5Z`, `2026-11-20 10:00:00+01:30`. */
const ISO_TIME = new RegExp(
  String.raw`^(\d{4})-(\d\d)-(\d\d)` +
    String.raw`(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*([Zz]|[+-]\d\d(?::?\d\d)?)?)?$`,
);

/** Milliseconds of a digit's place behind the point; what is finer is cut off. */
const FRACTION_DIGITS = 3;

/**
 * Reads a time in ISO 8601's form, to milliseconds since 1970; null for what is none. Without a
 * zone it is UTC, as SQLite's date functions have it; a date alone is its midnight.
 *
 * @example readIsoTime("1970-01-01 01:00:00.25+01"); // 250
 */
export function readIsoTime(text: string): number | null {
  const found = ISO_TIME.exec(text.trim());
  if (found === null) return null;
  const [, ...parts] = found;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that its month does not have is moved to the next.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const offsetMinutes = zoneMinutes(parts[7] ?? "Z");
  if (offsetMinutes === null) return null;
  const fraction = Number((parts[6] ?? "").slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, "0"));
  return date.getTime() + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + fraction;
}

function zoneMinutes(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
