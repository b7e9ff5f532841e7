import { KNOWN_GAPS as BETTER_SQLITE3 } from "../../compat-tests/better-sqlite3/known-gaps.ts";
import { KNOWN_GAPS as D1 } from "../../compat-tests/d1/known-gaps.ts";
import { KNOWN_GAPS as PGWIRE } from "../../compat-tests/pgwire/known-gaps.ts";
import { KNOWN_GAPS as POSTGRES_SQL } from "../../compat-tests/sql/postgres/known-gaps.ts";
import { KNOWN_GAPS as SQLITE_SQL } from "../../compat-tests/sql/sqlite/known-gaps.ts";

/** A difference that is known: where, and why. */
export interface Gap {
  readonly place: string;
  readonly reason: string;
}

/** One chapter of COMPAT.md: what is promised, and the tests that hold it. */
export interface Area {
  readonly title: string;
  /** Said in one paragraph to a user. */
  readonly promise: string;
  /** Test files whose path begins with one of these. */
  readonly tests: readonly string[];
  readonly gaps: readonly Gap[];
}

export const AREAS: readonly Area[] = [
  {
    title: "Cloudflare D1",
    promise:
      "One list of cases, run against a real local D1 and against ours: in a Durable Object and " +
      "over one, as a service and a custom binding, over capnweb and REST, and on Node; the real " +
      "wrangler; an application and the guide that moves it; a fuzz of statements.",
    tests: ["compat-tests/d1/", "test/compat/d1/", "test/worker/", "test/server/rest/"],
    gaps: D1.map((gap) => ({
      place: [gap.driver, gap.case, gap.label ?? "all of it"].join(" / "),
      reason: gap.reason,
    })),
  },
  {
    title: "Databases made at run time",
    promise: "Names, existence, epochs and the catalog; `databases(env)`, the D1 REST API.",
    tests: ["test/server/directory/"],
    gaps: [],
  },
  {
    title: "RPC and `dosql/client`",
    promise: "Calls, transactions and subscriptions over capnweb; tokens; writes that happen once.",
    tests: ["test/rpc/", "test/server/token", "test/cli/token", "test/engine/kept-calls"],
    gaps: [],
  },
  {
    title: "better-sqlite3",
    promise: "One list of cases, run against the real library and our class.",
    tests: ["compat-tests/better-sqlite3/", "test/compat/better-sqlite3/"],
    gaps: Object.entries(BETTER_SQLITE3).flatMap(([name, labels]) =>
      Object.entries(labels).map(([label, reason]) => ({ place: `${name} / ${label}`, reason })),
    ),
  },
  {
    title: "Postgres' wire protocol",
    promise: "Conversations compared message by message with a real PostgreSQL; psql and pg.",
    tests: ["compat-tests/pgwire/", "test/compat/pgwire/"],
    gaps: PGWIRE.map((gap) => ({ place: `${gap.group} / ${gap.case}`, reason: gap.reason })),
  },
  {
    title: "SQL",
    promise: "Both grammars, compared with SQLite itself and with PostgreSQL's own parser.",
    tests: ["compat-tests/sql/", "test/sql/"],
    gaps: [
      ...SQLITE_SQL.map(({ aspect, sql, reason }) => ({
        place: `SQLite / ${aspect} of ${String(sql)}`,
        reason,
      })),
      ...Object.entries(POSTGRES_SQL).map(([key, { aspects, reason }]) => ({
        place: `Postgres / ${aspects.join(", ")} of statement ${key}`,
        reason,
      })),
    ],
  },
  {
    title: "Change log",
    promise:
      "Every change of a row is logged with its old and its new values, in the transaction of " +
      "the change; nobody sees a trace of it. `npm run bench:capture` prints the price.",
    tests: [
      "test/engine/capture/",
      "test/engine/crash/",
      "test/engine/embedded-capture",
      "test/engine/log/",
    ],
    gaps: [],
  },
  {
    title: "Change feed, slots, `dosql tail`",
    promise: "Whole transactions, pushed, once each; positions that survive; the CLI that follows.",
    tests: [
      "test/engine/feed/",
      "test/cli/tail",
      "test/platform/node/http-listener",
      "test/server/changes",
      "test/server/shared-shard",
    ],
    gaps: [],
  },
  {
    title: "Time travel",
    promise: "`FOR SYSTEM_TIME AS OF`, the hint comment, `dosql(db).at(t)`.",
    tests: ["test/engine/time/"],
    gaps: [],
  },
  {
    title: "Archive and `dosql restore`",
    promise: "Sealed segments and snapshots in an object store; a copy of any moment.",
    tests: ["test/engine/archive/", "test/cli/restore", "test/platform/"],
    gaps: [],
  },
  {
    title: "Migrations",
    promise: "Folders of wrangler, of drizzle and plain ones; `dosql migrate`.",
    tests: ["test/server/migrations/", "test/cli/migrate"],
    gaps: [],
  },
  {
    title: "Safety",
    promise: "User SQL cannot reach what belongs to the engine, nor the machine's files.",
    tests: ["compat-tests/safety/", "test/engine/safety/"],
    gaps: [],
  },
];
