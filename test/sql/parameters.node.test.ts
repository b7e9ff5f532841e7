import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { bindByNumber, listParameters } from "../../src/sql/read/parameters.ts";
import { freshRandom } from "./seeded-random.ts";

const PIECES = ["?", "?1", "?3", "?7", ":a", ":b", "@a", "$a", "$1", "$2", "#a", "$x::y(z)", ":A"];

describe("parameter numbers", () => {
  it("are those that SQLite compiles", () => {
    const database = new DatabaseSync(":memory:");
    const random = freshRandom("parameter numbers");
    for (let round = 0; round < 500; round++) {
      const parameters = Array.from({ length: 1 + random.below(8) }, () => random.pick(PIECES));
      // hex() is not folded away, so that each place is one instruction.
      const sql = `SELECT ${parameters.map((text) => `hex(${text})`).join(", ")}`;
      const program = database.prepare(`EXPLAIN ${sql}`).all();
      const compiled = program.filter((row) => row["opcode"] === "Variable");
      const numbers = new Set(compiled.map((row) => row["p1"]));
      const ours = new Set(listParameters(sql).map(({ number }) => number));
      expect(ours, `seed ${random.seed}: ${sql}`).toEqual(numbers);
    }
  });

  it("are Postgres' after bindByNumber", () => {
    const database = new DatabaseSync(":memory:");
    const statement = database.prepare(bindByNumber("SELECT $2 AS two, $1 AS one, $2 AS again"));
    expect(statement.get("first", "second")).toEqual({
      two: "second",
      one: "first",
      again: "second",
    });
  });
});
