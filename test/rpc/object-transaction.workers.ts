import { env } from "cloudflare:workers";
import type { Row } from "../../src/base/value.ts";
import type { DoSQLShard } from "../../src/entry/worker.ts";
import type {
  NextMessage,
  TransactionMessage,
  TransactionOptions,
  TransactionService,
} from "../../src/rpc/shard-transaction-wire.ts";
import type { ShardService, WireAnswer } from "../../src/rpc/shard-wire.ts";

export type Stub = DurableObjectStub<DoSQLShard>;

/** A shard of this name, made by whoever uses it first. */
export function shardStub(name: string): Stub {
  return env.DOSQL.get(env.DOSQL.idFromName(name));
}

/** One statement outside of transactions. */
export async function query(stub: Stub, sql: string, ...params: Row): Promise<WireAnswer> {
  return (stub as unknown as ShardService).query([{ sql, params }], "number");
}

/** The rows of one, or the message of its error. */
export async function rowsOf(stub: Stub, sql: string): Promise<unknown> {
  return outcome(await query(stub, sql));
}

export function outcome(answer: WireAnswer | null): unknown {
  if (answer === null) return null;
  return "error" in answer ? answer.error.message : answer.results.flatMap(([, rows]) => rows);
}

export function transact(
  stub: Stub,
  next: NextMessage,
  options: Partial<TransactionOptions> = {},
): Promise<WireAnswer> {
  const service = stub as unknown as TransactionService;
  return service.transact(next, { integers: "number", ...options });
}

export function say(sql: string, ...params: Row): TransactionMessage {
  return { statements: [{ sql, params }] };
}

/** Plays these texts one after another; the answers, and how it ended. */
export async function play(
  stub: Stub,
  texts: readonly (string | TransactionMessage)[],
  options: Partial<TransactionOptions> = {},
): Promise<{ heard: unknown[]; end: WireAnswer }> {
  const heard: unknown[] = [];
  const left = [...texts];
  const next: NextMessage = (reply) => {
    if (reply !== null) heard.push(outcome(reply as WireAnswer));
    const text = left.shift() ?? { end: "rollback" };
    return typeof text === "string" ? say(text) : text;
  };
  const end = await transact(stub, next, options);
  return { heard, end };
}
