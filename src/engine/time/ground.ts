import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/** What names begin with in TEMP: the user's statement names them, so they are not hidden. */
const TEMP_NAME = "dosql_past";

/**
 * Where the tables of the past stand while one statement runs: in TEMP, or between the user's
 * tables where there is no TEMP (a Durable Object).
 */
export class Ground {
  readonly driver: SqlDriver;
  readonly schema: "temp" | "main";
  #prefix: string | null = null;
  readonly #made: string[] = [];
  readonly #called = new Map<string, string>();
  #count = 0;

  constructor(driver: SqlDriver) {
    this.driver = driver;
    this.schema = driver.caps.transactionStatements ? "temp" : "main";
  }

  /**
   * A name for a table or a view, in SQL.
   *
   * @param what what it holds, for who reads query plans
   * @param called the table of the past for which it stands
   */
  name(what: string, called?: string): string {
    this.#prefix ??= freePrefix(this.driver, this.schema);
    const name = `${this.#prefix}_${++this.#count}_${what}`;
    if (called !== undefined) this.#called.set(name, called);
    return `${quoteIdentifier(this.schema)}.${quoteIdentifier(name)}`;
  }

  /** The table of the past for which one of these stands; undefined for all others. */
  calledBy(name: string): string | undefined {
    return this.#called.get(name);
  }

  /** Makes something that `clear` takes away again. */
  make(kind: "TABLE" | "VIEW", name: string, sql: string): void {
    this.driver.exec(sql);
    this.#made.push(`DROP ${kind} IF EXISTS ${name}`);
  }

  prepare(sql: string): DriverStatement {
    return this.driver.prepare(sql);
  }

  /** Whether anything was made. */
  get isBare(): boolean {
    return this.#made.length === 0;
  }

  /** Filling tables moves it; nothing but an INSERT with a chosen rowid sets it. */
  setLastRowid(rowid: bigint): void {
    const name = this.name("rowid");
    this.make("TABLE", name, `CREATE TABLE ${name} (x)`);
    this.prepare(`INSERT INTO ${name} (rowid) VALUES (?1)`).run([rowid]);
  }

  clear(): void {
    for (const sql of this.#made.splice(0).reverse()) this.driver.exec(sql);
  }
}

/** In TEMP they must not stand before tables of the user's, who may call hers anything. */
function freePrefix(driver: SqlDriver, schema: Ground["schema"]): string {
  if (schema === "main") return `${driver.caps.hiddenPrefix}past`;
  const taken = driver
    .prepare("SELECT lower(name) FROM main.sqlite_schema WHERE name LIKE ?1 || '%'")
    .all([TEMP_NAME], "number")
    .map(([name]) => String(name));
  let prefix = TEMP_NAME;
  while (taken.some((name) => name.startsWith(prefix))) prefix += "_";
  return prefix;
}
