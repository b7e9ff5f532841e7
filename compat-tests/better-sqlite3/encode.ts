/** A value in a form that survives JSON and still tells everything apart that a user can. */
export function encode(value: unknown): unknown {
  switch (typeof value) {
    case "number":
      if (Object.is(value, -0)) return { number: "-0" };
      return Number.isFinite(value) ? value : { number: String(value) };
    case "undefined":
      return { undefined: true };
    case "bigint":
    case "symbol":
      return { [typeof value]: String(value) };
    case "function":
      return { function: value.name };
    case "object":
      return encodeObject(value);
    default:
      return value;
  }
}

function encodeObject(value: object | null): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(encode);
  if (Buffer.isBuffer(value)) return { buffer: Buffer.from(value).toString("hex") };
  if (value instanceof Error) {
    const { code } = value as { code?: unknown };
    return { error: value.constructor.name, message: value.message, code: encode(code) };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const kind = prototype === Object.prototype ? "entries" : `entries of ${nameOf(prototype)}`;
  // Entries, not an object: the order of keys is part of the answer.
  return { [kind]: Object.entries(value).map(([key, member]) => [key, encode(member)]) };
}

function nameOf(prototype: unknown): string {
  if (prototype === null) return "null";
  const { constructor } = prototype as { constructor?: { name?: string } };
  return constructor?.name ?? "an unnamed class";
}
