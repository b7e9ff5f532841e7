/*
 * The tests of public suites that come out otherwise than with the real library, each with its
 * reason. A difference that is not here fails the run, and so does one that is here and no more to
 * be seen: the list only shrinks. A driver that is not here has none.
 */
import type { Driver } from "./run.ts";

type Reasons = Readonly<Record<string, string>>;

const LIMIT =
  "the server's SQLite lacks SQLITE_ENABLE_UPDATE_DELETE_LIMIT; the error is SQLite's own";
const TEMPORARY = "a server's connections are shared, so it has no temporary objects, and says so";
const STRINGS = '"text" is a string at a server where no such column exists, as in D1';
const LEASE =
  "each BEGIN takes the write lease at once, so a second one inside of the first, on one thread, " +
  "waits until its deadline";

/* A part of two names in Kysely's suite. */
const CREATED = "should create a temporary table";
/* A part of two names in Knex's suite. */
const REUSED = "which is reused when not given given an expiry checker";

/** By driver and suite, then by the name of the test. */
export const EXPECTED: Partial<Record<Driver, Readonly<Record<string, Reasons>>>> = {
  remote: {
    kysely: {
      "sqlite: delete should order and limit the amount of deleted rows and return": LIMIT,
      "sqlite: update should order and limit the amount of updated rows and return": LIMIT,
      [`sqlite: schema create table ${CREATED}`]: TEMPORARY,
      [`sqlite: schema create table ${CREATED} if not exists with as expression`]: TEMPORARY,
      "sqlite: schema create view should create a temporary view": TEMPORARY,
      "sqlite: select should not allow SQL injection in column refs": STRINGS,
    },
    knex: Object.fromEntries(
      [
        "is not used when configuration is static",
        `can return a promise for a config object, ${REUSED}`,
        `can return a config object, ${REUSED}`,
        "reuses the same resolved config when not yet expired",
      ].map((name) => [`Integration Tests Connection configuration provider ${name}`, LEASE]),
    ),
    drizzle: {
      "better-sqlite.test.ts: common update with limit and order by": LIMIT,
      "better-sqlite.test.ts: common delete with limit and order by": LIMIT,
    },
  },
};
