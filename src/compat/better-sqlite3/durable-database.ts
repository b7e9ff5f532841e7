import { DosqlError } from "../../base/errors.ts";
import { isBlank, readStatement } from "../../engine/embedded/embedded-text.ts";
import { EmulatedPragmas } from "../../engine/text/emulated-pragma.ts";
import type { HeaderStore } from "../../engine/text/emulated-pragma.ts";
import type { SyncDatabase, SyncStatement } from "../../engine/session/sync-database.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { splitScript } from "../../sql/script/split.ts";
import { DurablePragmas } from "./durable-pragma.ts";
import { DurableStatement } from "./durable-statement.ts";
import { PlainDatabase } from "./plain-database.ts";
import { beforeNul, endBehind } from "./statement-text.ts";

/**
 * `SyncDatabase` over the SQLite of a Durable Object, which has no BEGIN and no user functions,
 * compiles only by running, and tells of a result column nothing but its name.
 */
export class DurableDatabase extends PlainDatabase implements SyncDatabase {
  readonly #driver: SqlDriver;
  readonly #readonly: boolean;
  readonly #pragmas: DurablePragmas;

  /** @param header where `user_version` is kept; null where there is no place for it */
  constructor(
    driver: SqlDriver,
    options: { readonly readonly: boolean },
    header: HeaderStore | null = null,
  ) {
    super();
    this.#driver = driver;
    this.#readonly = options.readonly;
    this.#pragmas = new DurablePragmas(
      driver,
      header === null ? null : new EmulatedPragmas(driver, null, header),
    );
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction;
  }

  prepare(given: string): SyncStatement {
    const sql = beforeNul(given);
    const [first, second] = splitScript(sql);
    if (first === undefined) {
      throw new DosqlError("invalid-argument", "The supplied SQL string contains no statements");
    }
    const shown = sql.slice(0, endBehind(sql, first.end));
    const facts = readStatement(first.text);
    const pragmas = this.#pragmas;
    const always = this.#readonly;
    const kept = pragmas.prepare(first.text);
    const driver = kept === null ? this.#driver : { prepare: () => kept };
    const statement = new DurableStatement(driver, {
      sql: first.text,
      shown,
      facts,
      writes: kept?.writes ?? false,
      get readonly() {
        return always || pragmas.queryOnly;
      },
    });
    if (second === undefined) return statement;
    throw new DosqlError(
      "invalid-argument",
      "The supplied SQL string contains more than one statement",
    );
  }

  exec(given: string, trace: ((statement: string) => void) | null): void {
    const sql = beforeNul(given);
    if (!isBlank(sql)) this.runEach(sql, "number", trace);
  }

  atomically<T>(body: () => T): T {
    return this.#driver.atomically(body);
  }

  /** The storage lives as long as its object. */
  close(): void {}

  protected refusal(member: string): DosqlError {
    return new DosqlError("unsupported", `${member} is not supported in a Durable Object`);
  }
}
