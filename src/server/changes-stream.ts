import { DosqlError } from "../base/errors.ts";
import type { Lsn } from "../base/lsn.ts";
import type { ChangeFeed, Subscription } from "../engine/feed/change-feed.ts";
import type { ChangeRequest } from "./changes-query.ts";
import { beginText, endText, eventText, failureText } from "./changes-text.ts";

/** How often a subscription that is to end is told where it is. */
const END_LOOK_MS = 100;

/**
 * The lines of a feed as bytes. Nothing is read from it before somebody asks for it. When it fails
 * on its way, its error is the last line.
 */
export class ChangeLines implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #subscription: Subscription;
  readonly #lines: AsyncGenerator<Uint8Array, undefined>;

  /** @throws DosqlError as `subscribe` */
  constructor(feed: ChangeFeed, { options, follow }: ChangeRequest) {
    const until = follow ? null : feed.head;
    this.#subscription = feed.subscribe(
      follow ? options : { ...options, heartbeatMs: END_LOOK_MS },
    );
    const extent = { snapshot: options.from === "snapshot", until };
    this.#lines = linesOf(this.#subscription, extent);
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.#lines.next();
  }

  /** Ends the subscription, also one that nothing was asked of. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    await this.#subscription.return?.();
    return this.#lines.return(undefined);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

interface Extent {
  /** It begins with one, and only then has a position. */
  readonly snapshot: boolean;
  /** Null goes on for ever. */
  readonly until: Lsn | null;
}

async function* linesOf(
  subscription: Subscription,
  { snapshot, until }: Extent,
): AsyncGenerator<Uint8Array, undefined> {
  const utf8 = new TextEncoder();
  const ended = (): boolean => until !== null && subscription.position >= until;
  try {
    await subscription.begun?.();
    if (!snapshot) yield utf8.encode(beginText(subscription.position));
    let over = !snapshot && ended();
    while (!over) {
      const step = await subscription.next();
      if (step.done === true) return;
      const event = step.value;
      for (const piece of eventText(event)) yield utf8.encode(piece);
      over = event.kind !== "snapshot" && ended();
    }
    yield utf8.encode(endText(subscription.position));
  } catch (error) {
    yield utf8.encode(failureText(asKnown(error)));
  } finally {
    await subscription.return?.();
  }
  return undefined;
}

/** The same as a body of HTTP. */
export function changeStream(lines: ChangeLines): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await lines.next();
        if (step.done === true) controller.close();
        else controller.enqueue(step.value);
      },
      async cancel() {
        await lines.return();
      },
    },
    { highWaterMark: 0 },
  );
}

function asKnown(error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  return new DosqlError("bug", error instanceof Error ? error.message : String(error));
}
