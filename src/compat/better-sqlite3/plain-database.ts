import type { DosqlError } from "../../base/errors.ts";
import type { SyncStatement } from "../../engine/session/sync-database.ts";
import type { BackupProgress } from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { splitScript } from "../../sql/script/split.ts";
import { endBehind } from "./statement-text.ts";

/** What runs SQL and nothing else: no functions, no extensions, no copies of a file. */
export abstract class PlainDatabase {
  abstract prepare(given: string): SyncStatement;

  /** Of a member that it lacks. */
  protected abstract refusal(member: string): DosqlError;

  defineFunction(): never {
    throw this.refusal("function()");
  }

  defineAggregate(): never {
    throw this.refusal("aggregate()");
  }

  loadExtension(): never {
    throw this.refusal("loadExtension()");
  }

  setDefensive(active: boolean): void {
    if (!active) throw this.refusal("unsafeMode()");
  }

  async backup(..._given: unknown[]): Promise<BackupProgress> {
    throw this.refusal("backup()");
  }

  serialize(_schema: string): Uint8Array {
    throw this.refusal("serialize()");
  }

  /** One statement after the other, with NULL for each parameter. */
  protected runEach(
    sql: string,
    integers: IntegerMode,
    trace: ((statement: string) => void) | null,
  ): void {
    let begin = 0;
    for (const { end } of splitScript(sql)) {
      const behind = endBehind(sql, end);
      const shown = sql.slice(begin, behind).replace(/^[\s;]+/, "");
      const statement = this.prepare(shown);
      trace?.(shown);
      const unbound = statement.parameters.map(() => null);
      statement.run(unbound, integers);
      begin = behind;
    }
  }
}
