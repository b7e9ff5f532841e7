import type { Row, SqlValue } from "../../base/value.ts";
import { showObject, showValue } from "./row-shape.ts";
import type { ShownValue, ValueStyle } from "./row-shape.ts";

/** Makes the object of a row. */
export type RowFactory = (row: Row) => Record<string, ShownValue>;

type Show = (value: SqlValue) => ShownValue;

/**
 * A function that makes objects of rows with these column names: compiled for them, because V8
 * fills a literal several times faster than an object that it sees grow. Where programs may not
 * be compiled (`--disallow-code-generation-from-strings`) rows are filled name by name.
 */
export function rowFactory(names: readonly string[], style: ValueStyle): RowFactory {
  const show: Show = (value) => showValue(value, style);
  // In a literal this key would set the prototype.
  const compiled = names.includes("__proto__") ? null : compile(names);
  return compiled === null ? (row) => showObject(row, names, style) : (row) => compiled(row, show);
}

type Compiled = (row: Row, show: Show) => Record<string, ShownValue>;

function compile(names: readonly string[]): Compiled | null {
  const members = names.map((name, at) => {
    const value = `v = r[${at}]`;
    const plain = `typeof (${value}) === "number" || typeof v === "string" || v === null`;
    return `${JSON.stringify(name)}: ${plain} ? v : show(v)`;
  });
  try {
    // oxlint-disable-next-line no-implied-eval
    return new Function("r", "show", `let v; return { ${members.join(", ")} };`) as Compiled;
  } catch {
    return null;
  }
}
