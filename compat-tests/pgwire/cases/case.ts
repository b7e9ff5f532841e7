import type { RenderOptions } from "../wire/reply.ts";
import type { Talk } from "../wire/talk.ts";

/** One thing that every Postgres server does in the same way. */
export interface Case {
  /** Unique in its group. */
  readonly name: string;
  readonly options?: RenderOptions;
  run(talk: Talk): Promise<void>;
}

/** A case whose statements run on one session, one simple query each. */
export function queries(name: string, ...statements: readonly string[]): Case {
  return {
    name,
    async run(talk) {
      const session = await talk.session();
      for (const sql of statements) await session.query(sql);
    },
  };
}

/** What every case finds. */
export const FIXTURE: readonly string[] = [
  "DROP VIEW IF EXISTS names",
  "DROP TABLE IF EXISTS made",
  "DROP TABLE IF EXISTS child",
  "DROP TABLE IF EXISTS kinds",
  "DROP TABLE IF EXISTS t",
  "CREATE TABLE t (id bigint PRIMARY KEY, name text)",
  "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')",
  "CREATE TABLE kinds (id bigint PRIMARY KEY, d double precision, s text, b bytea, f boolean)",
  `CREATE TABLE child (id bigint PRIMARY KEY, t_id bigint REFERENCES t (id),
     n bigint NOT NULL, k text UNIQUE, CHECK (n > 0))`,
];
