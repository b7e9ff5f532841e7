import { DosqlError } from "../../base/errors.ts";
import type { ChangeSource, EndlessBytes } from "../../ports/change-source.ts";
import type { CliHost } from "../host.ts";
import { lineError, readLines } from "./tail-lines.ts";
import type { TailLine } from "./tail-lines.ts";
import type { TailTarget } from "./tail-target.ts";

/** What the user wants to see. */
export interface TailWish {
  readonly from: string | null;
  readonly tables: readonly string[];
  readonly operations: readonly string[];
  readonly slot: string | null;
  /** Make the slot when there is none. */
  readonly create: boolean;
  readonly follow: boolean;
  readonly heartbeats: boolean;
}

/** How often a slot's position is confirmed at most; a quiet stream tells its own as often. */
const CONFIRM_EVERY_MS = 1_000;
/** Between two attempts to reach a server again. */
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 2_000;

/** One `dosql tail`: streams one after the other, each going on where the last one ended. */
export class TailRun {
  readonly #host: CliHost;
  readonly #target: TailTarget;
  readonly #wish: TailWish;
  /** Ends what is waited for now. */
  #interrupt: () => void = () => undefined;
  #stopped = false;
  /** The next stream begins behind it; null is where the user said. */
  #position: number | null = null;
  /** Where the first stream began: tables have the names there that the user gave. */
  #since: number | null = null;
  /** A stream has said something. */
  #begun = false;
  #delayMs = FIRST_DELAY_MS;
  #confirmed: number | null = null;
  #confirmedAtMs = -Infinity;

  constructor(host: CliHost, target: TailTarget, wish: TailWish) {
    this.#host = host;
    this.#target = target;
    this.#wish = wish;
  }

  /** @throws DosqlError */
  async run(): Promise<void> {
    const first = await this.#target.open();
    let ended = await this.#using(first, async () => {
      await this.#createSlot(first);
      return await this.#follow(first);
    });
    while (!ended) ended = await this.#again();
  }

  /** Ends the run as soon as what was printed is confirmed. */
  stop(): void {
    this.#stopped = true;
    this.#interrupt();
  }

  /** @returns whether nothing is to follow */
  async #using(source: ChangeSource, body: () => Promise<boolean>): Promise<boolean> {
    this.#interrupt = () => void source.close();
    try {
      return await body();
    } catch (error) {
      if (this.#stopped) return true;
      if (!this.#wish.follow || !this.#begun || !isPassing(error)) throw error;
      return false;
    } finally {
      await source.close();
    }
  }

  async #createSlot(source: ChangeSource): Promise<void> {
    const { slot, create, from } = this.#wish;
    if (slot === null || !create) return;
    const { slots } = await source.status();
    if (slots.some(({ name }) => name === slot)) return;
    await source.createSlot(slot, from === "snapshot" ? null : from);
  }

  async #follow(source: ChangeSource): Promise<boolean> {
    const bytes: EndlessBytes = await source.lines(this.#query());
    this.#interrupt = () => bytes.end();
    if (this.#stopped) bytes.end();
    try {
      for await (const line of readLines(bytes)) {
        if (line.event !== "end") {
          await this.#take(line, source);
          continue;
        }
        this.#position = line.lsn;
        await this.#confirm(source);
        return true;
      }
    } catch (error) {
      if (!this.#stopped) throw error;
    }
    if (this.#stopped) {
      await this.#confirm(source);
      return true;
    }
    if (this.#wish.follow) return false;
    throw new DosqlError("address", `${source.label} ended the stream before its end`);
  }

  #query(): string {
    const { from, tables, operations, slot, follow } = this.#wish;
    const query = new URLSearchParams();
    const start = this.#position === null ? from : String(this.#position);
    if (start !== null) query.set("from", start);
    if (this.#since !== null) query.set("since", String(this.#since));
    for (const table of tables) query.append("table", table);
    if (operations.length > 0) query.set("operations", operations.join());
    if (slot !== null) {
      query.set("slot", slot);
      query.set("heartbeat", String(CONFIRM_EVERY_MS));
    }
    if (!follow) query.set("follow", "false");
    return query.toString();
  }

  async #take(line: TailLine, source: ChangeSource): Promise<void> {
    const { event, lsn, text } = line;
    if (event === "error") throw lineError(text);
    this.#delayMs = FIRST_DELAY_MS;
    this.#begun = true;
    const quiet = event === "begin" || event === "heartbeat";
    if (!quiet || this.#wish.heartbeats) await this.#host.out.write(text);
    // Rows of a snapshot are no position: what is begun again is told from its start.
    if (event !== "snapshot" && lsn !== null) this.#position = lsn;
    this.#since ??= this.#position;
    const nowMs = this.#host.clock.monotonicMs();
    if (nowMs - this.#confirmedAtMs < CONFIRM_EVERY_MS) return;
    this.#confirmedAtMs = nowMs;
    await this.#confirm(source);
  }

  async #confirm(source: ChangeSource): Promise<void> {
    const { slot } = this.#wish;
    if (slot === null || this.#position === null || this.#position === this.#confirmed) return;
    await source.confirmSlot(slot, this.#position);
    this.#confirmed = this.#position;
  }

  /** One attempt to go on, after a pause. */
  async #again(): Promise<boolean> {
    if (this.#delayMs === FIRST_DELAY_MS) {
      await this.#host.err.write("dosql: the connection was lost; waiting for the server\n");
    }
    await this.#pause(this.#delayMs);
    if (this.#stopped) return true;
    this.#delayMs = Math.min(this.#delayMs * 2, MAX_DELAY_MS);
    const source = await this.#target.reopen();
    return source !== null && (await this.#using(source, () => this.#follow(source)));
  }

  async #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => resolve(undefined);
    this.#interrupt = done;
    const forget = this.#host.clock.after(delayMs, done);
    await promise;
    forget();
  }
}

/** What may be over in a moment: no server, or one that has not noticed yet that we were gone. */
function isPassing(error: unknown): boolean {
  return error instanceof DosqlError && ["address", "busy", "misuse"].includes(error.code);
}
