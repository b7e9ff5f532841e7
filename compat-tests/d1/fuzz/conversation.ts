import { SeededRandom } from "../../../test/sql/seeded-random.ts";
import type { Call } from "./call.ts";
import { type FuzzTable, createTable, otherDefinition } from "./schema.ts";
import { statement } from "./statement.ts";

/** Calls of one client of one new database. */
export function conversation(seed: number, length: number): Call[] {
  const random = new SeededRandom(seed);
  const tables: FuzzTable[] = [];
  const calls: Call[] = [];
  for (let i = 0; i < 3; i++) {
    const { sql, table } = createTable(random, `t${i}`, tables);
    tables.push(table);
    calls.push({ kind: "all", sql, params: [] });
  }
  for (let i = 0; calls.length < length; i++) {
    if (random.below(15) === 0) {
      calls.push({ kind: "all", sql: otherDefinition(random, tables, i), params: [] });
    } else if (random.below(12) === 0) {
      const count = 1 + random.below(5);
      const statements = Array.from({ length: count }, () => statement(random, tables));
      calls.push({ kind: "batch", statements });
    } else if (random.below(30) === 0) {
      const lines = Array.from({ length: 1 + random.below(3) }, () => statement(random, tables));
      calls.push({ kind: "exec", sql: lines.map(({ sql }) => sql).join("\n") });
    } else {
      const kind = random.pick(["all", "all", "raw", "first"] as const);
      calls.push({ kind, ...statement(random, tables) });
    }
  }
  return calls;
}

/** How many statements calls hold. */
export function statementsOf(calls: readonly Call[]): number {
  return calls.reduce((sum, call) => {
    if (call.kind === "batch") return sum + call.statements.length;
    return sum + (call.kind === "exec" ? call.sql.split("\n").length : 1);
  }, 0);
}
