import type { Side } from "./sides.ts";
import { ROWS } from "./sides.ts";

/** Changes of one measured transaction. */
const BATCH = 5_000;

/** What is measured: made once for each side, then called again and again. */
export interface Workload {
  readonly name: string;
  /** The ratio wanted of each driver; none where it is only reported. */
  readonly targets: Readonly<Record<string, number>>;
  /** Changes that one call makes. */
  readonly operations: number;
  /** Calls after which the table must be filled anew. */
  readonly refillAfter: number;
  make(side: Side): () => void;
}

const INSERT = "INSERT INTO item (id, name, price, stock, note) VALUES (?1, ?2, ?3, ?4, ?5)";
const UPDATE = "UPDATE item SET stock = ?1, note = ?2 WHERE id = ?3";
const DELETE = "DELETE FROM item WHERE id = ?1";

function inserts(side: Side): () => void {
  const statement = side.driver.prepare(INSERT);
  let id = ROWS;
  return () =>
    statement.run([BigInt(++id), "a name", id * 0.5, BigInt(id % 100), "some text here"]);
}

function updates(side: Side): () => void {
  const statement = side.driver.prepare(UPDATE);
  let id = 0;
  return () => {
    id = (id % ROWS) + 1;
    statement.run([BigInt(id % 77), "another text", BigInt(id)]);
  };
}

function many(side: Side, make: (side: Side) => () => void): () => void {
  const one = make(side);
  return () =>
    side.transaction(() => {
      for (let i = 0; i < BATCH; i++) one();
    });
}

function alone(side: Side, make: (side: Side) => () => void): () => void {
  const one = make(side);
  return side.captured ? () => side.changes.commitAfter(one) : one;
}

/** Many changes in one transaction. */
export const IN_TRANSACTION: readonly Workload[] = [
  {
    name: "insert in a transaction",
    targets: { "node:sqlite": 0.4, "better-sqlite3": 0.5 },
    operations: BATCH,
    refillAfter: 4,
    make: (side) => many(side, inserts),
  },
  {
    name: "update in a transaction",
    targets: { "node:sqlite": 0.38, "better-sqlite3": 0.48 },
    operations: BATCH,
    refillAfter: 4,
    make: (side) => many(side, updates),
  },
  {
    name: "bulk UPDATE",
    targets: { "node:sqlite": 0.15, "better-sqlite3": 0.17 },
    operations: ROWS,
    refillAfter: 4,
    make: (side) => () =>
      side.transaction(() => side.driver.exec("UPDATE item SET stock = stock + 1")),
  },
  {
    name: "delete in a transaction",
    targets: { "node:sqlite": 0.42, "better-sqlite3": 0.55 },
    operations: BATCH,
    refillAfter: 1,
    make(side) {
      const statement = side.driver.prepare(DELETE);
      return () =>
        side.transaction(() => {
          for (let id = 1; id <= BATCH; id++) statement.run([BigInt(id)]);
        });
    },
  },
];

/** One change for each transaction. */
export const ALONE: readonly Workload[] = [
  {
    name: "insert, autocommit",
    targets: { "node:sqlite": 0.42, "better-sqlite3": 0.42 },
    operations: 1,
    refillAfter: 5_000,
    make: (side) => alone(side, inserts),
  },
  {
    name: "update, autocommit",
    targets: { "node:sqlite": 0.42, "better-sqlite3": 0.42 },
    operations: 1,
    refillAfter: 5_000,
    make: (side) => alone(side, updates),
  },
];

/** What capture must leave as it is. */
export const UNTOUCHED: readonly Workload[] = [
  {
    name: "point SELECT",
    targets: { "node:sqlite": 0.97, "better-sqlite3": 0.97 },
    operations: 1,
    refillAfter: Infinity,
    make(side) {
      const statement = side.driver.prepare("SELECT * FROM item WHERE id = ?1");
      let id = 0;
      return () => {
        id = (id % ROWS) + 1;
        statement.all([BigInt(id)], "bigint");
      };
    },
  },
  {
    name: "prepare INSERT, UPDATE, DELETE",
    targets: { "node:sqlite": 0.67, "better-sqlite3": 0.67 },
    operations: 3,
    refillAfter: Infinity,
    make: (side) => () => {
      for (const sql of [INSERT, UPDATE, DELETE]) side.driver.prepare(sql);
    },
  },
];
