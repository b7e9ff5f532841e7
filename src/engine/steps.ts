import type { ReaderRows, ReaderTask } from "../ports/reader-host.ts";

/**
 * What a session may have to wait for. `SessionCore` yields these; a synchronous driver and an
 * asynchronous one resolve the same generator.
 */
export type Wait =
  /** The shard's write lease. Reply: nothing, the session holds it now. */
  | { readonly kind: "lease" }
  /** A read in another process. Reply: its rows. */
  | { readonly kind: "read"; readonly task: ReaderTask };

/** What a wait is answered with. */
export type Reply = ReaderRows | undefined;

/** Work that may wait. */
export type Steps<T> = Generator<Wait, T, Reply>;
