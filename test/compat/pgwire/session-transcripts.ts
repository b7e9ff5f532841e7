import {
  bind,
  describeStatement,
  execute,
  FAILED,
  IN_BLOCK,
  parse,
  query,
  RAN,
  READY,
  run,
  sync,
} from "./transcript.ts";
import type { Transcript } from "./transcript.ts";

export const SESSION_TRANSCRIPTS: readonly Transcript[] = [
  {
    title: "a simple query has no parameters",
    steps: [[[query("select v from t where id = $1")], ["ERROR 42P02", READY]]],
  },
  {
    title: "settings: set, shown, reset, undone with their transaction",
    steps: [
      [[query("set application_name = 'a'")], ["done SET", "status application_name=a", READY]],
      [
        [query("begin; set application_name = 'b'")],
        ["done BEGIN", "done SET", "status application_name=b", IN_BLOCK],
      ],
      [[query("rollback")], ["done ROLLBACK", "status application_name=a", READY]],
      [
        [query("begin; set application_name = 'b'")],
        ["done BEGIN", "done SET", "status application_name=b", IN_BLOCK],
      ],
      [[query("select * from missing")], ["ERROR 42P01", "status application_name=a", FAILED]],
      [[query("rollback")], ["done ROLLBACK", READY]],
      [
        [query("begin; set local application_name to 'c'")],
        ["done BEGIN", "done SET", "status application_name=c", IN_BLOCK],
      ],
      [[query("commit")], ["done COMMIT", "status application_name=a", READY]],
      [
        [query("begin; savepoint s; set application_name = 'd'")],
        ["done BEGIN", "done SAVEPOINT", "done SET", "status application_name=d", IN_BLOCK],
      ],
      [[query("rollback to s")], ["done ROLLBACK", "status application_name=a", IN_BLOCK]],
      [[query("commit")], ["done COMMIT", READY]],
      [[query("reset application_name")], ["done RESET", "status application_name=", READY]],
      [[query("show APPLICATION_NAME")], ["row application_name:25", "data ", "done SHOW", READY]],
      [[query("set statement_timeout = '90s'")], ["done SET", READY]],
      [
        [query("show statement_timeout")],
        ["row statement_timeout:25", "data 90s", "done SHOW", READY],
      ],
      [
        [query("set statement_timeout = 60000; show statement_timeout")],
        ["done SET", "row statement_timeout:25", "data 1min", "done SHOW", READY],
      ],
      [
        [query("set statement_timeout to default; show statement_timeout")],
        ["done SET", "row statement_timeout:25", "data 0", "done SHOW", READY],
      ],
    ],
  },
  {
    title: "settings: what is refused",
    steps: [
      [[query("set nonsense = 1")], ["ERROR 42704", READY]],
      [[query("show nonsense")], ["ERROR 42704", READY]],
      [[query("set server_version = '1'")], ["ERROR 55P02", READY]],
      [[query("set statement_timeout = 'soon'")], ["ERROR 22023", READY]],
      [[query("set statement_timeout = -1")], ["ERROR 22023", READY]],
      [[query("set default_transaction_read_only = 'perhaps'")], ["ERROR 22023", READY]],
      [[query("set default_transaction_isolation = 'none'")], ["ERROR 22023", READY]],
      [[query("set TimeZone = 'Nowhere/Land'")], ["ERROR 22023", READY]],
      [[query("set client_encoding = 'klingon'")], ["ERROR 22023", READY]],
      [[query("set local application_name = 'x'")], ["WARNING 25P01", "done SET", READY]],
    ],
  },
  {
    title: "SHOW by extended messages",
    steps: [
      [
        [parse("show DateStyle"), describeStatement(), bind(), execute(), sync],
        [
          "parseComplete",
          "parameters",
          "row DateStyle:25",
          "bindComplete",
          "data ISO, MDY",
          "done SHOW",
          READY,
        ],
      ],
    ],
  },
  {
    title: "DISCARD ALL",
    steps: [
      [[query("begin")], ["done BEGIN", IN_BLOCK]],
      [[query("discard all")], ["ERROR 25001", FAILED]],
      [[query("rollback")], ["done ROLLBACK", READY]],
      [[query("set application_name = 'a'")], ["done SET", "status application_name=a", READY]],
      [
        [parse("select v from t", "s"), sync],
        ["parseComplete", READY],
      ],
      [[query("discard all")], ["done DISCARD ALL", "status application_name=", READY]],
      [
        [bind([], "", "s"), sync],
        ["ERROR 26000", READY],
      ],
    ],
  },
  {
    title: "what is Postgres' alone is refused by name",
    differs: "Postgres has these",
    steps: [
      [[query("listen x")], ["ERROR 0A000", READY]],
      [[query("copy t from stdin")], ["ERROR 0A000", READY]],
      [[query("declare c cursor for select 1")], ["ERROR 0A000", READY]],
      [[query("prepare p as select 1")], ["ERROR 0A000", READY]],
      [[query("begin deferrable")], ["ERROR 0A000", READY]],
      [[query("set role postgres")], ["ERROR 0A000", READY]],
      [[query("discard temp")], ["ERROR 0A000", READY]],
      [
        [parse("truncate t"), sync],
        ["ERROR 0A000", READY],
      ],
    ],
  },
  {
    title: "questions about the session",
    differs: "Postgres types them name, and knows the user's real name",
    steps: [
      [
        [query("SELECT current_user;")],
        ["row current_user:25", "data ada", "done SELECT 1", READY],
      ],
      [
        [query("select\n current_database ( )")],
        ["row current_database:25", "data ada", "done SELECT 1", READY],
      ],
      [
        [...run("select version()"), sync],
        [...RAN, "data PostgreSQL 16.0 (DoSQL, SQLite dialect)", "done SELECT 1", READY],
      ],
    ],
  },
  {
    title: "SQLite's own BEGIN",
    differs: "Postgres has no such words",
    steps: [
      [[query("begin immediate transaction")], ["done BEGIN", IN_BLOCK]],
      [[query("commit transaction")], ["done COMMIT", READY]],
      [[query("begin exclusive")], ["done BEGIN", IN_BLOCK]],
      [[query("end transaction")], ["done COMMIT", READY]],
    ],
  },
];
