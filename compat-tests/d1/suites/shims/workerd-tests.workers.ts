/* Runs workerd's own tests, objects with a method `test`, as tests of vitest. */
import { env } from "cloudflare:workers";
import { test } from "vitest";
import { COUNTED, NEEDS_WIRE } from "../limits.ts";
import { database } from "./database.workers.ts";

interface WorkerdTest {
  test(controller: unknown, env: unknown): Promise<void>;
}

/** What the session tests ask for the bookmarks that the backend was sent. */
const fetcher = {
  fetch(): never {
    throw new Error(NEEDS_WIRE);
  },
};

export function register(file: string, tests: Readonly<Record<string, WorkerdTest>>): void {
  const isOurs = (env as { readonly DRIVER?: string }).DRIVER === "dosql";
  for (const [name, one] of Object.entries(tests)) {
    const run = (d1: D1Database): Promise<void> => one.test(null, { d1, d1MockFetcher: fetcher });
    test(`${file}: ${name}`, () => run(database(name)));
    // A test ends at its first difference; this is what comes after the one that is known.
    const again = `${file}: ${name}${COUNTED}`;
    test.runIf(isOurs)(again, () => run(counted(database(`${name} again`))));
  }
}

/** A database or session without one known gap: rows that the change log reads are counted. */
function counted<T extends D1Database | D1DatabaseSession>(db: T): T {
  const methods: Partial<D1Database> = {
    prepare: (sql) => db.prepare(sql),
    batch: async <R>(statements: D1PreparedStatement[]) => {
      const results = await db.batch<R>(statements);
      return results.map(({ meta, ...others }, i) => {
        const { statement } = statements[i] as unknown as { readonly statement: string };
        const inserts = /^\s*INSERT INTO \w+\s+VALUES\b/i.test(statement);
        return { ...others, meta: inserts ? { ...meta, rows_read: 0 } : meta };
      });
    },
    ...("exec" in db ? { exec: (sql) => db.exec(sql) } : {}),
    ...("withSession" in db ? { withSession: (from) => counted(db.withSession(from)) } : {}),
  };
  return methods as T;
}
