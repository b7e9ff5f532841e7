/*
 * For Miniflare's D1 suite: its `./test`, its `../../test-shared` and `miniflare` itself. What
 * starts a Miniflare says so instead.
 */
import { NEEDS_MINIFLARE } from "../limits.ts";
import { database } from "./database.workers.ts";

function refuse(): never {
  throw new Error(NEEDS_MINIFLARE);
}

/** Of `miniflare`. */
export class Miniflare {
  constructor() {
    refuse();
  }
}

/** Of `./test`. */
export const binding = "DB";
export const opts = {};
export const ctx = { mf: { getBindings: async () => ({}) }, setOptions: refuse };

/** The one thing that the suite knows of its own backend is the backend's name. */
export async function getDatabase(): Promise<D1Database> {
  const db = database("miniflare");
  return {
    prepare: (sql: string) => renamed(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => db.batch(statements),
    exec: (script: string) => db.exec(script),
  } as D1Database;
}

/** A statement whose `all` and `run` are said to be served by Miniflare. */
function renamed(statement: D1PreparedStatement): D1PreparedStatement {
  const { bind, run, all } = statement;
  const named = async (answer: Promise<D1Result>): Promise<D1Result> => {
    const { meta, ...others } = await answer;
    return { ...others, meta: { ...meta, served_by: "miniflare.db" } };
  };
  return Object.assign(statement, {
    bind: (...values: unknown[]) => renamed(bind.apply(statement, values)),
    run: () => named(run.apply(statement)),
    all: () => named(all.apply(statement)),
  });
}

/** Of `../../test-shared`. */
export const useTmp = refuse;
export const useDispose = refuse;
export const utf8Encode = (text: string): Uint8Array => new TextEncoder().encode(text);
