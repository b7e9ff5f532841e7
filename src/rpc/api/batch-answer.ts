import type { RpcTransport } from "capnweb";
import { RpcSession } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import { GuardedTransport, MAX_MESSAGE_LENGTH } from "./guarded-transport.ts";
import { RootTarget } from "./root-target.ts";
import { sentError } from "./sent-error.ts";
import type { TargetParts } from "./target-parts.ts";

/** Messages of one request at most: each call is three. */
const MAX_MESSAGES = 3000;

/** UTF-16 units of all answers together: they are sent when all of them are there. */
const MAX_ANSWER_LENGTH = 268_435_456;

/**
 * Answers the messages of one HTTP request, a line each, as capnweb's batches are.
 *
 * @throws DosqlError `protocol` for what is no batch, `limit` for one that is too large
 */
export async function answerBatch(body: string, parts: TargetParts): Promise<string> {
  const messages = body === "" ? [] : body.split("\n");
  if (messages.length > MAX_MESSAGES || body.length > MAX_MESSAGE_LENGTH) {
    throw new DosqlError("limit", "the batch of calls is too large");
  }
  const transport = new BatchTransport(messages);
  const root = new RootTarget(parts);
  const guarded = new GuardedTransport(transport, parts.open);
  const session = new RpcSession(guarded, root, { onSendError: sentError });
  await transport.allReceived;
  await session.drain();
  session.getRemoteMain()[Symbol.dispose]();
  return transport.answer;
}

class BatchTransport implements RpcTransport {
  readonly #messages: string[];
  readonly #sent: string[] = [];
  #length = 0;
  readonly #all: PromiseWithResolvers<undefined> = Promise.withResolvers();

  constructor(messages: string[]) {
    this.#messages = messages;
  }

  get allReceived(): Promise<undefined> {
    return this.#all.promise;
  }

  get answer(): string {
    return this.#sent.join("\n");
  }

  send(message: string): void {
    this.#length += message.length;
    if (this.#length > MAX_ANSWER_LENGTH) {
      this.#sent.length = 0;
      throw new DosqlError("limit", "the answers of the batch are too large");
    }
    this.#sent.push(message);
  }

  receive(): Promise<string> {
    const next = this.#messages.shift();
    if (next !== undefined) return Promise.resolve(next);
    this.#all.resolve(undefined);
    return new Promise(() => undefined);
  }

  abort(reason: unknown): void {
    const message = reason instanceof Error ? reason.message : String(reason);
    this.#all.reject(new DosqlError("protocol", message));
  }
}
