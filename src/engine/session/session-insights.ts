import type { QueryInsights } from "../counts/query-insights.ts";
import type { Shard } from "../shard.ts";
import type { ResultSet } from "./result-set.ts";
import type { TransactionControl } from "./transaction-control.ts";

type Running = ReturnType<QueryInsights["begin"]>;

/** Counts the statements of one session, where its shard counts any. */
export class SessionInsights {
  readonly #shard: Shard;
  readonly #control: TransactionControl;
  readonly #uncounted: boolean;

  /** @param uncounted see `SessionOptions.uncounted` */
  constructor(shard: Shard, control: TransactionControl, uncounted: boolean) {
    this.#shard = shard;
    this.#control = control;
    this.#uncounted = uncounted;
  }

  begin(sql: string): Running | null {
    return this.#counter?.begin(sql) ?? null;
  }

  end(
    running: Running | null,
    result: Pick<ResultSet, "rows" | "changes" | "rowsRead" | "rowsWritten">,
  ): void {
    if (running !== null) this.#counter?.end(running, result);
  }

  /** Between two statements, when nobody is in the middle of something. */
  write(): void {
    const counter = this.#counter;
    if (counter?.isDue !== true || this.#control.current !== null) return;
    if (!this.#shard.lease.free) return;
    counter.write();
    this.#shard.changesOf = null;
  }

  get #counter(): QueryInsights | null {
    return this.#uncounted ? null : this.#shard.insights;
  }
}
