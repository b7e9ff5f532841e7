import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import type { Expr } from "../../../src/sql/ast/query.ts";
import type { Statement } from "../../../src/sql/ast/statement.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { printPostgres } from "../../../src/sql/print/postgres.ts";
import { printSqlite } from "../../../src/sql/print/sqlite.ts";
import { equal } from "../../../src/sql/tree/equal.ts";
import { rewrite } from "../../../src/sql/tree/rewrite.ts";
import { oracleReady, parsed, parserComplaint } from "../postgres-oracle.ts";
import { freshRandom, type SeededRandom } from "../seeded-random.ts";
import { TreeGenerator } from "../tree/generate.ts";
import { parenthesisedPostgres, parenthesisedSqlite } from "./parenthesised.ts";

const ROUNDS = 1500;

/** What reads a dialect, prints it and judges it: null, or why the text is no statement. */
interface Dialect {
  readonly name: "sqlite" | "postgres";
  readonly parse: (sql: string) => { statement: Statement | null };
  readonly print: (node: Statement) => string;
  readonly complaint: (sql: string) => string | null;
}

const database = new DatabaseSync(":memory:");

function sqliteComplaint(sql: string): string | null {
  try {
    database.prepare(sql);
    return null;
  } catch (error) {
    // That there is no such table, only who understands the statement can say.
    const { message } = error as Error;
    return /syntax error|incomplete input|unrecognized token/.test(message) ? message : null;
  }
}

const DIALECTS: readonly Dialect[] = [
  { name: "sqlite", parse: parseSqlite, print: printSqlite, complaint: sqliteComplaint },
  {
    name: "postgres",
    parse: parsePostgres,
    print: printPostgres,
    // A lone surrogate cannot be handed over.
    complaint: (sql) => parserComplaint(sql.toWellFormed())?.message ?? null,
  },
];

beforeAll(() => oracleReady);

describe.each(DIALECTS)("a random tree of $name", ({ name, parse, print, complaint }) => {
  it("is read back as it was printed, by us and by the real parser", () => {
    const random = freshRandom(`trees of ${name}`);
    const generator = new TreeGenerator(random, name);
    let judged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const tree = generator.statement(1 + random.below(4));
      const text = print(tree);
      const context = `seed ${random.seed}, round ${round}: ${text}`;
      const { statement } = parse(text);
      expect(equal(tree, statement), context).toBe(true);
      expect(statement && print(statement), context).toBe(text);
      if (generator.extended) continue;
      judged++;
      expect(complaint(text), context).toBeNull();
    }
    expect(judged).toBeGreaterThan(ROUNDS / 2);
  });
});

it.each([
  ["sqlite", "postgres"],
  ["postgres", "sqlite"],
] as const)("a random tree of %s is a statement of %s, or refused", (from, to) => {
  const random = freshRandom(`trees of ${from} in ${to}`);
  const generator = new TreeGenerator(random, from);
  const target = DIALECTS.find(({ name }) => name === to);
  let printed = 0;
  for (let round = 0; round < 2 * ROUNDS; round++) {
    const tree = generator.statement(1);
    const text = target && printedOrNot(tree, target.print);
    // WITHIN GROUP is an option of SQLite's build.
    if (typeof text !== "string" || generator.extended || text.includes("WITHIN")) continue;
    printed++;
    const context = `seed ${random.seed}, round ${round}: ${text}`;
    expect(target?.complaint(text), context).toBeNull();
  }
  expect(printed).toBeGreaterThan(ROUNDS / 20);
});

it("numbers SQLite's parameters for Postgres in the order of the text", () => {
  const random = freshRandom("parameters");
  const generator = new TreeGenerator(random, "sqlite");
  let printed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const tree = rewrite(generator.statement(2), (node) => {
      if (node.kind === "parameter") return { ...node, sigil: "?", name: "" };
      // Postgres has no empty name.
      return node.kind === "name" ? { ...node, text: `x${node.text}`.slice(0, 9) } : node;
    });
    const text = printedOrNot(tree, printPostgres);
    if (text === null) continue;
    printed++;
    const { parameters } = parsePostgres(text);
    const context = `seed ${random.seed}, round ${round}: ${text}`;
    expect(
      parameters.map(({ name }) => Number(name)),
      context,
    ).toEqual(parameters.map((_, at) => at + 1));
  }
  expect(printed).toBeGreaterThan(ROUNDS / 10);
});

/** Null for what a dialect has no form for. */
function printedOrNot(tree: Statement, print: Dialect["print"]): string | null {
  try {
    return print(tree);
  } catch (error) {
    expect(error).toMatchObject({ code: "unsupported" });
    return null;
  }
}

describe("parentheses", () => {
  it("are where Postgres needs them", () => {
    const random = freshRandom("Postgres' parentheses");
    const generator = new TreeGenerator(random, "postgres");
    for (let round = 0; round < ROUNDS / 3; round++) {
      const tree = generator.statement(1 + random.below(4));
      if (generator.extended) continue;
      const few = printPostgres(tree).toWellFormed();
      const context = `seed ${random.seed}, round ${round}: ${few}`;
      const many = parenthesisedPostgres(tree).toWellFormed();
      expect(shape(parsed(few)), context).toEqual(shape(parsed(many)));
    }
  });

  it("are where SQLite needs them", () => {
    database.exec("CREATE TABLE t (a, b TEXT COLLATE nocase, c INTEGER)");
    const random = freshRandom("SQLite's parentheses");
    for (let round = 0; round < ROUNDS; round++) {
      const expression = plainExpression(random, 4);
      const few = program(printSqlite(expression));
      const context = `seed ${random.seed}, round ${round}: ${printSqlite(expression)}`;
      expect(few, context).toEqual(program(parenthesisedSqlite(expression)));
    }
  });
});

/** A tree of libpg-query without where its nodes stood. */
function shape(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      /location$|^(?:rexpr_)?list_(?:start|end)$/.test(key) ? undefined : value,
    ),
  );
}

/** What SQLite does to compute an expression over the columns of `t`. */
function program(expression: string): unknown[] {
  const rows = database.prepare(`EXPLAIN SELECT ${expression} FROM t`).all();
  return rows.map((row) => ({ ...row, comment: null }));
}

const AT = { start: -1, end: -1 } as const;

/** An expression of operators alone, over columns that are there. */
function plainExpression(random: SeededRandom, depth: number): Expr {
  const next = (): Expr => plainExpression(random, depth - 1);
  const not = random.below(2) === 0;
  if (depth === 0) {
    if (random.below(4) === 0) return { kind: "integer", ...AT, text: "1" };
    const name = { kind: "name", ...AT, text: random.pick(["a", "b", "c"]), quote: "" } as const;
    return { kind: "column", ...AT, table: null, name };
  }
  switch (random.below(9)) {
    case 0:
      return { kind: "unary", ...AT, operator: random.pick(["-", "+", "~"]), operand: next() };
    case 1:
      return { kind: "not", ...AT, operand: next() };
    case 2: {
      const operands = [next(), next(), next()];
      return { kind: "logical", ...AT, operator: random.pick(["AND", "OR"]), operands };
    }
    case 3:
      return { kind: "test", ...AT, test: "NULL", not, operand: next() };
    case 4:
      return { kind: "is", ...AT, not, distinct: not, left: next(), right: next() };
    case 5: {
      const escape = not ? next() : null;
      const operator = escape === null ? random.pick(["LIKE", "GLOB"] as const) : "LIKE";
      return { kind: "like", ...AT, operator, not, left: next(), pattern: next(), escape };
    }
    case 6: {
      const [operand, low, high] = [next(), next(), next()];
      return { kind: "between", ...AT, not, symmetric: false, operand, low, high };
    }
    case 7: {
      const name = {
        kind: "name",
        ...AT,
        text: random.pick(["binary", "rtrim"]),
        quote: "",
      } as const;
      const collation = { kind: "object-name", ...AT, catalog: null, schema: null, name } as const;
      return { kind: "collate", ...AT, operand: next(), collation };
    }
    default: {
      const operators = "= <> < <= > >= & | << >> + - * / % || -> ->>".split(" ");
      return {
        kind: "binary",
        ...AT,
        operator: random.pick(operators),
        left: next(),
        right: next(),
      };
    }
  }
}
