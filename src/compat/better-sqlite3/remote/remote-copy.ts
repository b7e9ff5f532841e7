import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import { CopyAction } from "../../../engine/copy-message.ts";
import type { CopySize } from "../../../ports/copy-host.ts";
import type { RemoteConnection } from "./remote-connection.ts";

/** A copy of the database that the server makes, and keeps until `close` or the session's end. */
export class RemoteCopy {
  readonly #connection: RemoteConnection;
  readonly #generation: number;
  readonly #id: number;

  /**
   * @param committed of what is committed now; else of what the open transaction sees
   * @throws DosqlError `sqlite` for an unknown schema, `unsupported`, `connection`
   */
  constructor(connection: RemoteConnection, schema: string, committed: boolean) {
    this.#connection = connection;
    const numbers = [0, committed ? 0 : 1, 0] as const;
    const [row] = connection.ask({
      integers: "number",
      repeatable: true,
      write: (writer) => writer.copy(CopyAction.begin, numbers, schema),
    }).rows;
    this.#id = Number(row?.[0]);
    this.#generation = connection.generation;
  }

  /** Null while it is not complete. */
  state(): CopySize | null {
    return sizeOf(this.#ask(CopyAction.state));
  }

  /** Waits until it is complete. */
  wait(): CopySize {
    const size = sizeOf(this.#ask(CopyAction.wait));
    if (size === null) throw new DosqlError("protocol", "the server says nothing of the copy");
    return size;
  }

  /** As many bytes of pages as one answer carries, and no more than `count` pages. */
  read(first: number, count: number): Uint8Array {
    const [bytes] = this.#ask(CopyAction.read, first, count) ?? [];
    if (bytes instanceof Uint8Array && bytes.length > 0) return bytes;
    throw new DosqlError("protocol", "the server sent no pages");
  }

  /** Does not throw: what the server does not hear, it does at the connection's end. */
  close(): void {
    if (this.#connection.generation !== this.#generation) return;
    try {
      this.#ask(CopyAction.close);
    } catch (error) {
      if (!(error instanceof DosqlError)) throw error;
    }
  }

  #ask(action: number, second = 0, third = 0): Row | undefined {
    const connection = this.#connection;
    if (connection.generation !== this.#generation) throw gone();
    const numbers = [this.#id, second, third] as const;
    try {
      const { rows } = connection.ask({
        integers: "number",
        repeatable: false,
        write: (writer) => writer.copy(action, numbers, ""),
      });
      return rows[0];
    } catch (error) {
      // By another connection: this one has no such copy.
      throw connection.generation === this.#generation ? error : gone();
    }
  }
}

function sizeOf(row: Row | undefined): CopySize | null {
  if (row === undefined) return null;
  const [pages, pageSize] = row.map(Number);
  if (pages === undefined || pageSize === undefined || !(pages > 0 && pageSize > 0)) {
    throw new DosqlError("protocol", "the server does not say how large the copy is");
  }
  return { pages, pageSize };
}

function gone(): DosqlError {
  return new DosqlError("connection", "the connection was lost while the database was copied", {
    hint: "begin again",
  });
}
