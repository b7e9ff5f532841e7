/*
 * The change feed between a Worker and a shard in a Durable Object: calls that the object may
 * leave waiting until there is something to tell. The object keeps a subscription between two
 * calls, and the caller everything that is needed to begin it again where it was, so that an
 * object that was reset, or an answer that was lost, costs a call and nothing else.
 */
import type { Lsn } from "../base/lsn.ts";
import type {
  FeedEvent,
  FeedStart,
  SlotInfo,
  SlotOptions,
  SubscribeOptions,
} from "../engine/feed/change-feed.ts";
import type { LogTransaction } from "../engine/log/record.ts";
import type { WireError } from "./shard-wire.ts";

/** What a subscription wants, as far as it travels. */
export type FeedWish = Pick<
  SubscribeOptions,
  "tables" | "operations" | "slot" | "maxLag" | "heartbeatMs"
>;

/** Asks for the next events of a subscription. */
export interface FeedPull {
  readonly kind: "pull";
  /** Chosen by the caller; nobody else can guess it. */
  readonly id: string;
  /** Answers that the caller has had. The first call is answered at once, with no events. */
  readonly turn: number;
  readonly wish: FeedWish;
  /** Where the caller is; null as the slot says. `"snapshot"` until all of it was told. */
  readonly from: FeedStart | null;
  /** Where tables are named as `wish` says; null before the first answer. */
  readonly since: Lsn | null;
}

/** What is asked of a feed. */
export type FeedCall =
  | FeedPull
  /** Nobody waits for the subscription any more. */
  | { readonly kind: "close"; readonly id: string }
  | { readonly kind: "create-slot"; readonly name: string; readonly options: SlotOptions }
  | { readonly kind: "confirm-slot"; readonly name: string; readonly lsn: Lsn }
  | { readonly kind: "drop-slot"; readonly name: string }
  | { readonly kind: "list-slots" };

/** An event, or the beginning of one: records of a transaction of which more are to come. */
export type FeedPart =
  | FeedEvent
  | { readonly kind: "records"; readonly records: LogTransaction["records"] };

/** What a feed answers. */
export interface FeedReply {
  /** The end of the newest transaction. */
  readonly head: Lsn;
  /** Of `pull`. */
  readonly parts?: readonly FeedPart[];
  /** Where the subscription is that a `pull` began, and what `since` is from now on. */
  readonly begun?: { readonly position: Lsn; readonly since: Lsn };
  /** All of them for `list-slots`, the new one for `create-slot`. */
  readonly slots?: readonly SlotInfo[];
}

/** The feed of a shard in a Durable Object. */
export interface ShardFeedService {
  feed(call: FeedCall): Promise<FeedReply | { readonly error: WireError }>;
}
