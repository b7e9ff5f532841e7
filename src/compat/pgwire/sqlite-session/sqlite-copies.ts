import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import { COPY_PIECE_BYTES, CopyAction } from "../../../engine/copy-message.ts";
import type { CopySession, Session } from "../../../engine/session/session.ts";
import type { CopySize, DatabaseCopy } from "../../../ports/copy-host.ts";
import type { FieldReader } from "../codec/fields.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";

/** Copies that one client may have open: each takes as much of the disk as the database. */
const MOST_COPIES = 8;

interface HeldCopy {
  readonly copy: DatabaseCopy;
  /** Null until it is complete. */
  size: CopySize | null;
  /** Why it never will be. */
  failure: { readonly error: unknown } | null;
}

/** What a client asks for; see `engine/copy-message.ts`. */
interface CopyRequest {
  readonly action: number;
  readonly numbers: readonly [id: number, second: number, third: number];
  readonly name: string;
}

/**
 * The copies of the database that one client fetches, page by page. They are the session's, which
 * removes them when it ends.
 */
export class SqliteCopies {
  readonly #session: Session & Partial<CopySession>;
  readonly #copies = new Map<number, HeldCopy>();
  #lastId = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** What to answer a message; null for nothing. */
  *answer(body: FieldReader): Work<Row | null> {
    const { action, numbers, name } = readRequest(body);
    const [id, second, third] = numbers;
    if (action === CopyAction.begin) return [BigInt(this.#begin(name, second === 0))];
    if (action === CopyAction.close) return this.#close(id);
    const held = this.#copies.get(id);
    if (held === undefined) throw new DosqlError("misuse", "there is no such copy");
    if (action === CopyAction.wait && held.failure === null) yield* settled(held.copy.ready);
    const { failure, size } = held;
    if (failure !== null) {
      this.#close(id);
      throw failure.error;
    }
    switch (action) {
      case CopyAction.wait:
      case CopyAction.state:
        return size === null ? null : [BigInt(size.pages), BigInt(size.pageSize)];
      case CopyAction.read:
        return [yield* pagesOf(held, second, third)];
      default:
        throw new DosqlError("protocol", `unknown action ${action} on a copy`);
    }
  }

  #begin(schema: string, committed: boolean): number {
    if (schema.toLowerCase() !== "main") {
      throw new DosqlError("sqlite", `unknown database ${schema}`, { sqlite: "SQLITE_ERROR" });
    }
    if (this.#copies.size >= MOST_COPIES) {
      throw new DosqlError("limit", `a connection may make ${MOST_COPIES} copies at once`);
    }
    const copy = this.#session.copy?.(committed);
    if (copy === undefined) throw new DosqlError("unsupported", "copies are not supported here");
    const held: HeldCopy = { copy, size: null, failure: null };
    copy.ready.then(
      (size) => (held.size = size),
      (error: unknown) => (held.failure = { error }),
    );
    const id = ++this.#lastId;
    this.#copies.set(id, held);
    return id;
  }

  #close(id: number): null {
    this.#copies.get(id)?.copy.close();
    this.#copies.delete(id);
    return null;
  }
}

function* pagesOf({ copy, size }: HeldCopy, first: number, count: number): Work<Uint8Array> {
  if (size === null) throw new DosqlError("misuse", "the copy is not complete");
  const most = Math.min(count, Math.floor(COPY_PIECE_BYTES / size.pageSize), size.pages - first);
  if (first < 0 || most < 1) throw new DosqlError("protocol", "no such pages of a copy");
  return yield* settled(copy.read(first, most));
}

function readRequest(body: FieldReader): CopyRequest {
  const action = body.byte();
  const numbers = [body.int32(), body.int32(), body.int32()] as const;
  const name = body.cstring();
  body.finish();
  return { action, numbers, name };
}
