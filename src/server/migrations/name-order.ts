/**
 * The order of migrations: by the number that a name begins with, then by its characters, folder
 * by folder. Names without a number come last. This is wrangler's order; where all numbers have
 * as many digits it is the order of the names.
 *
 * @example
 * ["10_b.sql", "9_a.sql"].sort(compareNames); // 9_a.sql, 10_b.sql
 */
export function compareNames(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (const [i, part] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareParts(a: string, b: string): number {
  const left = leadingNumber(a) ?? Number.POSITIVE_INFINITY;
  const right = leadingNumber(b) ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The number that a name begins with, or null. */
export function leadingNumber(name: string): number | null {
  const digits = /^\d+/.exec(name)?.[0];
  return digits === undefined ? null : Number(digits);
}
