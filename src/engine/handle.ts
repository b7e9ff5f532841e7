import type { DriverStatement, SqlDriver, ColumnInfo } from "../ports/sql-driver.ts";
import { Catalog } from "./catalog.ts";
import { LONGEST_KEPT } from "./text/known-text.ts";
import { LruMap } from "./text/lru-map.ts";
import type { StatementInfo } from "./session/session.ts";
import { isShort } from "./text/short-plan.ts";

/** Plans kept per connection; measured enough for ORMs, and ad-hoc texts cannot fill memory. */
const PLANS_KEPT = 1_000;

/** A compiled statement on one connection. */
export class Plan {
  readonly sql: string;
  readonly statement: DriverStatement;
  readonly columns: readonly ColumnInfo[];
  readonly #handle: Handle;
  #short: boolean | undefined;

  /** @param of whose text it is: what a user wrote is watched where the driver can */
  constructor(sql: string, handle: Handle, of: "user" | "engine") {
    const { driver } = handle;
    this.sql = sql;
    this.#handle = handle;
    this.statement = (of === "user" ? driver.prepareUser?.(sql) : undefined) ?? driver.prepare(sql);
    this.columns = this.statement.columns();
  }

  /** Proven to end at once; see `isShort`. For reads only. */
  get short(): boolean {
    this.#short ??= isShort(this.sql, this.#handle.driver, this.#handle.catalog);
    return this.#short;
  }
}

/** One connection of a shard with what was learned on it: its plans and its view of the schema. */
export class Handle {
  readonly driver: SqlDriver;
  readonly catalog: Catalog;
  /** Statements described before, by their text. */
  readonly described: LruMap<string, StatementInfo> = new LruMap(PLANS_KEPT);
  /** How statements with RETURNING are said where they lose INTEGERs; null where they cannot. */
  readonly returning: LruMap<string, string | null> = new LruMap(PLANS_KEPT);
  readonly #plans = new LruMap<string, Plan>(PLANS_KEPT);

  constructor(driver: SqlDriver) {
    this.driver = driver;
    this.catalog = new Catalog(driver);
  }

  /** A text of the engine's own names hidden objects, which no user's does. */
  plan(sql: string, of: "user" | "engine" = "user"): Plan {
    let plan = this.#plans.get(sql);
    if (plan === undefined) {
      plan = new Plan(sql, this, of);
      if (sql.length <= LONGEST_KEPT) this.#plans.set(sql, plan);
    }
    return plan;
  }

  /** A plan that nobody will want again. */
  planOnce(sql: string): Plan {
    return new Plan(sql, this, "user");
  }

  /** The schema changed: columns, query plans and the catalog are read afresh. */
  forget(): void {
    this.#plans.clear();
    this.described.clear();
    this.returning.clear();
    this.catalog.forget();
  }
}
