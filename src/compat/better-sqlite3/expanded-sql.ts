import type { Row, SqlValue } from "../../base/value.ts";
import { listParameters } from "../../sql/read/parameters.ts";

/** Digits that SQLite writes of a REAL here. */
const REAL_DIGITS = 15;

/** A statement's text with its values, as SQLite's `sqlite3_expanded_sql` writes it. */
export function expandedSql(sql: string, params: Row): string {
  let text = "";
  let copied = 0;
  for (const { number, start, end } of listParameters(sql)) {
    text += sql.slice(copied, start) + literal(params[number - 1] ?? null);
    copied = end;
  }
  return text + sql.slice(copied);
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "number") return real(value);
  if (typeof value === "bigint") return String(value);
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

function real(value: number): string {
  if (Number.isNaN(value)) return "NULL";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  const short = Number(value.toPrecision(REAL_DIGITS));
  const [digits = "", exponent] = short.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < REAL_DIGITS) {
    const plain =
      power < 0 ? short.toFixed(digits.replace(/[-.]/g, "").length - 1 - power) : String(short);
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const sign = power < 0 ? "-" : "+";
  const mantissa = digits.includes(".") ? digits : `${digits}.0`;
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}
