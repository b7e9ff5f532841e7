import { query, SYNC } from "../wire/frames.ts";
import { queries, type Case } from "./case.ts";

/** The simple query protocol. */
export const SIMPLE: readonly Case[] = [
  queries("one row", "SELECT id, name FROM t WHERE id = 1"),
  queries("no row", "SELECT id, name FROM t WHERE id = 99"),
  queries("rows in order", "SELECT name, id FROM t ORDER BY id DESC"),
  queries("NULL and the empty text", "INSERT INTO t VALUES (4, NULL), (5, '')", "SELECT * FROM t"),
  queries(
    "several statements",
    "SELECT id FROM t WHERE id = 1; SELECT name FROM t WHERE id = 2; DELETE FROM t WHERE id = 3",
  ),
  queries("empty query", ""),
  queries("semicolons only", ";;  ;"),
  queries("spaces only", "  \n\t "),
  queries("a comment only", "-- nothing here"),
  queries("comments and semicolons", "/* one */ ; -- two\n ; /* three */"),
  queries(
    "empty statements between",
    ";SELECT id FROM t WHERE id = 1;;SELECT id FROM t WHERE id = 2;;",
  ),
  queries("a comment after the statement", "SELECT id FROM t WHERE id = 1 -- done"),
  queries(
    "a semicolon in a text",
    "SELECT name FROM t WHERE name = 'a;b'; SELECT name FROM t WHERE id = 1",
  ),
  queries("a quoted name", 'SELECT id AS "Mixed Case; name" FROM t WHERE id = 1'),
  queries(
    "an error in the middle undoes what came before",
    "INSERT INTO t VALUES (10, 'ten'); SELECT absent FROM t; INSERT INTO t VALUES (11, 'eleven')",
    "SELECT id FROM t ORDER BY id",
  ),
  queries(
    "a syntax error at the end runs nothing",
    "INSERT INTO t VALUES (10, 'ten'); SELEKT",
    "SELECT id FROM t WHERE id = 10",
  ),
  queries(
    "COMMIT in the middle keeps what came before",
    "INSERT INTO t VALUES (10, 'ten'); COMMIT; INSERT INTO t VALUES (1, 'again')",
    "SELECT id FROM t WHERE id >= 10",
  ),
  queries(
    "BEGIN in the middle makes the transaction an explicit one",
    "INSERT INTO t VALUES (10, 'ten'); BEGIN; INSERT INTO t VALUES (11, 'eleven')",
    "ROLLBACK",
    "SELECT id FROM t WHERE id >= 10",
  ),
  queries(
    "BEGIN and COMMIT in one query",
    "BEGIN; INSERT INTO t VALUES (10, 'ten'); COMMIT; SELECT id FROM t WHERE id = 10",
  ),
  queries(
    "an error after BEGIN leaves a failed transaction",
    "BEGIN; INSERT INTO t VALUES (10, 'ten'); SELECT absent FROM t; SELECT id FROM t",
    "SELECT id FROM t",
    "ROLLBACK",
    "SELECT id FROM t WHERE id = 10",
  ),
  queries(
    "ROLLBACK in the middle",
    "BEGIN; INSERT INTO t VALUES (10, 'ten'); ROLLBACK; SELECT id FROM t WHERE id = 10",
  ),
  queries("SAVEPOINT needs a transaction block", "SAVEPOINT s", "SELECT id FROM t WHERE id = 1"),
  queries(
    "SAVEPOINT in an implicit transaction",
    "INSERT INTO t VALUES (10, 'ten'); SAVEPOINT s; INSERT INTO t VALUES (11, 'eleven')",
    "SELECT id FROM t WHERE id >= 10",
  ),
  queries(
    "ROLLBACK TO in an implicit transaction",
    "BEGIN; SAVEPOINT s; INSERT INTO t VALUES (11, 'eleven'); ROLLBACK TO s; COMMIT",
    "SELECT id FROM t WHERE id >= 10",
  ),
  {
    name: "two queries sent at once",
    async run(talk) {
      const session = await talk.session();
      session.send(
        "two queries",
        query("SELECT id FROM t WHERE id = 1"),
        query("SELECT absent FROM t"),
        query("SELECT id FROM t WHERE id = 2"),
      );
      await session.ready(3);
    },
  },
  {
    name: "a lone Sync",
    async run(talk) {
      const session = await talk.session();
      session.send("Sync Sync", SYNC, SYNC);
      await session.ready(2);
    },
  },
  {
    name: "a query in three pieces",
    async run(talk) {
      const session = await talk.session();
      const bytes = query("SELECT id, name FROM t WHERE id = 2");
      session.send("piece", bytes.subarray(0, 3));
      await session.within(50);
      session.send("piece", bytes.subarray(3, 17));
      await session.within(50);
      session.send("piece", bytes.subarray(17));
      await session.ready();
    },
  },
];
