import type { Row, SqlValue } from "../../../src/base/value.ts";
import type { SeededRandom } from "../../sql/seeded-random.ts";

/** A statement with its values. */
export interface Step {
  readonly sql: string;
  readonly params: Row;
}

const VALUES: readonly SqlValue[] = [
  null,
  0n,
  1n,
  -7n,
  2n ** 62n,
  1.5,
  -0,
  Infinity,
  "",
  "text",
  "other",
  "日本\0x",
  new Uint8Array([0, 1]),
];

/** What a table is made of; its columns are found in the database when they are needed. */
const TABLES: readonly string[] = [
  "(id INTEGER PRIMARY KEY, a, b UNIQUE)",
  "(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b)",
  "(a, b)",
  "(a TEXT PRIMARY KEY, b) WITHOUT ROWID",
  "(a INTEGER, b TEXT, c AS (a || b) STORED, UNIQUE (a, b) ON CONFLICT REPLACE)",
  "(rowid, oid, _rowid_, a)",
  "(id INTEGER PRIMARY KEY, a INTEGER REFERENCES t0 (id) ON DELETE SET NULL, b)",
  "(a REAL, b ANY) STRICT",
];

/** Draws statements that mean something most of the time; some fail, as users' do. */
export class RandomHistory {
  readonly #random: SeededRandom;
  #names = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** @param tables those that exist, with their columns */
  next(tables: ReadonlyMap<string, readonly string[]>): Step {
    if (tables.size < 2 || this.#random.below(14) === 0) return plain(this.#schema([...tables]));
    const [name, columns] = this.#random.pick([...tables]);
    return this.#change(name, columns);
  }

  #change(table: string, columns: readonly string[]): Step {
    const column = this.#random.pick(columns);
    const where = `(${this.#random.pick(columns)} IS ?1 OR ${this.#random.pick(columns)} IS ?2)`;
    const or = this.#random.pick(["", "", "OR REPLACE", "OR IGNORE", "OR FAIL"]);
    const some: Row = [this.#value(), this.#value()];
    switch (this.#random.below(7)) {
      case 0:
        return { sql: `UPDATE ${or} ${table} SET ${column} = ?1 WHERE ${where}`, params: some };
      case 1:
        return { sql: `DELETE FROM ${table} WHERE ${where}`, params: some };
      case 2:
        return plain(`UPDATE ${or} ${table} SET ${column} = ${column} || 'x'`);
      case 3:
        return plain(`INSERT ${or} INTO ${table} SELECT * FROM ${table} LIMIT 3`);
      default: {
        const rows = Array.from({ length: this.#random.below(3) + 1 }, () =>
          columns.map(() => this.#value()),
        );
        let count = 0;
        const places = rows.map((row) => `(${row.map(() => `?${++count}`).join()})`);
        const into = `${table} (${columns.join()})`;
        return { sql: `INSERT ${or} INTO ${into} VALUES ${places.join()}`, params: rows.flat() };
      }
    }
  }

  #schema(tables: readonly (readonly [string, readonly string[]])[]): string {
    const number = this.#names++;
    if (tables.length < 2) return this.#create(number);
    const [table, columns] = this.#random.pick(tables);
    // Once a rowid that no name reached gets one, the log cannot know which row has which.
    const plainly = columns.filter((name) => !/rowid|oid/.test(name));
    if (plainly.length === 0) return `ALTER TABLE ${table} ADD COLUMN n${number}`;
    const column = this.#random.pick(plainly);
    const [other, others] = this.#random.pick(tables);
    switch (this.#random.below(9)) {
      case 0:
        return `ALTER TABLE ${table} ADD COLUMN n${number} DEFAULT ${this.#random.below(9)}`;
      case 1:
        return `ALTER TABLE ${table} DROP COLUMN ${column}`;
      case 2:
        return `ALTER TABLE ${table} RENAME COLUMN ${column} TO r${number}`;
      case 3:
        return `ALTER TABLE ${table} RENAME TO t${number}`;
      case 4:
        return `DROP TABLE ${table}`;
      case 5:
        return `CREATE INDEX i${number} ON ${table} (${column})`;
      case 6:
        return `CREATE TABLE t${number} AS SELECT *, random() AS x FROM ${table}`;
      case 7:
        return (
          `CREATE TRIGGER g${number} ${this.#random.pick(["BEFORE", "AFTER"])} ` +
          `${this.#random.pick(["INSERT", "UPDATE", "DELETE"])} ON ${table} BEGIN ` +
          `UPDATE ${other} SET ${this.#random.pick(others)} = random() % 5; END`
        );
      default:
        return this.#create(number);
    }
  }

  #create(number: number): string {
    return `CREATE TABLE t${number} ${this.#random.pick(TABLES)}`;
  }

  #value(): SqlValue {
    return this.#random.below(3) === 0 ? BigInt(this.#random.below(12)) : this.#random.pick(VALUES);
  }
}

function plain(sql: string): Step {
  return { sql, params: [] };
}
