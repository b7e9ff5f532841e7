import { FIXTURE, type Case } from "./cases/case.ts";
import { query } from "./wire/frames.ts";
import { render } from "./wire/reply.ts";
import { Talk } from "./wire/talk.ts";
import { Wire, type Address } from "./wire/wire.ts";

/** A server that cases are played against, and the session that lays the table for each. */
export class Stage {
  readonly address: Address;
  #keeper: Wire | null = null;

  constructor(address: Address) {
    this.address = address;
  }

  /** Plays a case on fresh tables; its transcript. */
  async play(one: Case): Promise<string[]> {
    await this.#reset();
    const talk = new Talk(this.address, one.options);
    try {
      await one.run(talk);
    } catch (error) {
      talk.lines.push(`! ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      talk.close();
    }
    return talk.lines;
  }

  async #reset(): Promise<void> {
    this.#keeper ??= await Wire.login(this.address);
    for (const sql of FIXTURE) {
      this.#keeper.send(query(sql));
      const replies = await this.#keeper.untilReady();
      const failed = replies.find(({ code }) => !"CNZS".includes(code));
      if (failed === undefined) continue;
      this.#keeper.close();
      this.#keeper = null;
      const what = failed.code.length > 1 ? failed.code : `${render(failed)} ${failed.body}`;
      throw new Error(`${sql}: ${what}`);
    }
  }

  close(): void {
    this.#keeper?.close();
    this.#keeper = null;
  }
}
