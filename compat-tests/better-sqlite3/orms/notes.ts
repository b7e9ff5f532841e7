import { encode } from "../encode.ts";

/** What a program was told, by label, in a form that compares as JSON. */
export type Said = Record<string, unknown>;

/** How a label begins under which an error is the right answer. */
export const REFUSED = "refused: ";

/** Takes down what a query builder answers. */
export class Notes {
  readonly said: Said = {};

  /** Does something and notes under `label` what it returned or threw. */
  async ask(label: string, body: () => unknown): Promise<void> {
    if (Object.hasOwn(this.said, label)) throw new Error(`"${label}" is asked twice`);
    this.said[label] = null;
    try {
      this.said[label] = encode(await body());
    } catch (error) {
      const { cause } = error as { readonly cause?: unknown };
      this.said[label] = { thrown: encode(error), cause: encode(cause) };
    }
  }
}

/** A package that comes with this folder's references; types would be missing without them. */
export function load(name: string): Promise<any> {
  return import(name);
}
