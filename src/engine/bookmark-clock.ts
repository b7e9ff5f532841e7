import type { Bookmark } from "../base/bookmark.ts";
import { formatBookmark } from "../base/bookmark.ts";
import { compareHlc, nextHlc } from "../base/hlc.ts";
import type { Hlc } from "../base/hlc.ts";
import type { Clock } from "../ports/clock.ts";

/** Commit times of one shard: hybrid clock readings that never repeat and never go back. */
export class BookmarkClock {
  readonly #clock: Clock;
  #last: Hlc;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = nextHlc(null, clock.nowMs());
  }

  /** The position of the newest commit. */
  get current(): Bookmark {
    return formatBookmark(this.#last);
  }

  /** The time of a commit. */
  tick(): Hlc {
    this.#last = nextHlc(this.#last, this.#clock.nowMs());
    return this.#last;
  }

  /** Notes a commit and names its position. */
  commit(): Bookmark {
    this.tick();
    return this.current;
  }

  /** The next reading will be after `time`, however late the wall clock is. */
  goOnAfter({ wallMs, counter }: Hlc): void {
    if (compareHlc(this.#last, { wallMs, counter }) < 0)
      this.#last = nextHlc({ wallMs, counter }, 0);
  }
}
