import { FAILED, IN_BLOCK, query, RAN, READY, run, sync, T } from "./transcript.ts";
import type { Transcript } from "./transcript.ts";

export const SIMPLE_TRANSCRIPTS: readonly Transcript[] = [
  {
    title: "a simple query with rows",
    steps: [[[query("select id, v from t order by id")], [...T, "done SELECT 2", READY]]],
  },
  {
    title: "an empty query: nothing, blanks, comments, semicolons",
    steps: [
      [[query("")], ["emptyQuery", READY]],
      [[query("  \n")], ["emptyQuery", READY]],
      [[query("-- nothing")], ["emptyQuery", READY]],
      [[query(" ; ;; /* nothing */ ;")], ["emptyQuery", READY]],
    ],
  },
  {
    title: "several statements answer one after the other",
    steps: [
      [
        [query("insert into t values (3, 'x'); select v from t where id = 3; delete from t")],
        ["done INSERT 0 1", "row v:25", "data x", "done SELECT 1", "done DELETE 3", READY],
      ],
    ],
  },
  {
    title: "several statements are one transaction: the first error undoes all",
    steps: [
      [
        [query("insert into t values (3, 'x'); insert into t values (1, 'y'); select 1")],
        ["done INSERT 0 1", "ERROR 23505", READY],
      ],
      [[query("select id from t where id = 3")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "an explicit COMMIT inside a script keeps what came before it",
    steps: [
      [
        [
          query(
            "begin; insert into t values (3, 'x'); commit; " +
              "insert into t values (4, 'x'); insert into t values (1, 'y')",
          ),
        ],
        ["done BEGIN", "done INSERT 0 1", "done COMMIT", "done INSERT 0 1", "ERROR 23505", READY],
      ],
      [[query("select id from t where id > 2")], ["row id:20", "data 3", "done SELECT 1", READY]],
    ],
  },
  {
    title: "BEGIN in a script takes what came before into the block",
    steps: [
      [
        [query("insert into t values (3, 'x'); begin; insert into t values (4, 'x')")],
        ["done INSERT 0 1", "done BEGIN", "done INSERT 0 1", IN_BLOCK],
      ],
      [[query("rollback")], ["done ROLLBACK", READY]],
      [[query("select id from t where id > 2")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "COMMIT and ROLLBACK in a script without BEGIN warn, and end what came before",
    steps: [
      [
        [query("insert into t values (3, 'x'); commit; insert into t values (4, 'x'); rollback")],
        [
          "done INSERT 0 1",
          "WARNING 25P01",
          "done COMMIT",
          "done INSERT 0 1",
          "WARNING 25P01",
          "done ROLLBACK",
          READY,
        ],
      ],
      [[query("select id from t where id > 2")], ["row id:20", "data 3", "done SELECT 1", READY]],
    ],
  },
  {
    title: "a block: BEGIN, statements, COMMIT",
    steps: [
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [[query("update t set v = 'x'")], ["done UPDATE 2", IN_BLOCK]],
      [[query("begin")], ["WARNING 25001", "done BEGIN", IN_BLOCK]],
      [[query("end")], ["done COMMIT", READY]],
      [[query("commit")], ["WARNING 25P01", "done COMMIT", READY]],
      [[query("abort")], ["WARNING 25P01", "done ROLLBACK", READY]],
      [[query("select distinct v from t")], ["row v:25", "data x", "done SELECT 1", READY]],
    ],
  },
  {
    title: "a failed block refuses all but its end",
    steps: [
      [[query("start transaction")], ["done START TRANSACTION", IN_BLOCK]],
      [[query("insert into t values (3, 'x')")], ["done INSERT 0 1", IN_BLOCK]],
      [[query("select * from missing")], ["ERROR 42P01", FAILED]],
      [[query("select * from t")], ["ERROR 25P02", FAILED]],
      [[query("show client_encoding")], ["ERROR 25P02", FAILED]],
      [[query("savepoint a")], ["ERROR 25P02", FAILED]],
      [[query("")], ["emptyQuery", FAILED]],
      [[query("rollback to a")], ["ERROR 3B001", FAILED]],
      [
        [...run("select * from t"), sync],
        ["ERROR 25P02", FAILED],
      ],
      [[query("commit")], ["done ROLLBACK", READY]],
      [[query("select id from t where id = 3")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "savepoints: ROLLBACK TO mends a failed block",
    steps: [
      [[query("savepoint a")], ["ERROR 25P01", READY]],
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [[query("insert into t values (3, 'x')")], ["done INSERT 0 1", IN_BLOCK]],
      [[query("savepoint a")], ["done SAVEPOINT", IN_BLOCK]],
      [[query("insert into t values (4, 'x')")], ["done INSERT 0 1", IN_BLOCK]],
      [[query("insert into t values (4, 'x')")], ["ERROR 23505", FAILED]],
      [[query("release a")], ["ERROR 25P02", FAILED]],
      [[query("rollback to savepoint a")], ["done ROLLBACK", IN_BLOCK]],
      [[query("rollback work to a")], ["done ROLLBACK", IN_BLOCK]],
      [[query("release savepoint a")], ["done RELEASE", IN_BLOCK]],
      [[query("release savepoint a")], ["ERROR 3B001", FAILED]],
      [[query("rollback")], ["done ROLLBACK", READY]],
      [[query("select id from t where id > 2")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "savepoints: inner ones go with the outer",
    steps: [
      [
        [query("begin; savepoint a; insert into t values (3, 'x'); savepoint b")],
        ["done BEGIN", "done SAVEPOINT", "done INSERT 0 1", "done SAVEPOINT", IN_BLOCK],
      ],
      [[query("rollback to a")], ["done ROLLBACK", IN_BLOCK]],
      [[query("rollback to b")], ["ERROR 3B001", FAILED]],
      [[query("rollback to a")], ["done ROLLBACK", IN_BLOCK]],
      [[query("commit")], ["done COMMIT", READY]],
      [[query("select id from t where id > 2")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "a savepoint in a script without BEGIN is refused",
    steps: [
      [
        [query("insert into t values (3, 'x'); savepoint a")],
        ["done INSERT 0 1", "ERROR 25P01", READY],
      ],
      [[query("select id from t where id > 2")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "AND CHAIN begins the next block",
    steps: [
      [[query("commit and chain")], ["ERROR 25P01", READY]],
      [[query("begin isolation level serializable")], ["done BEGIN", IN_BLOCK]],
      [[query("commit and chain")], ["done COMMIT", IN_BLOCK]],
      [
        [query("show transaction_isolation")],
        ["row transaction_isolation:25", "data serializable", "done SHOW", IN_BLOCK],
      ],
      [[query("rollback and no chain")], ["done ROLLBACK", READY]],
    ],
  },
  {
    title: "SET TRANSACTION, before a statement and after",
    steps: [
      [
        [query("set transaction isolation level serializable")],
        ["WARNING 25P01", "done SET", READY],
      ],
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [[query("set transaction isolation level repeatable read")], ["done SET", IN_BLOCK]],
      [
        [query("show transaction isolation level")],
        ["row transaction_isolation:25", "data repeatable read", "done SHOW", IN_BLOCK],
      ],
      [
        [query("select v from t where id = 1")],
        ["row v:25", "data one", "done SELECT 1", IN_BLOCK],
      ],
      [[query("set transaction isolation level serializable")], ["ERROR 25001", FAILED]],
      [[query("rollback")], ["done ROLLBACK", READY]],
    ],
  },
  {
    title: "read-only transactions",
    steps: [
      [[query("begin read only")], ["done BEGIN", IN_BLOCK]],
      [[query("insert into t values (3, 'x')")], ["ERROR 25006", FAILED]],
      [[query("rollback")], ["done ROLLBACK", READY]],
      [
        [query("set session characteristics as transaction read only")],
        ["done SET", "status default_transaction_read_only=on", READY],
      ],
      [[query("insert into t values (3, 'x')")], ["ERROR 25006", READY]],
      [
        [...run("insert into t values (3, 'x')"), sync],
        [...RAN, "ERROR 25006", READY],
      ],
      [[query("select v from t where id = 1")], ["row v:25", "data one", "done SELECT 1", READY]],
    ],
  },
];
