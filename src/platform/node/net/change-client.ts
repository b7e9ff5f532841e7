import { request } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request as secureRequest } from "node:https";
import { DosqlError } from "../../../base/errors.ts";
import type { ChangeSource, ChangeStatus } from "../../../ports/change-source.ts";

/** A server that does not answer within this is not there. Its stream may be silent for longer. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Above what a server says in an error, or of its slots. */
const MAX_ANSWER_BYTES = 1024 * 1024;

interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/**
 * A server's change feed over HTTP.
 *
 * @param url the server's base address
 * @throws DosqlError `invalid-argument` for an address that is none of HTTP; methods throw
 * `address` when the server cannot be reached, `authentication` when it refuses the token, and
 * else what it says
 */
export function httpChanges(url: string, token: string): ChangeSource {
  const base = baseOf(url);
  const open = new Set<ClientRequest>();
  const send = (call: Call): Promise<IncomingMessage> => exchange(base, token, call, open);
  return {
    label: base.origin,
    async lines(query) {
      const answer = await send({ method: "GET", path: `/v1/changes?${query}` });
      return {
        end: () => void answer.destroy(),
        [Symbol.asyncIterator]: () => chunksOf(answer, base),
      };
    },
    async status() {
      const health = (await json(await send({ method: "GET", path: "/health" }))) as Health;
      const { slots } = (await json(await send({ method: "GET", path: "/v1/slots" }))) as Slots;
      const [database] = health.databases;
      if (database !== undefined) return { capture: database.capture, head: database.head, slots };
      throw new DosqlError("protocol", "the server names no database");
    },
    async createSlot(name, from) {
      const body = from === null ? { name } : { name, from };
      await json(await send({ method: "POST", path: "/v1/slots", body }));
    },
    async confirmSlot(name, lsn) {
      await json(await send({ method: "POST", path: "/v1/slots/confirm", body: { name, lsn } }));
    },
    async close() {
      for (const one of open) one.destroy();
    },
  };
}

interface Health {
  readonly databases: readonly Pick<ChangeStatus, "capture" | "head">[];
}

type Slots = Pick<ChangeStatus, "slots">;

function baseOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base !== null && /^https?:$/.test(base.protocol)) return base;
  throw new DosqlError("invalid-argument", `${url} is no address of a server's HTTP side`, {
    hint: "as in http://127.0.0.1:8432",
  });
}

function exchange(
  base: URL,
  token: string,
  { method, path, body }: Call,
  open: Set<ClientRequest>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? null : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(text === null ? {} : { "content-type": "application/json" }),
    };
    const start = base.protocol === "https:" ? secureRequest : request;
    const call = start(new URL(path, base), { method, headers, agent: false });
    open.add(call);
    call.setTimeout(ANSWER_TIMEOUT_MS, () => call.destroy(new Error("no answer")));
    call.once("close", () => open.delete(call));
    call.once("error", (error) => reject(unreachable(base, error)));
    call.once("response", (answer) => {
      call.setTimeout(0);
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) resolve(answer);
      else refusal(answer, status).then(reject, reject);
    });
    call.end(text ?? undefined);
  });
}

async function* chunksOf(answer: IncomingMessage, base: URL): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw new DosqlError("address", `the connection to ${base.origin} was lost`, { cause: error });
  }
}

async function json(answer: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch (error) {
    throw new DosqlError("protocol", "the answer is no JSON: is this a DoSQL server?", {
      cause: error,
    });
  }
}

async function refusal(answer: IncomingMessage, status: number): Promise<DosqlError> {
  if (status === 401) {
    return new DosqlError("authentication", "the server refuses the token", {
      hint: "it lies in the file `token` of the server's data folder; give it in DOSQL_TOKEN",
    });
  }
  const { error } = ((await json(answer)) ?? {}) as { error?: Partial<Said> };
  const message = error?.message ?? `the server answered ${status}`;
  const hint = error?.hint === undefined ? {} : { hint: error.hint };
  return new DosqlError(known(error?.code), message, hint);
}

interface Said {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Errors that a server passes on under their own code. */
const PASSED_ON = [
  "invalid-argument",
  "not-found",
  "misuse",
  "busy",
  "history-gone",
  "unsupported",
] as const;

function known(code: string | undefined): (typeof PASSED_ON)[number] | "protocol" {
  return PASSED_ON.find((one) => one === code) ?? "protocol";
}

function unreachable(base: URL, error: Error): DosqlError {
  return new DosqlError("address", `cannot reach ${base.origin}: ${error.message}`, {
    hint: "is the server running, and is this its HTTP address?",
    cause: error,
  });
}
