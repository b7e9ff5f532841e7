import type { Case } from "../contract.ts";

function* rows(): Generator<unknown[]> {
  yield [1, "one"];
  yield [2n, null];
  yield [2.5, Buffer.from("x")];
}

const columns = ["a", "b"];

/** Definitions that are refused, and one of each kind that is not. */
const DEFINITIONS: Readonly<Record<string, unknown>> = {
  "no rows": { columns },
  "no columns": { rows },
  "rows undefined": { columns, rows: undefined },
  "rows no generator": { columns, rows: () => [] },
  "columns a string": { rows, columns: "a" },
  "columns with a number": { rows, columns: ["a", 1] },
  // The hole is the question.
  // oxlint-disable-next-line no-sparse-arrays
  "columns with a hole": { rows, columns: ["a", , "b"] },
  "columns twice": { rows, columns: ["a", "a"] },
  "no column": { rows, columns: [] },
  "parameters undefined": { rows, columns, parameters: undefined },
  "parameters a string": { rows, columns, parameters: "x" },
  "parameters twice": { rows, columns, parameters: ["x", "x"] },
  "a parameter that is a column": { rows, columns, parameters: ["a"] },
  "too many parameters": {
    rows,
    columns,
    parameters: Array.from({ length: 33 }, (_, i) => `p${i}`),
  },
  "safeIntegers a number": { rows, columns, safeIntegers: 1 },
  "directOnly undefined": { rows, columns, directOnly: undefined },
  "inherited members": Object.create({ rows, columns }),
  "a length that is none": {
    columns,
    rows: Object.defineProperty(function* none() {}, "length", { value: -1 }),
  },
  "a length that is too much": {
    columns,
    rows: Object.defineProperty(function* many() {}, "length", { value: 33 }),
  },
};

export const tables: Case[] = [
  {
    name: "tables: definitions",
    run({ open, ask }) {
      const db = open();
      for (const [label, definition] of Object.entries(DEFINITIONS)) {
        ask(label, () => db.table("x", definition));
      }
      ask("a name that is none", () => db.table({}, { rows, columns }));
      ask("an empty name", () => db.table("", { rows, columns }));
      ask("nothing", () => db.table("x", null));
      ask("while iterating", () => {
        const iterator = db.prepare("SELECT 1").iterate();
        try {
          return db.table("x", { rows, columns });
        } finally {
          iterator.return();
        }
      });
      ask("closed", () => {
        const closed = open();
        closed.close();
        return closed.table("x", { rows, columns });
      });
    },
  },
  {
    name: "tables: rows",
    run({ open, ask }) {
      const db = open();
      ask("returns the database", () => db.table("t", { rows, columns }) === db);
      ask("all", () => db.prepare("SELECT * FROM t").all());
      ask("safe integers", () => db.prepare("SELECT a FROM t").safeIntegers().pluck().all());
      ask("filtered and sorted", () =>
        db.prepare("SELECT b FROM t WHERE a >= ? ORDER BY a DESC").all(2),
      );
      ask("joined with itself", () =>
        db
          .prepare("SELECT x.a, y.a AS other FROM t AS x JOIN t AS y ON x.a < y.a ORDER BY 1, 2")
          .all(),
      );
      ask("counted", () => db.prepare("SELECT count(*), sum(a) FROM t").get());
      ask("limited", () => db.prepare("SELECT a FROM t LIMIT 1 OFFSET 1").all());
      ask("in a subquery", () => db.prepare("SELECT 1 WHERE 2 IN (SELECT a FROM t)").all());
      ask("get, again and again", () => {
        const statement = db.prepare("SELECT a FROM t").pluck();
        return [statement.get(), statement.get()];
      });
      ask("into another table", () => {
        db.exec("CREATE TABLE copy AS SELECT * FROM t");
        return db.prepare("SELECT typeof(a), typeof(b) FROM copy").raw().all();
      });
      ask("pulled row by row", () => {
        let pulled = 0;
        db.table("slow", {
          columns: ["n"],
          *rows() {
            for (;;) yield [(pulled += 1)];
          },
        });
        const read: unknown[] = [];
        for (const n of db.prepare("SELECT n FROM slow").pluck().iterate()) {
          read.push(n);
          if (read.length === 3) break;
        }
        return [read, pulled];
      });
      ask("redefined", () => {
        db.table("t", {
          columns: ["c"],
          *rows() {
            yield ["new"];
          },
        });
        return db.prepare("SELECT * FROM t").all();
      });
    },
  },
  {
    name: "tables: what is yielded",
    run({ open, ask }) {
      const db = open();
      const yielded: Readonly<Record<string, unknown>> = {
        "an object": { b: 1, a: 2 },
        "a missing column": { a: 1 },
        "another column": { a: 1, b: 2, c: 3 },
        "an unknown column": { a: 1, c: 2 },
        "a short array": [1],
        "a long array": [1, 2, 3],
        "a number": 5,
        null: null,
        undefined: undefined,
        "a date in it": [new Date(0), 1],
        "a boolean in it": [true, 1],
        "undefined in it": [undefined, 1],
        "a bigint that is too big": [2n ** 63n, 1],
      };
      for (const [label, row] of Object.entries(yielded)) {
        ask(label, () => {
          db.table("y", {
            columns,
            *rows() {
              yield row;
            },
          });
          return db.prepare("SELECT * FROM y").all();
        });
      }
      ask("an error", () => {
        db.table("y", {
          columns,
          *rows() {
            throw new RangeError("on purpose");
          },
        });
        return db.prepare("SELECT * FROM y").all();
      });
      ask("busy", () => {
        const said: string[] = [];
        db.table("y", {
          columns: ["x"],
          *rows() {
            for (const body of [() => db.exec("SELECT 1"), () => db.prepare("SELECT 1")]) {
              try {
                body();
              } catch (error) {
                said.push(String(error));
              }
            }
            yield [1];
          },
        });
        return [db.prepare("SELECT * FROM y").all(), said];
      });
      ask("afterwards", () => db.prepare("SELECT 1").all());
    },
  },
];
