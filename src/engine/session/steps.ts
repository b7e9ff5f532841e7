import type { Moment } from "../../base/moment.ts";
import type { HistoryCopy } from "../../ports/history-host.ts";
import type { ReaderRows, ReaderTask } from "../../ports/reader-host.ts";

/**
 * What a session may have to wait for. `SessionCore` yields these; a synchronous driver and an
 * asynchronous one resolve the same generator.
 */
export type Wait =
  /** The shard's write lease. Reply: nothing, the session holds it now. */
  | { readonly kind: "lease" }
  /** A read in another process. Reply: its rows. */
  | { readonly kind: "read"; readonly task: ReaderTask }
  /** A past that the change log no longer holds. Reply: a copy, which the asker closes. */
  | { readonly kind: "history"; readonly moment: Moment };

/** What a wait is answered with. */
export type Reply = ReaderRows | HistoryCopy | undefined;

/** Work that may wait. */
export type Steps<T> = Generator<Wait, T, Reply>;
