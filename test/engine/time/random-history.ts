import type { SqlValue } from "../../../src/base/value.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";

/** A statement or several, to be run as one transaction; `rollback` undoes it in the end. */
export interface Work {
  readonly statements: readonly string[];
  readonly end: "alone" | "commit" | "rollback";
}

/** What stands in the schema: columns that can be set. */
export interface SeenTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The schema on which the next work is done. */
export interface SeenSchema {
  readonly tables: readonly SeenTable[];
  readonly views: readonly { readonly name: string; readonly sql: string }[];
}

const WIDE = Array.from({ length: 37 }, (_, i) => `w${i}`);

/** `%` stands for the name. */
const KINDS: readonly string[] = [
  "CREATE TABLE % (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, c REAL)",
  "CREATE TABLE % (id INTEGER PRIMARY KEY AUTOINCREMENT, " +
    "a TEXT UNIQUE ON CONFLICT REPLACE, b NUMERIC)",
  "CREATE TABLE % (id INTEGER PRIMARY KEY, a TEXT, b INT, g AS (a || '-' || b), " +
    "s TEXT AS (upper(a)) STORED)",
  "CREATE TABLE % (a, b TEXT, c INT)",
  "CREATE TABLE % (a TEXT PRIMARY KEY, b CHECK (b IS NOT 3), c BLOB NOT NULL DEFAULT x'01')",
  "CREATE TABLE % (a TEXT, b INT, c, d, PRIMARY KEY (b, a COLLATE NOCASE)) WITHOUT ROWID",
  "CREATE TABLE % (k ANY PRIMARY KEY, a TEXT, b ANY) STRICT, WITHOUT ROWID",
  "CREATE TABLE % (id INTEGER PRIMARY KEY, a INT REFERENCES t1 ON DELETE CASCADE " +
    "ON UPDATE SET NULL, b TEXT)",
  'CREATE TABLE % ("rowid" TEXT, at INT, "a b" UNIQUE)',
  `CREATE TABLE % (id INTEGER PRIMARY KEY, ${WIDE.join()})`,
  `CREATE TABLE % (${WIDE.join()}, k TEXT COLLATE NOCASE, PRIMARY KEY (k)) WITHOUT ROWID`,
];

/** Values of all types that there are, few enough that keys meet again. */
const VALUES: readonly string[] = [
  ...["NULL", "0", "1", "2", "3", "5", "7", "-1", "9223372036854775807", "'5'", "'abc'", "'ABC'"],
  ...["'Abc '", "''", "1.5", "-0.0", "2.0", "9e999", "x'00ff'", "x'616263'", "'é'", "'a''b'"],
  "CAST(x'610062' AS TEXT)",
];

/** Makes up work for a database. */
export class RandomHistory {
  readonly #random: SeededRandom;
  readonly #kinds: readonly string[];
  #names = 0;

  /**
   * In a Durable Object no table runs out of AUTOINCREMENT's numbers: the platform takes the error,
   * "database or disk is full", for a full disk and resets the object.
   */
  constructor(random: SeededRandom, home: "file" | "durable object" = "file") {
    this.#random = random;
    this.#kinds = home === "file" ? KINDS : KINDS.map((kind) => kind.replace("AUTOINCREMENT", ""));
  }

  /** The next work. It may fail, as a whole or in part: that is history, too. */
  next(schema: SeenSchema): Work {
    const roll = this.#random.below(20);
    if (schema.tables.length < 3 || roll === 0) {
      return { statements: [this.#create()], end: "alone" };
    }
    if (roll === 1) return { statements: ["VACUUM"], end: "alone" };
    if (roll < 11) return { statements: [this.#statement(schema, 2)], end: "alone" };
    const statements: string[] = [];
    const count = 1 + this.#random.below(8);
    for (let i = 0; i < count; i++) statements.push(this.#statement(schema, 8));
    if (this.#random.below(3) === 0) {
      statements.splice(this.#random.below(statements.length), 0, "SAVEPOINT s");
      statements.push(this.#random.below(2) === 0 ? "ROLLBACK TO s" : "RELEASE s");
    }
    return { statements, end: this.#random.below(5) === 0 ? "rollback" : "commit" };
  }

  /** One in `share` changes the schema. */
  #statement(schema: SeenSchema, share: number): string {
    const table = this.#random.pick(schema.tables);
    return this.#random.below(share) === 0
      ? this.#schemaChange(schema, table)
      : this.#change(table);
  }

  #create(): string {
    const name = this.#random.below(3) === 0 ? `t${this.#random.below(4)}` : `t${++this.#names}`;
    return this.#random.pick(this.#kinds).replace("%", name);
  }

  #schemaChange(schema: SeenSchema, table: SeenTable): string {
    const { name, columns } = table;
    const column = quoted(this.#random.pick(columns));
    switch (this.#random.below(10)) {
      case 0:
        // A view of what is gone stands in the way of all that renames.
        return this.#dropView(schema, name) ?? `DROP TABLE ${name}`;
      case 1: {
        if (columns.length > 45) return this.#change(table);
        const value = this.#random.pick(VALUES);
        return `ALTER TABLE ${name} ADD COLUMN n${++this.#names} DEFAULT (${value})`;
      }
      case 2:
        return `ALTER TABLE ${name} RENAME COLUMN ${column} TO n${++this.#names}`;
      case 3:
        return this.#dropView(schema, name) ?? `ALTER TABLE ${name} DROP COLUMN ${column}`;
      case 4:
        return `ALTER TABLE ${name} RENAME TO t${++this.#names}`;
      case 5:
        return `CREATE INDEX i${++this.#names} ON ${name} (${column})`;
      case 6:
        return this.#trigger(schema);
      case 7:
        return this.#dropView(schema, "") ?? this.#view(schema, table);
      default:
        return this.#view(schema, table);
    }
  }

  #dropView({ views }: SeenSchema, mentions: string): string | null {
    const found = views.filter(({ sql }) => sql.includes(mentions));
    return found.length === 0 ? null : `DROP VIEW ${this.#random.pick(found).name}`;
  }

  #trigger({ tables }: SeenSchema): string {
    const [from, to] = [this.#random.pick(tables), this.#random.pick(tables)];
    const event = this.#random.pick(["INSERT", "UPDATE", "DELETE"]);
    const body = `INSERT OR IGNORE INTO ${to.name} (${quoted(to.columns[0])}) VALUES (7)`;
    const name = `r${++this.#names}`;
    return `CREATE TRIGGER ${name} AFTER ${event} ON ${from.name} BEGIN ${body}; END`;
  }

  #view({ views }: SeenSchema, { name: table, columns }: SeenTable): string {
    const name = `v${++this.#names}`;
    const [first = "", second = first] = columns.map(quoted);
    if (views.length > 0 && this.#random.below(3) === 0) {
      return `CREATE VIEW ${name} AS SELECT count(*) AS n FROM ${this.#random.pick(views).name}`;
    }
    const queries = [
      ` AS SELECT * FROM ${table}`,
      ` (p, q) AS SELECT count(*), max(typeof(${first})) FROM ${table} GROUP BY ${first}`,
      ` AS SELECT ${first} || '!', (SELECT count(*) FROM ${table}) FROM ${table}`,
      ` AS SELECT x.${first} AS f FROM ${table} AS x WHERE x.${second} IN ('5', 'abc')`,
      ` AS WITH c AS (SELECT ${first} FROM ${table}) SELECT * FROM c WHERE ${first} > 2`,
    ];
    return `CREATE VIEW ${name}${this.#random.pick(queries)}`;
  }

  #change({ name, columns }: SeenTable): string {
    const column = (): string => quoted(this.#random.pick(columns));
    const value = (): string => this.#random.pick(VALUES);
    const list = columns.map(quoted).join();
    const row = (): string => `(${columns.map(value).join()})`;
    const or = this.#random.pick(["IGNORE", "REPLACE", "ABORT", "FAIL"]);
    switch (this.#random.below(12)) {
      case 0:
        return `DELETE FROM ${name} WHERE ${column()} = ${value()}`;
      case 1:
        return `DELETE FROM ${name} WHERE ${column()} IS NULL`;
      case 2:
        return `UPDATE OR REPLACE ${name} SET ${column()} = ${value()}`;
      case 3:
      case 4:
        return (
          `UPDATE OR ${or} ${name} SET ${column()} = ${value()} ` + `WHERE ${column()} > ${value()}`
        );
      case 5:
        return `REPLACE INTO ${name} (${list}) VALUES ${row()}, ${row()}, ${row()}`;
      case 6:
        return `INSERT OR REPLACE INTO ${name} (${list}) VALUES ${row()}`;
      case 7:
        return (
          `INSERT INTO ${name} (${list}) VALUES ${row()} ON CONFLICT DO UPDATE ` +
          `SET ${column()} = ${value()}`
        );
      case 8:
        return `INSERT OR FAIL INTO ${name} (${list}) VALUES ${row()}, ${row()}`;
      default:
        return `INSERT OR IGNORE INTO ${name} (${list}) VALUES ${row()}, ${row()}, ${row()}`;
    }
  }
}

function quoted(name: string | undefined): string {
  return `"${name}"`;
}

/** A row as text that tells all types and values apart. */
export function encoded(row: readonly SqlValue[]): string {
  return row
    .map((value) => {
      if (value === null) return "null";
      if (typeof value === "bigint") return `${value}n`;
      if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : `${value}r`;
      if (typeof value === "string") return JSON.stringify(value);
      return `x${[...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    })
    .join();
}
