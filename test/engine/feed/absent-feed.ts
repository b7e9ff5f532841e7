import { DosqlError } from "../../../src/base/errors.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import type {
  ChangeFeed,
  ChangeSlots,
  SlotInfo,
  Subscription,
} from "../../../src/engine/feed/change-feed.ts";

/** The feed of a database that has none; every use of it is refused by name. */
export class AbsentFeed implements ChangeFeed, ChangeSlots {
  readonly #where: string;

  /** @param where as in `over a Durable Object` */
  constructor(where: string) {
    this.#where = where;
  }

  get head(): Lsn {
    return this.#refuse();
  }

  get slots(): ChangeSlots {
    return this;
  }

  subscribe(): Subscription {
    return this.#refuse();
  }

  create(): SlotInfo {
    return this.#refuse();
  }

  confirm(): void {
    this.#refuse();
  }

  drop(): void {
    this.#refuse();
  }

  list(): SlotInfo[] {
    return this.#refuse();
  }

  get(): SlotInfo | null {
    return this.#refuse();
  }

  #refuse(): never {
    throw new DosqlError("unsupported", `the change feed does not exist ${this.#where} yet`);
  }
}
