import type { Hlc } from "./hlc.ts";
import type { Lsn } from "./lsn.ts";

/** A place in a shard's history, as somebody asks for it. */
export type Moment =
  /** The end of the newest transaction that ends at or before that entry. */
  | { readonly kind: "lsn"; readonly lsn: Lsn }
  /** The newest commit at or before that time. */
  | { readonly kind: "time"; readonly time: Hlc };
