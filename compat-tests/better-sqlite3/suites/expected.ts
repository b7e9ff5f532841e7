/*
 * The tests of public suites that come out otherwise than with the real library, each with its
 * reason. A difference that is not here fails the run, and so does one that is here and no more to
 * be seen: the list only shrinks. A driver that is not here has none.
 */
import type { Driver } from "./run.ts";

type Reasons = Readonly<Record<string, string>>;

const TEMPORARY = "a server's connections are shared, so it has no temporary objects, and says so";

/* A part of two names in Kysely's suite. */
const CREATED = "should create a temporary table";

/** By driver and suite, then by the name of the test. */
export const EXPECTED: Partial<Record<Driver, Readonly<Record<string, Reasons>>>> = {
  remote: {
    kysely: {
      [`sqlite: schema create table ${CREATED}`]: TEMPORARY,
      [`sqlite: schema create table ${CREATED} if not exists with as expression`]: TEMPORARY,
      "sqlite: schema create view should create a temporary view": TEMPORARY,
    },
  },
};
