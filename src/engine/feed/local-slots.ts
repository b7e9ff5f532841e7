import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { ChangeSlots, SlotInfo, SlotOptions } from "./change-feed.ts";
import type { CommittedLog } from "./committed-log.ts";
import { notCaptured } from "./committed-log.ts";
import type { FeedHost } from "./feed-host.ts";
import { slotLost } from "./history-gone.ts";
import type { LeaseTurns } from "./lease-turns.ts";
import { findPosition } from "./log-position.ts";
import type { StoredSlot } from "./slot-table.ts";
import { SlotTable } from "./slot-table.ts";

/** Longest name of a slot: it goes into errors and file names. */
const MAX_NAME = 100;

/** The slots of a shard in this process. */
export class LocalSlots implements ChangeSlots {
  readonly #host: FeedHost;
  readonly #turns: LeaseTurns;
  readonly #log: CommittedLog;
  readonly #active = new Set<string>();

  constructor(host: FeedHost, turns: LeaseTurns, log: CommittedLog) {
    this.#host = host;
    this.#turns = turns;
    this.#log = log;
  }

  async create(name: string, options: SlotOptions = {}): Promise<SlotInfo> {
    const { from = "now", maxLag = null } = options;
    checkName(name);
    checkLag(maxLag);
    checkStart(from);
    return await this.#write((slots) => {
      if (!this.#host.changes.active) throw notCaptured();
      if (slots.get(name) !== null) {
        throw new DosqlError("misuse", `the replication slot ${name} exists already`);
      }
      const lsn = findPosition(this.#log.reader, from);
      const nowMs = this.#host.clock.nowMs();
      const times = { createdMs: nowMs, confirmedMs: nowMs };
      const slot = { name, confirmedLsn: lsn, ...times, maxLag, lost: null, sinceLsn: lsn };
      slots.add(slot);
      return this.#info(slot);
    });
  }

  async confirm(name: string, lsn: Lsn): Promise<void> {
    const position = toLsn(lsn);
    const failure = await this.#write((slots) => {
      const slot = slots.get(name);
      if (slot === null) throw noSlot(name);
      const reason = this.#lostReason(slot, this.#log.head());
      if (reason !== null) {
        slots.markLost(name, reason);
        return slotLost(name, reason);
      }
      this.#checkConfirm(slot, position);
      if (position !== slot.confirmedLsn) slots.confirm(name, position, this.#host.clock.nowMs());
      return null;
    });
    if (failure !== null) throw failure;
  }

  async drop(name: string): Promise<void> {
    await this.#write((slots) => {
      if (slots.get(name) === null) throw noSlot(name);
      if (this.#active.has(name)) throw isTaken(name);
      slots.remove(name);
    });
  }

  list(): SlotInfo[] {
    return this.#log.exists
      ? this.#stored()
          .all()
          .map((slot) => this.#info(slot))
      : [];
  }

  get(name: string): SlotInfo | null {
    const slot = this.#log.exists ? this.#stored().get(name) : null;
    return slot === null ? null : this.#info(slot);
  }

  /**
   * Gives a slot to a subscription, until `release`.
   *
   * @throws DosqlError `not-found`, `misuse` when another has it, `history-gone` when it is lost
   */
  take(name: string): StoredSlot {
    const slot = this.requireUsable(name);
    if (this.#active.has(name)) throw isTaken(name);
    this.#active.add(name);
    return slot;
  }

  release(name: string): void {
    this.#active.delete(name);
  }

  /** @throws DosqlError `not-found`; `history-gone` when it is lost */
  requireUsable(name: string): StoredSlot {
    const slot = this.#stored().get(name);
    if (slot === null) throw noSlot(name);
    const reason = this.#lostReason(slot, this.#log.head());
    if (reason !== null) throw slotLost(name, reason);
    return slot;
  }

  /** Positions that usable slots hold the log at. */
  holds(): Lsn[] {
    if (!this.#log.exists) return [];
    const head = this.#log.head();
    return this.#stored()
      .all()
      .filter((slot) => this.#lostReason(slot, head) === null)
      .map(({ confirmedLsn }) => confirmedLsn);
  }

  /** In a transaction of its own, between those of sessions. */
  async #write<T>(body: (slots: SlotTable) => T): Promise<T> {
    const host = this.#host;
    return await this.#turns.run(() => {
      if (!this.#log.exists) throw notCaptured();
      const { driver } = host.writer;
      try {
        return driver.atomically(() => body(new SlotTable(driver)));
      } finally {
        host.changesOf = null;
      }
    });
  }

  #checkConfirm(slot: StoredSlot, lsn: Lsn): void {
    const { name, confirmedLsn } = slot;
    if (lsn < confirmedLsn) {
      throw new DosqlError(
        "invalid-argument",
        `the replication slot ${name} has confirmed ${confirmedLsn} and cannot go back to ${lsn}`,
      );
    }
    const head = this.#log.head();
    if (lsn <= head) return;
    throw new DosqlError("invalid-argument", `${lsn} lies after the log's head, ${head}`);
  }

  #info(slot: StoredSlot): SlotInfo {
    const { name, confirmedLsn, createdMs, confirmedMs, maxLag } = slot;
    const head = this.#log.head();
    const lagEntries = Math.max(0, head - confirmedLsn);
    const lost = this.#lostReason(slot, head);
    const active = this.#active.has(name);
    return { name, confirmedLsn, createdMs, confirmedMs, lagEntries, maxLag, lost, active };
  }

  /** A lag beyond the cap stays one: a lost slot confirms nothing, and the head only grows. */
  #lostReason(slot: StoredSlot, head: Lsn): string | null {
    const { confirmedLsn, maxLag, lost } = slot;
    if (lost !== null) return lost;
    const lag = head - confirmedLsn;
    if (maxLag !== null && lag > maxLag) return `it lags ${lag} entries, its limit is ${maxLag}`;
    if (confirmedLsn < this.#log.reader.oldest() - 1) return `what follows ${confirmedLsn} is gone`;
    return null;
  }

  #stored(): SlotTable {
    return new SlotTable(this.#host.reader.driver);
  }
}

function checkName(name: string): void {
  if (typeof name === "string" && /^[\w.:-]+$/.test(name) && name.length <= MAX_NAME) return;
  throw new DosqlError("invalid-argument", `${String(name)} is no name for a replication slot`, {
    hint: `up to ${MAX_NAME} letters, digits and any of _ . : -`,
  });
}

function checkLag(maxLag: number | null): void {
  if (maxLag === null || (Number.isSafeInteger(maxLag) && maxLag > 0)) return;
  throw badLag(maxLag);
}

export function badLag(maxLag: number): DosqlError {
  return new DosqlError("invalid-argument", `maxLag cannot be ${maxLag}`, {
    hint: "it is a whole number of log entries, 1 at least",
  });
}

/** For callers without types. */
function checkStart(from: unknown): void {
  if (from !== "snapshot") return;
  throw new DosqlError("invalid-argument", "a replication slot cannot begin with a snapshot", {
    hint: 'create it from "now", and subscribe with it from "snapshot"',
  });
}

function noSlot(name: string): DosqlError {
  return new DosqlError("not-found", `there is no replication slot ${name}`, {
    hint: "make it first: slots.create(name), or dosql tail --create",
  });
}

function isTaken(name: string): DosqlError {
  return new DosqlError("misuse", `another subscription has the replication slot ${name}`);
}
