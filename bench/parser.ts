/**
 * `npm run bench:parser [-- --json]`: our parser against sqlite3-parser, pgsql-ast-parser,
 * node-sql-parser and libpg-query, all in one process. A round times each parser on each
 * statement once, so that a slow moment hits all of them; the best round counts, since what else
 * runs on the machine only adds to it.
 */
import { createRequire } from "node:module";
import { loadModule, parseSync } from "libpg-query";
import { parse as parsePgsqlAst } from "pgsql-ast-parser";
import { parseStmt } from "sqlite3-parser";
import { KnownTexts } from "../src/engine/text/known-text.ts";
import { classify } from "../src/sql/read/classify.ts";
import { parsePostgres } from "../src/sql/parse/postgres.ts";
import { parseSqlite } from "../src/sql/parse/sqlite.ts";
import { printPostgres } from "../src/sql/print/postgres.ts";
import { printSqlite } from "../src/sql/print/sqlite.ts";
import { machine } from "./report.ts";

const ROUNDS = 15;
/** Each measurement of a round takes about this long. */
const SLICE_MS = 12;

const POINT = "SELECT id, name FROM users WHERE id = ?1";
const JOIN = `SELECT u.id, u.name, count(*) AS n, sum(o.total)
FROM users u JOIN orders o ON o.user_id = u.id
LEFT JOIN items i ON i.order_id = o.id AND i.qty > 2
WHERE u.active = 1 AND o.created BETWEEN ?1 AND ?2
GROUP BY u.id, u.name HAVING count(*) > 3
ORDER BY n DESC, u.name LIMIT 20 OFFSET 40`;
const INSERT = "INSERT INTO users (id, name, email) VALUES (?1, 'Ada', 'ada@example.org')";
const TABLE = `CREATE TABLE orders (
  id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  total REAL NOT NULL DEFAULT 0.0 CHECK (total >= 0), note TEXT COLLATE NOCASE,
  UNIQUE (user_id, id))`;

/** What the issue allows, in microseconds. */
const TARGETS: Readonly<Record<string, number>> = { "point select": 2.2, "6-line join": 10 };

const STATEMENTS: Readonly<Record<string, string>> = {
  "point select": POINT,
  "6-line join": JOIN,
  insert: INSERT,
  "create table": TABLE,
};

type Parse = (sql: string) => unknown;

await loadModule();
const require = createRequire(import.meta.url);
const SqliteParser = (require("node-sql-parser/build/sqlite") as NodeSqlParser).Parser;
const PostgresParser = (require("node-sql-parser/build/postgresql") as NodeSqlParser).Parser;

interface NodeSqlParser {
  readonly Parser: new () => { astify(sql: string): unknown };
}

/** `?1` as Postgres writes it. */
function inPostgres(sql: string): string {
  return sql.replaceAll("?", "$").replace("COLLATE NOCASE", "").replaceAll("REAL", "float8");
}

function postgres(parse: Parse): Parse {
  const texts = new Map(Object.values(STATEMENTS).map((sql) => [sql, inPostgres(sql)]));
  return (sql) => parse(texts.get(sql) ?? sql);
}

/** Refuses what the library only reports. */
function parseSqlite3(sql: string): unknown {
  const result = parseStmt(sql);
  if (result.status !== "ok") throw new Error("refused");
  return result;
}

/** node-sql-parser knows no `?1`. */
const unnumbered = new Map(
  Object.values(STATEMENTS).map((sql) => [sql, sql.replaceAll(/\?\d/g, "?")]),
);

const nodeSqlite = new SqliteParser();
const nodePostgres = new PostgresParser();

const PARSERS: Readonly<Record<string, Parse>> = {
  "dosql, SQLite": parseSqlite,
  "sqlite3-parser": parseSqlite3,
  "node-sql-parser, SQLite": (sql) => nodeSqlite.astify(unnumbered.get(sql) ?? sql),
  "dosql, Postgres": postgres(parsePostgres),
  "libpg-query (wasm)": postgres(parseSync),
  "pgsql-ast-parser": postgres(parsePgsqlAst),
  "node-sql-parser, Postgres": postgres((sql) => nodePostgres.astify(sql)),
};

/** Of ours, beside parsing. */
const known = new KnownTexts("_cf_dosql_", () => new Set());
const printed = new Map(Object.values(STATEMENTS).map((sql) => [sql, parseSqlite(sql).statement]));
const WORK: Readonly<Record<string, Parse>> = {
  "classify, cached text": (sql) => known.read(sql, true),
  "classify, new text": (sql) => classify(sql),
  "print, SQLite": (sql) => printTree(sql, printSqlite),
  "print, Postgres": (sql) => printTree(sql, printPostgres),
};

function printTree(sql: string, print: typeof printSqlite): string {
  const statement = printed.get(sql) ?? null;
  return statement === null ? "" : print(statement);
}

/** Microseconds for one run, timed over a slice; NaN when the text is refused. */
function time(run: Parse, sql: string): number {
  try {
    run(sql);
  } catch {
    return Number.NaN;
  }
  const started = performance.now();
  let count = 0;
  let passed = 0;
  do {
    for (let i = 0; i < 32; i++) run(sql);
    count += 32;
    passed = performance.now() - started;
  } while (passed < SLICE_MS);
  return (passed * 1000) / count;
}

function measure(parsers: Readonly<Record<string, Parse>>): Record<string, Record<string, number>> {
  const best: Record<string, Record<string, number>> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [statement, sql] of Object.entries(STATEMENTS)) {
      for (const [name, run] of Object.entries(parsers)) {
        const row = (best[name] ??= {});
        const timeUs = time(run, sql);
        row[statement] = Math.min(row[statement] ?? Number.POSITIVE_INFINITY, timeUs);
      }
    }
  }
  return best;
}

const parsing = measure(PARSERS);
const work = measure(WORK);
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ machine: machine(), unit: "µs", targets: TARGETS, parsing, work }));
} else {
  print("Parsing one statement, µs (best of rounds)", parsing);
  print("Work on one statement, µs", work);
  const goals = Object.entries(TARGETS).map(([name, us]) => `${name} ${us}`);
  console.log(`Targets: ${goals.join(", ")}; classify a cached text 0.1. ${machine()}`);
}

function print(title: string, rows: Record<string, Record<string, number>>): void {
  const columns = Object.keys(STATEMENTS);
  console.log(title);
  console.log(`${" ".repeat(28)}${columns.map((name) => name.padStart(14)).join("")}`);
  for (const [name, row] of Object.entries(rows)) {
    const cells = columns.map((column) => {
      const timeUs = row[column] ?? Number.NaN;
      return (Number.isNaN(timeUs) ? "refused" : timeUs.toFixed(2)).padStart(14);
    });
    console.log(`${name.padEnd(28)}${cells.join("")}`);
  }
  console.log();
}
