import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { quoteIdentifier } from "../../../src/sql/quote.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";
import type { DatabaseState } from "./database-state.ts";
import { readState } from "./database-state.ts";

const TABLES = ["a", "b", "c", "Dd", "e e", "select", "t'é"];
/** Tables that others refer to. */
const PARENTS = ["p", "q"];
const COLUMNS = ["id", "k", "v", "Wide Name", "n", "rowid", "order", "ü"];
const TYPES = ["", "", "INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC", "VARCHAR(9)"];
const CONFLICTS = ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE", "REPLACE"];
const ACTIONS = ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION", "CASCADE"];
const DEFAULTS = ["0", "1", "'a'", "NULL", "(1 + 1)", "x'00'", "-1"];

/** What there is, as far as the generator of statements must know it. */
export class KnownSchema {
  readonly state: DatabaseState;

  constructor(driver: SqlDriver) {
    this.state = readState(driver);
  }

  /** Tables by name with their stored columns. */
  get tables(): [string, readonly string[]][] {
    return Object.entries(this.state.tables).map(([name, { columns }]) => [name, columns]);
  }

  names(type: string): string[] {
    return this.state.schema.filter((object) => object.type === type).map(({ name }) => name);
  }

  size(table: string): number {
    return this.state.tables[table]?.rows.length ?? 0;
  }
}

/** What a run is about. */
export interface RunTraits {
  /**
   * Nothing hangs on the order in which SQLite happens to visit rows, or on what it forgets where
   * a statement fires no trigger.
   */
  readonly ordered: boolean;
  /** There are foreign keys. */
  readonly keys: boolean;
  /** There is REPLACE. Beside some foreign keys, SQLite then forgets to look whether they hold. */
  readonly replaces: boolean;
  /** A statement may end the transaction, which breaks a Durable Object. */
  readonly rollbacks: boolean;
}

/** Makes statements that define things. */
export class RandomSchema {
  readonly #random: SeededRandom;
  readonly #statements: (schema: KnownSchema) => string;
  /** All keys or none: alone, SQLite forgets to take back what a row owed that broke both kinds. */
  readonly #deferred: boolean;

  readonly #traits: RunTraits;

  /** @param statements makes a statement for the body of a trigger */
  constructor(
    random: SeededRandom,
    traits: RunTraits,
    statements: (schema: KnownSchema) => string,
  ) {
    this.#random = random;
    this.#traits = traits;
    this.#statements = statements;
    this.#deferred = this.#chance(25);
  }

  #chance(percent: number): boolean {
    return this.#random.below(100) < percent;
  }

  #conflict(percent: number): string {
    const { replaces, rollbacks } = this.#traits;
    const actions = CONFLICTS.filter(
      (action) => (replaces || action !== "REPLACE") && (rollbacks || action !== "ROLLBACK"),
    );
    return this.#chance(percent) ? ` ON CONFLICT ${this.#random.pick(actions)}` : "";
  }

  createTable(schema: KnownSchema): string {
    const random = this.#random;
    if (!PARENTS.every((parent) => parent in schema.state.tables)) return this.#createParent();
    const name = quoteIdentifier(random.pick(TABLES));
    if (this.#chance(4)) {
      const from = random.pick([...schema.tables.map(([table]) => table), "a"]);
      return `CREATE TABLE ${name} AS SELECT * FROM ${quoteIdentifier(from)}`;
    }
    const count = this.#chance(4) ? 20 + random.below(30) : 1 + random.below(5);
    const columns = COLUMNS.slice(0, count);
    for (let at = columns.length; at < count; at++) columns.push(`w${at}`);
    const parts: string[] = [];
    const key = random.below(6);
    for (const [at, column] of columns.entries()) parts.push(this.#column(column, at, key));
    const quoted = columns.map(quoteIdentifier);
    const first = random.pick(quoted);
    const second = random.pick(quoted);
    if (key === 2) parts.push(`PRIMARY KEY (${this.#terms([first, second])})${this.#conflict(20)}`);
    if (this.#chance(15)) {
      parts.push(`UNIQUE (${this.#terms([first, second])})${this.#conflict(30)}`);
    }
    if (this.#chance(8)) parts.push(`CHECK (${first} IS NOT 5)`);
    const withoutRowid = (key === 1 || key === 2) && this.#chance(40) ? " WITHOUT ROWID" : "";
    return `CREATE TABLE ${name} (${parts.join(", ")})${withoutRowid}`;
  }

  #terms(names: readonly string[]): string {
    return [...new Set(names)]
      .map((name) => name + (this.#chance(10) ? " COLLATE NOCASE" : ""))
      .join(", ");
  }

  #column(name: string, at: number, key: number): string {
    const random = this.#random;
    const quoted = quoteIdentifier(name);
    if (at === 0 && key === 0) {
      const auto = this.#chance(20) ? " AUTOINCREMENT" : "";
      return `${quoted} INTEGER PRIMARY KEY${this.#conflict(10)}${auto}`;
    }
    const type = random.pick(TYPES);
    let text = `${quoted} ${type}`;
    if (at === 0 && key === 1) text += ` PRIMARY KEY${this.#conflict(15)}`;
    if (at > 0 && this.#chance(8)) {
      const expression = random.pick([`${quoteIdentifier("id")} || 'x'`, "coalesce(id, 0) % 3"]);
      text += ` AS (${expression}) ${random.pick(["STORED", "VIRTUAL"])}`;
      return text + (this.#chance(30) ? ` UNIQUE${this.#conflict(30)}` : "");
    }
    if (this.#chance(15)) text += ` NOT NULL${this.#conflict(40)}`;
    if (this.#chance(25)) text += ` DEFAULT ${random.pick(DEFAULTS)}`;
    if (this.#chance(10)) text += ` COLLATE ${random.pick(["NOCASE", "RTRIM"])}`;
    if (this.#chance(25)) text += ` UNIQUE${this.#conflict(35)}`;
    if (this.#chance(20)) text += this.#reference(type === "" || type === "BLOB" ? "" : type);
    return text;
  }

  /**
   * What foreign keys refer to is always a key: SQLite finds a mismatch in statements of several
   * rows only, and to it, a statement that fires a trigger is one.
   */
  #createParent(): string {
    const name = this.#random.pick(PARENTS);
    const reference = (percent: number): string =>
      this.#chance(percent) ? this.#reference("") : "";
    return (
      `CREATE TABLE ${name} (id INTEGER PRIMARY KEY${this.#conflict(10)}, ` +
      `u UNIQUE${this.#conflict(20)} ${reference(30)}, v ${reference(50)})`
    );
  }

  #reference(type: string): string {
    const random = this.#random;
    const deferred = this.#deferred ? " DEFERRABLE INITIALLY DEFERRED" : "";
    // Where a child has another affinity than its parent, SQLite may hand triggers an OLD value of
    // the child's affinity.
    if (!this.#traits.keys) return "";
    const key = type === "" ? random.pick(["", " (id)", " (u)"]) : "";
    return (
      ` REFERENCES ${random.pick(PARENTS)}${key}` +
      ` ON DELETE ${random.pick(ACTIONS)} ON UPDATE ${random.pick(ACTIONS)}${deferred}`
    );
  }

  createIndex(schema: KnownSchema): string {
    const random = this.#random;
    const [table, columns] = random.pick(schema.tables);
    const first = quoteIdentifier(random.pick(columns));
    const second = quoteIdentifier(random.pick(columns));
    const term = random.pick([first, `${first}, ${second}`, `lower(${first})`, `${first} % 3`]);
    const where = random.pick(["", "", ` WHERE ${second} > 1`, ` WHERE ${second} IS NOT NULL`]);
    const unique = this.#chance(75) ? "UNIQUE " : "";
    const name = `i${random.below(9)}`;
    return `CREATE ${unique}INDEX ${name} ON ${quoteIdentifier(table)} (${term})${where}`;
  }

  createView(schema: KnownSchema): string {
    const random = this.#random;
    const [table, columns] = random.pick(schema.tables);
    const names = columns.slice(0, 3).map(quoteIdentifier).join();
    return `CREATE VIEW v${random.below(3)} AS SELECT ${names} FROM ${quoteIdentifier(table)}`;
  }

  createTrigger(schema: KnownSchema): string {
    const random = this.#random;
    const views = schema.names("view");
    const onView = views.length > 0 && this.#chance(25);
    const [table, columns] = onView ? [random.pick(views), []] : random.pick(schema.tables);
    const timing = onView ? "INSTEAD OF" : random.pick(["BEFORE", "AFTER", "AFTER"]);
    const event = random.pick(["INSERT", "UPDATE", "DELETE"]);
    const row = event === "DELETE" ? "OLD" : "NEW";
    const column = columns.length === 0 ? null : `${row}.${quoteIdentifier(random.pick(columns))}`;
    const when = column !== null && this.#chance(30) ? ` WHEN ${column} IS NOT 1` : "";
    const body: string[] = [];
    if (column !== null && this.#chance(20)) {
      const raises = ["IGNORE", "IGNORE", "ABORT, 'no'", "FAIL, 'no'"];
      const raise = random.pick(this.#traits.rollbacks ? [...raises, "ROLLBACK, 'no'"] : raises);
      body.push(`SELECT RAISE(${raise}) WHERE ${column} = 2`);
    }
    const count = 1 + random.below(2);
    for (let at = 0; at < count; at++) body.push(this.#statements(schema));
    return (
      `CREATE TRIGGER g${random.below(9)} ${timing} ${event} ON ${quoteIdentifier(table)}${when} ` +
      `BEGIN ${body.join("; ")}; END`
    );
  }

  alter(schema: KnownSchema): string {
    const random = this.#random;
    const [name, columns] = random.pick(schema.tables);
    if (PARENTS.includes(name)) return `ALTER TABLE ${name} ADD COLUMN w${random.below(9)}`;
    const table = `ALTER TABLE ${quoteIdentifier(name)}`;
    const column = quoteIdentifier(random.pick(columns));
    const added = quoteIdentifier(random.pick([...COLUMNS, "extra", "more"]));
    switch (random.below(5)) {
      case 0:
        return `${table} RENAME TO ${quoteIdentifier(random.pick(TABLES))}`;
      case 1:
        return `${table} RENAME COLUMN ${column} TO ${added}`;
      case 2:
        return `${table} DROP COLUMN ${column}`;
      default: {
        const rest = random.pick([
          "",
          " TEXT DEFAULT 'd'",
          " INTEGER NOT NULL DEFAULT 7",
          " AS (1)",
        ]);
        return `${table} ADD COLUMN ${added}${rest}`;
      }
    }
  }

  drop(schema: KnownSchema): string {
    const kind = this.#random.pick(["table", "index", "trigger", "trigger", "trigger", "view"]);
    const names = schema
      .names(kind)
      .filter((name) => !this.#traits.ordered || !PARENTS.includes(name));
    const name = names.length === 0 ? "nothing" : this.#random.pick(names);
    return `DROP ${kind.toUpperCase()} ${quoteIdentifier(name)}`;
  }
}
