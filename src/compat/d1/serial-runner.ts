import type { Answer, D1Query } from "./runner.ts";
import { Runner } from "./runner.ts";

const COMMIT = /^\s*(?:commit|end)\b/i;
const ROLLBACK = /^\s*rollback[\s;]*$/i;

/**
 * Calls take turns, so that one session is enough for all of them: what one call begins, the next
 * one is in.
 */
export class SerialRunner extends Runner {
  #turn: Promise<unknown> = Promise.resolve();
  #failedCommit = false;

  override run(queries: readonly D1Query[], ...words: string[]): Promise<Answer> {
    return this.inTurn(() => this.#run(queries, words));
  }

  /** Runs `body` when all before it have ended. */
  inTurn<T>(body: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(body);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /**
   * In SQLite a transaction is still open when its COMMIT failed, and callers send a ROLLBACK;
   * with some sessions it is over, and the ROLLBACK would hide why.
   */
  async #run(queries: readonly D1Query[], words: string[]): Promise<Answer> {
    const sql = queries[0]?.statement ?? "";
    const mayFail = this.#failedCommit && ROLLBACK.test(sql);
    this.#failedCommit = false;
    try {
      return await super.run(queries, ...words);
    } catch (error) {
      this.#failedCommit = COMMIT.test(sql);
      if (!mayFail) throw error;
      return await super.run([{ statement: "SELECT 1 WHERE 0", params: [] }]);
    }
  }
}
