import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { RemoteConnection } from "../../../src/compat/better-sqlite3/remote/remote-connection.ts";
import type { Exchange } from "../../../src/compat/better-sqlite3/remote/remote-connection.ts";
import type { SyncPipe } from "../../../src/ports/sync-pipe.ts";

const READY = Uint8Array.of(0x5a, 0, 0, 0, 5, 0x49);

/** A pipe to one who is too busy for the questions of `busy`, counted from 1. */
class BusyPipe implements SyncPipe {
  readonly heard: string[] = [];
  readonly #busy: readonly number[];
  #asked = 0;
  #request = "";

  constructor(...busy: number[]) {
    this.#busy = busy;
  }

  connect(): void {}

  begin(request: Uint8Array): void {
    this.#request = Buffer.from(request).toString("latin1");
  }

  finish(): Uint8Array {
    if (this.#busy.includes(++this.#asked)) {
      throw new DosqlError("sqlite", "database is locked", { sqlite: "SQLITE_BUSY" });
    }
    this.heard.push(this.#request.replaceAll(/[^a-z]/g, ""));
    return READY;
  }

  close(): void {}
}

const question = (name: string): Exchange => ({
  integers: "number",
  repeatable: true,
  write(writer) {
    writer.query(name);
  },
});

describe("what a server is to be told with the next request", () => {
  it("is told once, with the first that it has time for", () => {
    const pipe = new BusyPipe(2, 3, 4);
    const connection = new RemoteConnection(pipe);
    connection.ask(question("one"));
    connection.later((writer) => writer.closePortal("left"));
    expect(() => connection.ask(question("two"))).toThrow("locked");
    connection.later((writer) => writer.closePortal("too"));
    expect(() => connection.ask(question("three"))).toThrow("locked");
    const lost: unknown[] = [];
    connection.foresee({
      exchange: question("ahead"),
      arrived: () => undefined,
      lost: (error) => lost.push(error),
    });
    connection.settle();
    expect(lost).toHaveLength(1);
    connection.ask(question("four"));
    connection.ask(question("five"));
    expect(pipe.heard).toEqual(["one", "lefttoofour", "five"]);
  });
});
