/** One call of a D1 database, as JSON can carry it. */
export type Call =
  | {
      readonly kind: "all" | "raw" | "first";
      readonly sql: string;
      readonly params: readonly Bound[];
    }
  | { readonly kind: "batch"; readonly statements: readonly Plain[] }
  | { readonly kind: "exec"; readonly sql: string };

/** A statement of a batch. */
export interface Plain {
  readonly sql: string;
  readonly params: readonly Bound[];
}

/** A value to bind; what JSON has no word for has a tag. */
export type Bound =
  | null
  | boolean
  | number
  | string
  | number[]
  | { readonly number: "NaN" | "Infinity" | "-Infinity" | "-0" };

/** The value itself. */
export function valueOf(bound: Bound): unknown {
  if (typeof bound !== "object" || bound === null || Array.isArray(bound)) return bound;
  return bound.number === "-0" ? -0 : Number(bound.number);
}
