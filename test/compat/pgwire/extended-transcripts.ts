import {
  bind,
  close,
  describePortal,
  describeStatement,
  execute,
  FAILED,
  flush,
  IN_BLOCK,
  parse,
  query,
  RAN,
  READY,
  run,
  sync,
} from "./transcript.ts";
import type { Transcript } from "./transcript.ts";

export const EXTENDED_TRANSCRIPTS: readonly Transcript[] = [
  {
    title: "the extended protocol, message by message",
    steps: [
      [
        [
          parse("select id, v from t where id = $1", "s"),
          describeStatement("s"),
          bind(["2"], "p", "s"),
          describePortal("p"),
          execute(0, "p"),
          close("P", "p"),
          close("S", "s"),
          sync,
        ],
        [
          "parseComplete",
          "parameters 20",
          "row id:20 v:25",
          "bindComplete",
          "row id:20 v:25",
          "data 2 two",
          "done SELECT 1",
          "closeComplete",
          "closeComplete",
          READY,
        ],
      ],
    ],
  },
  {
    title: "no data: statements without rows, and the empty one",
    steps: [
      [
        [parse("delete from t where v = $1"), describeStatement(), sync],
        ["parseComplete", "parameters 25", "noData", READY],
      ],
      [
        [parse(""), describeStatement(), bind(), describePortal(), execute(), sync],
        ["parseComplete", "parameters", "noData", "bindComplete", "noData", "emptyQuery", READY],
      ],
    ],
  },
  {
    title: "an error skips to Sync, and the next messages are served",
    steps: [
      [
        [
          ...run("insert into t values (3, 'x')"),
          ...run("insert into t values (3, 'y')"),
          ...run("insert into t values (4, 'z')"),
          sync,
          ...run("select id from t where id > 2"),
          sync,
        ],
        [...RAN, "done INSERT 0 1", ...RAN, "ERROR 23505", READY, ...RAN, "done SELECT 0", READY],
      ],
    ],
  },
  {
    title: "all up to Sync is one transaction",
    steps: [
      [
        [
          ...run("insert into t values (3, 'x')"),
          ...run("insert into t values (4, 'x')"),
          sync,
          ...run("select id from t where id > 2 order by id"),
          sync,
        ],
        [
          ...RAN,
          "done INSERT 0 1",
          ...RAN,
          "done INSERT 0 1",
          READY,
          ...RAN,
          "data 3",
          "data 4",
          "done SELECT 2",
          READY,
        ],
      ],
    ],
  },
  {
    title: "an error undoes what came before it since the last Sync",
    steps: [
      [
        [...run("insert into t values (3, 'x')"), flush, ...run("select from from"), sync],
        [...RAN, "done INSERT 0 1", "ERROR 42601", READY],
      ],
      [[query("select id from t where id > 2")], ["row id:20", "done SELECT 0", READY]],
    ],
  },
  {
    title: "a Query message ends the transaction that extended messages began",
    steps: [
      [
        [...run("insert into t values (3, 'x')"), query("select id from t where id = 3")],
        [...RAN, "done INSERT 0 1", "row id:20", "data 3", "done SELECT 1", READY],
      ],
      [[query("select id from t where id > 2")], ["row id:20", "data 3", "done SELECT 1", READY]],
    ],
  },
  {
    title: "a block by extended messages",
    steps: [
      [
        [...run("begin"), sync],
        [...RAN, "done BEGIN", IN_BLOCK],
      ],
      [
        [...run("insert into t values (3, 'x')"), sync],
        [...RAN, "done INSERT 0 1", IN_BLOCK],
      ],
      [
        [parse("select from from"), sync],
        ["ERROR 42601", FAILED],
      ],
      [
        [...run("rollback"), sync],
        [...RAN, "done ROLLBACK", READY],
      ],
    ],
  },
  {
    title: "named statements: taken, missing, closed",
    steps: [
      [
        [parse("select v from t", "s"), sync],
        ["parseComplete", READY],
      ],
      [
        [parse("select id from t", "s"), sync],
        ["ERROR 42P05", READY],
      ],
      [
        [bind([], "", "other"), sync],
        ["ERROR 26000", READY],
      ],
      [
        [describeStatement("other"), sync],
        ["ERROR 26000", READY],
      ],
      [
        [close("S", "other"), sync],
        ["closeComplete", READY],
      ],
      [
        [close("S", "s"), bind([], "", "s"), sync],
        ["closeComplete", "ERROR 26000", READY],
      ],
    ],
  },
  {
    title: "DEALLOCATE drops what Parse made",
    steps: [
      [
        [parse("select v from t", "s"), parse("select v from t", "r"), sync],
        ["parseComplete", "parseComplete", READY],
      ],
      [[query("deallocate s")], ["done DEALLOCATE", READY]],
      [[query("deallocate s")], ["ERROR 26000", READY]],
      [[query("deallocate all")], ["done DEALLOCATE ALL", READY]],
      [
        [bind([], "", "r"), sync],
        ["ERROR 26000", READY],
      ],
    ],
  },
  {
    title: "the unnamed statement: replaced by the next, gone after a Query",
    steps: [
      [
        [parse("select v from t"), parse("select id from t where id = 1"), bind(), execute(), sync],
        ["parseComplete", "parseComplete", "bindComplete", "data 1", "done SELECT 1", READY],
      ],
      [
        [bind(), execute(), sync],
        ["bindComplete", "data 1", "done SELECT 1", READY],
      ],
      [[query("")], ["emptyQuery", READY]],
      [
        [bind(), sync],
        ["ERROR 26000", READY],
      ],
      [
        [parse("select v from t"), sync],
        ["parseComplete", READY],
      ],
      [
        [parse("select from from"), sync],
        ["ERROR 42601", READY],
      ],
      [
        [bind(), sync],
        ["ERROR 26000", READY],
      ],
    ],
  },
  {
    title: "portals: taken, missing, gone with their transaction",
    steps: [
      [
        [parse("select v from t order by id", "s"), sync],
        ["parseComplete", READY],
      ],
      [
        [bind([], "p", "s"), bind([], "p", "s"), sync],
        ["bindComplete", "ERROR 42P03", READY],
      ],
      [
        [execute(0, "p"), sync],
        ["ERROR 34000", READY],
      ],
      [
        [describePortal("p"), sync],
        ["ERROR 34000", READY],
      ],
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [
        [bind([], "p", "s"), sync],
        ["bindComplete", IN_BLOCK],
      ],
      [
        [execute(0, "p"), sync],
        ["data one", "data two", "done SELECT 2", IN_BLOCK],
      ],
      [[query("commit")], ["done COMMIT", READY]],
      [
        [execute(0, "p"), sync],
        ["ERROR 34000", READY],
      ],
    ],
  },
  {
    title: "row limits: suspended, continued, ended",
    steps: [
      [
        [
          parse("select v from t order by id"),
          bind(),
          execute(1),
          execute(1),
          execute(1),
          execute(1),
          sync,
        ],
        [
          ...RAN,
          "data one",
          "portalSuspended",
          "data two",
          "portalSuspended",
          "done SELECT 0",
          "done SELECT 0",
          READY,
        ],
      ],
      [
        [parse("select v from t order by id"), bind(), execute(1), execute(5), sync],
        [...RAN, "data one", "portalSuspended", "data two", "done SELECT 1", READY],
      ],
    ],
  },
  {
    title: "a portal in a block outlives Sync",
    steps: [
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [
        [parse("select v from t order by id"), bind([], "p"), execute(1, "p"), sync],
        [...RAN, "data one", "portalSuspended", IN_BLOCK],
      ],
      [[query("delete from t")], ["done DELETE 2", IN_BLOCK]],
      [
        [execute(0, "p"), sync],
        ["data two", "done SELECT 1", IN_BLOCK],
      ],
      [[query("rollback")], ["done ROLLBACK", READY]],
    ],
  },
  {
    title: "a portal does not outlive its savepoint",
    steps: [
      [[query("begin; savepoint a")], ["done BEGIN", "done SAVEPOINT", IN_BLOCK]],
      [
        [parse("select v from t"), bind([], "p"), sync],
        [...RAN, IN_BLOCK],
      ],
      [[query("rollback to a")], ["done ROLLBACK", IN_BLOCK]],
      [
        [execute(0, "p"), sync],
        ["ERROR 34000", FAILED],
      ],
      [[query("rollback")], ["done ROLLBACK", READY]],
    ],
  },
  {
    title: "RETURNING rows come in parts, too",
    steps: [
      [
        [
          parse("update t set v = 'x' returning id"),
          bind(),
          execute(1),
          execute(1),
          execute(),
          sync,
        ],
        [...RAN, "data 1", "portalSuspended", "data 2", "portalSuspended", "done UPDATE 0", READY],
      ],
      [
        [query("insert into t values (3, 'x') returning id, v")],
        ["row id:20 v:25", "data 3 x", "done INSERT 0 1", READY],
      ],
    ],
  },
  {
    title: "a statement without rows runs once per portal",
    steps: [
      [
        [parse("delete from t"), bind(), execute(), execute(), sync],
        [...RAN, "done DELETE 2", "ERROR 55000", READY],
      ],
      [[query("select id from t where id = 1")], ["row id:20", "data 1", "done SELECT 1", READY]],
    ],
  },
  {
    title: "Bind counts its parameters and formats",
    steps: [
      [
        [parse("select v from t where id = $1", "s"), sync],
        ["parseComplete", READY],
      ],
      [
        [bind([], "", "s"), sync],
        ["ERROR 08P01", READY],
      ],
      [
        [bind(["1", "2"], "", "s"), sync],
        ["ERROR 08P01", READY],
      ],
      [
        [bind(["x"], "", "s"), sync],
        ["ERROR 22P02", READY],
      ],
      [
        [bind(["9223372036854775808"], "", "s"), sync],
        ["ERROR 22003", READY],
      ],
      [
        [bind([null], "", "s"), execute(), sync],
        ["bindComplete", "done SELECT 0", READY],
      ],
    ],
  },
  {
    title: "a client may declare more parameters than it uses",
    steps: [
      [
        [
          parse("select v from t where id = $1", "", [20, 25]),
          describeStatement(),
          bind(["1", "unused"]),
          execute(),
          sync,
        ],
        [
          "parseComplete",
          "parameters 20 25",
          "row v:25",
          "bindComplete",
          "data one",
          "done SELECT 1",
          READY,
        ],
      ],
    ],
  },
  {
    title: "one statement per Parse",
    steps: [
      [
        [parse("select v from t; select id from t"), sync],
        ["ERROR 42601", READY],
      ],
      [
        [parse("select v from t;"), sync],
        ["parseComplete", READY],
      ],
    ],
  },
  {
    title: "a prepared statement whose result changed",
    steps: [
      [
        [parse("select * from t where id = 1", "s"), sync],
        ["parseComplete", READY],
      ],
      [[query("alter table t add column w text")], ["done ALTER TABLE", READY]],
      [
        [bind([], "", "s"), execute(), sync],
        ["bindComplete", "ERROR 0A000", READY],
      ],
    ],
    differs: "Postgres refuses at Bind, we at Execute",
  },
];
