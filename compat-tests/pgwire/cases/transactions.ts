import { query } from "../wire/frames.ts";
import { queries, type Case } from "./case.ts";

/** Blocks, failed blocks, savepoints. */
export const TRANSACTIONS: readonly Case[] = [
  queries(
    "COMMIT keeps",
    "BEGIN",
    "INSERT INTO t VALUES (10, 'ten')",
    "SELECT id FROM t WHERE id = 10",
    "COMMIT",
    "SELECT id FROM t WHERE id = 10",
  ),
  queries(
    "ROLLBACK undoes",
    "BEGIN",
    "UPDATE t SET name = 'x'",
    "DELETE FROM t WHERE id = 1",
    "ROLLBACK",
    "SELECT id, name FROM t ORDER BY id",
  ),
  queries(
    "DDL is undone, too",
    "BEGIN",
    "CREATE TABLE made (a bigint)",
    "INSERT INTO made VALUES (1)",
    "ROLLBACK",
    "SELECT a FROM made",
  ),
  queries("BEGIN in a block warns", "BEGIN", "BEGIN", "COMMIT"),
  queries("COMMIT outside a block warns", "COMMIT", "END"),
  queries("ROLLBACK outside a block warns", "ROLLBACK", "ABORT"),
  queries(
    "a failed block refuses all but its end",
    "BEGIN",
    "SELECT absent FROM t",
    "SELECT id FROM t",
    "INSERT INTO t VALUES (10, 'ten')",
    "BEGIN",
    "SAVEPOINT s",
    "",
    "ROLLBACK",
    "SELECT id FROM t WHERE id = 1",
  ),
  queries(
    "COMMIT of a failed block rolls back",
    "BEGIN",
    "INSERT INTO t VALUES (10, 'ten')",
    "INSERT INTO t VALUES (1, 'again')",
    "COMMIT",
    "SELECT id FROM t WHERE id = 10",
  ),
  queries(
    "END of a failed block rolls back",
    "BEGIN",
    "INSERT INTO t VALUES (10, 'ten')",
    "SELECT absent FROM t",
    "END",
    "SELECT id FROM t WHERE id = 10",
  ),
  queries("a syntax error fails the block", "BEGIN", "SELEKT 1", "SELECT id FROM t", "ROLLBACK"),
  queries("a syntax error in a failed block", "BEGIN", "SELEKT 1", "SELEKT 2", "ROLLBACK"),
  queries(
    "several statements in a failed block",
    "BEGIN; SELECT absent FROM t",
    "SELECT id FROM t; ROLLBACK",
    "ROLLBACK; SELECT id FROM t WHERE id = 1",
  ),
  queries(
    "ROLLBACK TO revives a failed block",
    "BEGIN",
    "INSERT INTO t VALUES (10, 'ten')",
    "SAVEPOINT s",
    "INSERT INTO t VALUES (11, 'eleven')",
    "SELECT absent FROM t",
    "ROLLBACK TO SAVEPOINT s",
    "SELECT id FROM t WHERE id >= 10",
    "COMMIT",
    "SELECT id FROM t WHERE id >= 10",
  ),
  queries(
    "RELEASE keeps",
    "BEGIN",
    "SAVEPOINT s",
    "INSERT INTO t VALUES (10, 'ten')",
    "RELEASE SAVEPOINT s",
    "ROLLBACK TO s",
    "ROLLBACK",
  ),
  queries(
    "nested savepoints",
    "BEGIN",
    "SAVEPOINT a",
    "INSERT INTO t VALUES (10, 'ten')",
    "SAVEPOINT b",
    "INSERT INTO t VALUES (11, 'eleven')",
    "ROLLBACK TO a",
    "ROLLBACK TO b",
    "ROLLBACK",
  ),
  queries(
    "savepoint names that differ in case",
    "BEGIN",
    'SAVEPOINT "A"',
    "INSERT INTO t VALUES (10, 'ten')",
    "SAVEPOINT a",
    "INSERT INTO t VALUES (11, 'eleven')",
    'ROLLBACK TO "A"',
    "COMMIT",
    "SELECT id FROM t WHERE id >= 10",
  ),
  queries(
    "a savepoint name twice",
    "BEGIN",
    "SAVEPOINT s",
    "INSERT INTO t VALUES (10, 'ten')",
    "SAVEPOINT s",
    "INSERT INTO t VALUES (11, 'eleven')",
    "ROLLBACK TO s",
    "RELEASE s",
    "ROLLBACK TO s",
    "SELECT id FROM t WHERE id >= 10",
    "COMMIT",
  ),
  queries("an unknown savepoint", "BEGIN", "ROLLBACK TO nowhere", "ROLLBACK"),
  queries("an unknown savepoint released", "BEGIN", "RELEASE nowhere", "ROLLBACK"),
  queries("ROLLBACK TO outside a block", "ROLLBACK TO s"),
  queries("RELEASE outside a block", "RELEASE s"),
  queries(
    "START TRANSACTION with modes",
    "START TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "INSERT INTO t VALUES (10, 'ten')",
    "COMMIT",
  ),
  queries(
    "READ ONLY refuses writes",
    "BEGIN READ ONLY",
    "SELECT id FROM t WHERE id = 1",
    "INSERT INTO t VALUES (10, 'ten')",
    "ROLLBACK",
  ),
  queries(
    "BEGIN and COMMIT, long forms",
    "BEGIN WORK",
    "COMMIT WORK",
    "BEGIN TRANSACTION",
    "END TRANSACTION",
  ),
  queries("ROLLBACK, long forms", "BEGIN", "ROLLBACK WORK", "BEGIN", "ABORT TRANSACTION"),
  queries("COMMIT AND CHAIN", "BEGIN", "COMMIT AND CHAIN", "ROLLBACK"),
  {
    name: "others do not see what is not committed",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("INSERT INTO t VALUES (10, 'ten')");
      await b.query("SELECT id FROM t WHERE id = 10");
      await a.query("COMMIT");
      await b.query("SELECT id FROM t WHERE id = 10");
    },
  },
  {
    name: "READ COMMITTED sees what others commit",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("SELECT id FROM t ORDER BY id");
      await b.query("INSERT INTO t VALUES (10, 'ten')");
      await a.query("SELECT id FROM t ORDER BY id");
      await a.query("COMMIT");
    },
  },
  {
    name: "a connection that ends undoes its transaction",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("INSERT INTO t VALUES (10, 'ten')");
      a.wire.close();
      await b.query("INSERT INTO t VALUES (10, 'mine')");
      await b.query("SELECT name FROM t WHERE id = 10");
    },
  },
  {
    name: "a writer waits for the block of another on the same row",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("UPDATE t SET name = 'a' WHERE id = 1");
      b.send("UPDATE of the same row", query("UPDATE t SET name = 'b' WHERE id = 1"));
      await b.within(200);
      await a.query("COMMIT");
      await b.ready();
      await b.query("SELECT name FROM t WHERE id = 1");
    },
  },
];
