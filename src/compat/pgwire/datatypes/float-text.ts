/** A finite number's shortest round-trip digits, and the power of ten of the first one. */
interface Decimal {
  readonly sign: "" | "-";
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(value: number): Decimal {
  // Always `d.ddde±x`: the digits are the shortest that read back as the same number.
  const [mantissa = "0", power = "0"] = Math.abs(value).toExponential().split("e");
  const sign = value < 0 ? "-" : "";
  return { sign, digits: mantissa.replace(".", ""), exponent: Number(power) };
}

/** Beyond this, a decimal can lie exactly between two doubles and still be short. */
const LEAST_WITH_MIDPOINTS = 2 ** 53;

/** No decimal of 17 digits lies between two doubles of this size. */
const LEAST_WITHOUT_MIDPOINTS = 1e41;

/**
 * Postgres' digits: the shortest inside of the interval of decimals that read back as the
 * number. JavaScript also takes those at its very ends, half way to the next double.
 */
function postgresDigits(value: number): Decimal {
  const shortest = decimalOf(value);
  const size = Math.abs(value);
  if (size < LEAST_WITH_MIDPOINTS || size >= LEAST_WITHOUT_MIDPOINTS) return shortest;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  const gap = 1n << BigInt((bits.getUint16(0) >> 4) - 1075);
  let { digits } = shortest;
  for (let count = digits.length + 1; isBetween(digits, shortest.exponent, size, gap); count++) {
    digits =
      size
        .toExponential(count - 1)
        .split("e")[0]
        ?.replace(".", "") ?? digits;
  }
  return { ...shortest, digits };
}

/** Whether a decimal is half a gap away from the double that it stands for. */
function isBetween(digits: string, exponent: number, size: number, gap: bigint): boolean {
  const zeros = exponent + 1 - digits.length;
  if (zeros < 0) return false;
  const away = BigInt(digits + "0".repeat(zeros)) - BigInt(size);
  return (away < 0n ? -away : away) * 2n === gap;
}

function exponentText(exponent: number): string {
  const sign = exponent < 0 ? "-" : "+";
  return `e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/**
 * A REAL as Postgres prints a `double precision`: shortest digits, an exponent outside
 * 1e-4 … 1e15, no `.0`.
 *
 * @example
 * floatAsPostgres(5); // "5"
 * floatAsPostgres(1e20); // "1e+20"
 */
export function floatAsPostgres(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  // Without an exponent JavaScript prints the same; it only begins to use one elsewhere.
  if (size >= 1e-4 && size < 1e15) return String(value);
  if (size === 0) return Object.is(value, -0) ? "-0" : "0";
  const decimal = postgresDigits(value);
  const [first, rest] = [decimal.digits.slice(0, 1), decimal.digits.slice(1)];
  const mantissa = rest === "" ? first : `${first}.${rest}`;
  return decimal.sign + mantissa + exponentText(decimal.exponent);
}

/**
 * A REAL as SQLite turns it into text: always with a decimal point, an exponent outside
 * 1e-4 … 1e17. Digits are the shortest that read back as the same number; SQLite itself prints
 * up to 17, so the last ones may differ, the number never does.
 *
 * @example
 * floatAsSqlite(5); // "5.0"
 * floatAsSqlite(1e20); // "1.0e+20"
 */
export function floatAsSqlite(value: number): string {
  if (value === Infinity) return "Inf";
  if (value === -Infinity) return "-Inf";
  if (value === 0) return "0.0";
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e17) {
    return Number.isInteger(value) ? `${String(value)}.0` : String(value);
  }
  const decimal = decimalOf(value);
  const [first, rest] = [decimal.digits.slice(0, 1), decimal.digits.slice(1)];
  return `${decimal.sign}${first}.${rest === "" ? "0" : rest}${exponentText(decimal.exponent)}`;
}
