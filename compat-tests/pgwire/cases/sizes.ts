import { bind, describePortal, execute, parse, query, SYNC } from "../wire/frames.ts";
import type { Case } from "./case.ts";
import { B, E, exchange, exchanges, P, S } from "./extended.ts";

const MEGABYTE = 1024 * 1024;
const ROWS = 10_000;
/** 0 to 9999 in a table of one column that both dialects can make. */
const NUMBERS = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS - 1})`;

/** Long statements, long values, long results. */
export const SIZES: readonly Case[] = [
  {
    name: "a statement of a megabyte",
    async run(talk) {
      const session = await talk.session();
      await session.query(`INSERT INTO t VALUES (10, '${"x".repeat(MEGABYTE)}')`);
      await session.query("SELECT name FROM t WHERE id = 10");
    },
  },
  {
    name: "a parameter of a megabyte",
    async run(talk) {
      const session = await talk.session();
      await session.run("INSERT INTO t VALUES ($1, $2)", ["10", "ü".repeat(MEGABYTE / 2)]);
      await session.run("SELECT name FROM t WHERE id = $1", ["10"], [1]);
    },
  },
  {
    name: "an error at the end of a megabyte",
    async run(talk) {
      const session = await talk.session();
      await session.query(`SELECT '${"ü".repeat(MEGABYTE / 2)}', absent FROM t`);
    },
  },
  {
    name: "10,000 rows",
    async run(talk) {
      const session = await talk.session();
      await session.query(`${NUMBERS} INSERT INTO t SELECT i + 10, 'name ' || i FROM n`);
      await session.query("SELECT id, name FROM t ORDER BY id");
      await session.run("SELECT id, name FROM t ORDER BY id", [], [1]);
      await exchange(session, P("SELECT id FROM t ORDER BY id"), B(), E(4000), E(4000), E(4000), S);
    },
  },
  {
    name: "10,000 statements in one query",
    async run(talk) {
      const session = await talk.session();
      session.send("10,000 INSERTs", query(insertStatements()));
      const replies = await session.wire.untilReady();
      const done = replies.filter(({ code }) => code === "C").length;
      session.note(`< ${done} CommandComplete of ${replies.length} messages`);
      await session.query("SELECT id FROM t ORDER BY id");
    },
  },
  {
    name: "5,000 statements in flight",
    async run(talk) {
      const session = await talk.session();
      const one = [
        parse("SELECT name FROM t WHERE id = $1"),
        bind(["2"]),
        describePortal(),
        execute(),
        SYNC,
      ];
      const all = Array.from({ length: 5000 }, () => Buffer.concat(one));
      session.send("5,000 selects", ...all);
      const replies = await session.wire.untilReady(5000);
      const rows = replies.filter(({ code }) => code === "D").length;
      session.note(`< ${rows} rows in ${replies.length} messages`);
    },
  },
  {
    name: "a name of 60 characters",
    async run(talk) {
      const session = await talk.session();
      await session.query(`SELECT id AS ${"a".repeat(60)} FROM t WHERE id = 1`);
    },
  },
  exchanges("200 columns", [
    P(
      `SELECT ${Array.from({ length: 200 }, (_, at) => `id AS c${at}`).join(", ")} FROM t WHERE id = 1`,
    ),
    B(),
    E(),
    S,
  ]),
  exchanges("500 parameters", [
    P(
      `SELECT id FROM t WHERE id IN (${Array.from({ length: 500 }, (_, at) => `$${at + 1}`).join(", ")}) ORDER BY id`,
    ),
    B(Array.from({ length: 500 }, (_, at) => String(at))),
    E(),
    S,
  ]),
];

function insertStatements(): string {
  return Array.from({ length: ROWS }, (_, at) => `INSERT INTO t VALUES (${at + 10}, 'n')`).join(
    ";",
  );
}
