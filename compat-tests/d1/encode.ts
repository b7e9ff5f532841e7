/** Numbers that differ from run to run; only their type is compared. */
const VOLATILE = new Set(["duration", "size_after", "served_by"]);

/** Counts that Node cannot have; they have a case of their own. */
const COUNTED = new Set(["rows_read", "rows_written"]);

/** A value in a form that survives JSON and still tells everything apart. */
export function encode(value: unknown): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { number: formatted(value) };
    case "undefined":
    case "bigint":
    case "symbol":
    case "function":
      return { [typeof value]: String(value) };
    case "object":
      return encodeObject(value);
    default:
      return value;
  }
}

function formatted(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function encodeObject(value: object | null): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Error) {
    return {
      error: value.constructor.name,
      message: value.message,
      // Deeper causes are ours to add.
      ...(value.cause instanceof Error ? { cause: value.cause.message } : {}),
    };
  }
  if (value instanceof ArrayBuffer) return { buffer: Array.from(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) return { view: value.constructor.name };
  // Entries, not an object: the order of keys is part of the answer.
  return {
    entries: Object.entries(value).map(([key, v]) => [key, key === "meta" ? meta(v) : encode(v)]),
  };
}

/** `meta`: keys and types always, values where they are the same on every run. */
function meta(value: unknown): unknown {
  return Object.entries(value as object).map(([key, v]) => [
    key,
    VOLATILE.has(key) || COUNTED.has(key) ? typeof v : encode(v),
  ]);
}
