/* For Drizzle's D1 tests, which make their database by `@miniflare/d1` and `@miniflare/shared`. */
import { database } from "./database.workers.ts";

export const createSQLiteDB = async (): Promise<void> => undefined;

export class D1DatabaseAPI {}

/** `new` of it is a database. */
export class D1Database {
  constructor() {
    return database("drizzle");
  }
}
