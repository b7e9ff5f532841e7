import type { RpcTransport } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import type { OpenObjects } from "./target-parts.ts";

/** A message at most, in UTF-16 units. Homes refuse larger frames before they are in memory. */
export const MAX_MESSAGE_LENGTH = 33_554_432;

/** Calls whose results a client did not let go, at most: the server keeps each of them. */
const MAX_CALLS = 100_000;

/** A method's name as JSON, at most: one that there is not is kept with the call's failure. */
const MAX_PATH_LENGTH = 64;

/** What arguments are made of is flat. */
const MAX_DEPTH = 32;

/** Values that JSON has not, as capnweb writes them: lists that begin with such a word. */
const SPECIAL: ReadonlySet<unknown> = new Set([
  ...["undefined", "inf", "-inf", "nan", "date", "bigint", "bytes"],
]);

/** What a transport of texts has to have. */
type TextTransport = Required<Pick<RpcTransport, "send" | "receive" | "abort">>;

/**
 * The server's end of a transport. It lets calls of methods through with plain values, and nothing
 * else that capnweb could do: one small message with functions to map over results could keep the
 * server busy for ever, and it never calls its clients.
 */
export class GuardedTransport {
  readonly encodingLevel = "jsonCompatible";
  readonly #inner: TextTransport;
  readonly #open: OpenObjects;
  /** How long the answers are that the client has not let go. */
  readonly #answers = new Map<number, number>();
  #calls = 0;

  constructor(inner: TextTransport, open: OpenObjects) {
    this.#inner = inner;
    this.#open = open;
  }

  send(message: unknown): number {
    const text = JSON.stringify(message);
    const [kind, id, value] = message as [string, number, unknown];
    if (kind === "resolve") this.#answers.set(id, countedLength(value));
    void this.#inner.send(text);
    return text.length;
  }

  /** @throws DosqlError `protocol` for what is no call, `limit` */
  async receive(): Promise<unknown> {
    const text = await this.#inner.receive();
    if (text.length > MAX_MESSAGE_LENGTH) throw new DosqlError("limit", "a message is too large");
    const message: unknown = JSON.parse(text);
    this.#note(message);
    return message;
  }

  abort(reason: unknown): void {
    this.#inner.abort(reason);
  }

  #note(message: unknown): void {
    const [kind, what, times] = Array.isArray(message) ? (message as unknown[]) : [];
    switch (kind) {
      case "push":
        if (!isCall(what))
          throw new DosqlError("protocol", "a message is no call with plain values");
        if (++this.#calls > MAX_CALLS) {
          throw new DosqlError("limit", "the client lets go of nothing that it asked for");
        }
        return;
      case "release":
        // capnweb would take 0 or less, and let go of nothing.
        if (!Number.isSafeInteger(times) || Number(times) < 1) {
          throw new DosqlError("protocol", "a message lets go of nothing");
        }
        if (typeof what === "number" && what > 0) this.#release(what);
        return;
      case "pull":
      case "abort":
        return;
      default:
        throw new DosqlError("protocol", "a message is none of a client's");
    }
  }

  #release(call: number): void {
    this.#open.letGo(this.#answers.get(call) ?? 0);
    this.#answers.delete(call);
    // What was never asked for is gone too then.
    if (--this.#calls > 0) return;
    this.#open.letGo(Infinity);
    this.#answers.clear();
  }
}

/**
 * What `OpenObjects.answered` was told of an answer. One character more, and who lets go of some
 * answers could keep others uncounted.
 */
function countedLength(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  if (!Array.isArray(value)) return JSON.stringify(value).length;
  // A list stands in a list of its own; another one is an object that stays here.
  return Array.isArray(value[0]) ? JSON.stringify(value).length - 2 : 0;
}

/** `["pipeline", object, path, arguments]`: a method of an object, or of what a call answers. */
function isCall(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [kind, , path = [], values = []] = value as unknown[];
  if (kind !== "pipeline" || JSON.stringify(path).length > MAX_PATH_LENGTH) return false;
  return Array.isArray(values) && values.every((one) => isPlain(one, 0));
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  const inside = (one: unknown): boolean => isPlain(one, depth + 1);
  if (!Array.isArray(value)) return Object.values(value).every(inside);
  // A list stands in a list of its own.
  const [first] = value as unknown[];
  return Array.isArray(first) ? value.length === 1 && first.every(inside) : SPECIAL.has(first);
}
