import type { TableDefinition } from "../../engine/virtual-table.ts";
import type { Given } from "./options.ts";

/** The most parameters that better-sqlite3 lets a virtual table have. */
const MOST_PARAMETERS = 32;

/** Reads a definition, with better-sqlite3's complaints. */
export class DefinitionReader {
  readonly #given: Given;
  readonly #said: string;

  /** @param verb how the module came by it: `used` or `returned` */
  constructor(given: object, verb: "used" | "returned", moduleName: string) {
    this.#given = given as Given;
    this.#said = `Virtual table module "${moduleName}" ${verb} a table definition`;
  }

  read(): TableDefinition {
    for (const name of ["rows", "columns"]) {
      if (!this.#has(name)) throw new TypeError(`${this.#said} without a "${name}" property`);
    }
    const rows = this.#rows();
    const columns = this.#strings("columns");
    this.#refuseTwice(columns, "column");
    if (columns.length === 0) throw new RangeError(`${this.#said} with zero columns`);
    const parameters = this.#has("parameters") ? this.#strings("parameters") : inferred(rows);
    this.#refuseTwice(parameters, "parameter");
    if (parameters.length > MOST_PARAMETERS) {
      throw new RangeError(
        `${this.#said} with more than the maximum number of ${MOST_PARAMETERS} parameters`,
      );
    }
    const both = parameters.find((name) => columns.includes(name));
    if (both !== undefined) {
      throw new TypeError(
        `${this.#said} with column "${both}" which was ambiguously defined as both a column and ` +
          "parameter",
      );
    }
    const safeIntegers = this.#boolean("safeIntegers");
    const directOnly = this.#boolean("directOnly") ?? false;
    return { columns, parameters, rows, safeIntegers, directOnly };
  }

  #has(name: string): boolean {
    return Object.hasOwn(this.#given, name);
  }

  #rows(): TableDefinition["rows"] {
    const { rows } = this.#given;
    if (typeof rows === "function" && Object.getPrototypeOf(rows) === GENERATOR) {
      return rows as TableDefinition["rows"];
    }
    throw this.#invalid("rows", "a generator function");
  }

  #strings(name: string): string[] {
    const given = this.#given[name];
    const list: unknown[] = Array.isArray(given) ? Array.from(given) : [];
    const strings = list.filter((item) => typeof item === "string");
    if (Array.isArray(given) && strings.length === list.length) return strings;
    throw this.#invalid(name, "an array of strings");
  }

  #refuseTwice(names: readonly string[], what: string): void {
    if (new Set(names).size === names.length) return;
    throw new TypeError(`${this.#said} with duplicate ${what} names`);
  }

  #boolean(name: string): boolean | null {
    if (!this.#has(name)) return null;
    const value = this.#given[name];
    if (typeof value === "boolean") return value;
    throw this.#invalid(name, "a boolean");
  }

  #invalid(name: string, should: string): TypeError {
    return new TypeError(`${this.#said} with an invalid "${name}" property (should be ${should})`);
  }
}

/** What all generator functions inherit. */
const GENERATOR: unknown = Object.getPrototypeOf(function* generator() {});

/** Parameters are named `$1`, `$2`, … by default. */
function inferred({ length }: TableDefinition["rows"]): string[] {
  if (!Number.isInteger(length) || length < 0) {
    throw new TypeError("Expected function.length to be a positive integer");
  }
  return Array.from({ length }, (_, index) => `$${index + 1}`);
}
