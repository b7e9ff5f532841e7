import { quoteIdentifier } from "../../../src/sql/quote.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { KnownSchema, RunTraits } from "./random-schema.ts";

const VALUES = [
  ...["NULL", "NULL", "0", "1", "1", "2", "2", "3", "4", "5", "-1", "7", "1.0", "2.5", "-0.0"],
  ...["'a'", "'A'", "'a '", "'b'", "'B'", "''", "'1'", "x''", "x'61'", "4611686018427387904"],
  ...["-9223372036854775808", "9e999", "'é\u{1f600}'", "'x' || char(0) || 'y'"],
];
const CHOICES = ["", "", "", " OR REPLACE", " OR REPLACE", " OR IGNORE", " OR ABORT", " OR FAIL"];
/** OR FAIL keeps rows before a value of the wrong type in a transaction, or not. */
const ORDERED_CHOICES = CHOICES.slice(0, -1);

const INTEGERS = ["1", "2", "3", "4", "5", "-1", "7", "1.0"];

/** Beyond so many rows a table is emptied rather than filled. */
const MANY_ROWS = 40;

/** Makes statements that change rows, with values that often conflict. */
export class RandomChange {
  readonly #random: SeededRandom;

  readonly #ordered: boolean;
  readonly #choices: readonly string[];
  readonly #verbs: readonly string[];

  constructor(random: SeededRandom, { ordered, replaces }: RunTraits) {
    this.#random = random;
    this.#ordered = ordered;
    const choices = ordered ? ORDERED_CHOICES : CHOICES;
    this.#choices = choices.filter((choice) => replaces || choice !== " OR REPLACE");
    this.#verbs = replaces ? ["INSERT", "INSERT", "INSERT", "INSERT", "REPLACE"] : ["INSERT"];
  }

  /** A statement of a session's. */
  statement(schema: KnownSchema): string {
    const random = this.#random;
    const [table, columns] = this.#target(schema);
    if (schema.size(table) > MANY_ROWS) return `DELETE FROM ${quoteIdentifier(table)}`;
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return this.#insert(schema, table, columns, random.below(4) + 1);
      case 5:
      case 6:
      case 7:
        return this.#update(
          schema,
          table,
          columns,
          random.below(3) === 0 ? "" : this.#where(columns),
        );
      default:
        return `DELETE FROM ${quoteIdentifier(table)}${this.#where(columns)}`;
    }
  }

  /** One of a trigger's: it touches few rows, since it runs for each one. */
  step(schema: KnownSchema): string {
    const random = this.#random;
    const [name, columns] = this.#target(schema);
    const table = quoteIdentifier(name);
    const column = quoteIdentifier(random.pick(columns));
    const few = ` WHERE ${column} = ${random.pick(["0", "1", "2", "'a'", "3"])}`;
    switch (random.below(6)) {
      case 0:
      case 1:
      case 2:
        return this.#insert(schema, name, columns, 1);
      case 3:
      case 4:
        return this.#update(schema, name, columns, few);
      default:
        return `DELETE FROM ${table}${few}`;
    }
  }

  #target(schema: KnownSchema): readonly [string, readonly string[]] {
    const views = schema.names("view");
    if (views.length > 0 && this.#random.below(12) === 0) return [this.#random.pick(views), ["id"]];
    return this.#random.pick(schema.tables);
  }

  #insert(schema: KnownSchema, table: string, columns: readonly string[], rows: number): string {
    const random = this.#random;
    const some = columns.filter(() => random.below(5) > 0);
    const names = some.length === 0 ? columns.slice(0, 1) : some;
    const word = random.pick(this.#verbs);
    const verb = word === "INSERT" ? word + random.pick(this.#choices) : word;
    const into = `${verb} INTO ${quoteIdentifier(table)} (${names.map(quoteIdentifier).join()})`;
    const alias = columns[schema.state.tables[table]?.alias ?? -1];
    const row = (): string => names.map((name) => this.#value(name === alias)).join();
    const [other, others] = random.pick(schema.tables);
    const source =
      random.below(8) === 0 && !(this.#ordered && alias !== undefined && names.includes(alias))
        ? `SELECT ${names.map(() => quoteIdentifier(random.pick(others))).join()} FROM ` +
          `${quoteIdentifier(other)} WHERE true ORDER BY 1 LIMIT 4`
        : `VALUES ${Array.from({ length: rows }, () => `(${row()})`).join()}`;
    return `${into} ${source}${this.#upsert(columns, alias)}`;
  }

  /** What is no integer is no rowid; alone, SQLite keeps or takes back what was before it. */
  #value(isRowid: boolean): string {
    return this.#random.pick(isRowid && this.#ordered ? INTEGERS : VALUES);
  }

  #upsert(columns: readonly string[], alias: string | undefined): string {
    const random = this.#random;
    if (random.below(6) > 0) return "";
    const column = quoteIdentifier(random.pick(columns));
    const target = random.pick(["", `(${column})`, `(${column})`]);
    const free = columns.filter((name) => !this.#ordered || name !== alias);
    if (free.length === 0) return "";
    const other = quoteIdentifier(random.pick(free));
    const value = random.pick([`excluded.${other}`, random.pick(VALUES)]);
    return random.below(3) === 0
      ? ` ON CONFLICT ${target} DO NOTHING`
      : ` ON CONFLICT ${target} DO UPDATE SET ${other} = ${value}`;
  }

  #update(schema: KnownSchema, table: string, columns: readonly string[], where: string): string {
    const random = this.#random;
    const alias = columns[schema.state.tables[table]?.alias ?? -1];
    const set = (): string => {
      const name = random.pick([...columns, ...columns, ...columns, "rowid"]);
      const column = quoteIdentifier(name);
      const isRowid = name === alias || name === "rowid";
      const values = [this.#value(isRowid), this.#value(isRowid), `${column} + 1`];
      if (!isRowid || !this.#ordered) values.push(quoteIdentifier(random.pick(columns)));
      return `${column} = ${random.pick(values)}`;
    };
    const sets = random.below(3) === 0 ? `${set()}, ${set()}` : set();
    const one = ` WHERE rowid = ${random.pick(["1", "2", "3", "4", "-1"])}`;
    const verb = `UPDATE${random.pick(this.#choices)} ${quoteIdentifier(table)}`;
    return `${verb} SET ${sets}${this.#ordered ? one : where}`;
  }

  #where(columns: readonly string[]): string {
    const random = this.#random;
    const column = quoteIdentifier(random.pick(columns));
    return ` WHERE ${column} ${random.pick(["=", "=", ">", "IS NOT", "<"])} ${random.pick(VALUES)}`;
  }
}
