/*
 * An interactive transaction in a Durable Object, by the pull protocol. The object cannot answer
 * other calls while it holds a transaction open, not even those of the client whose transaction
 * it is. So the client makes one call, `transact`, and hands a function over; the object calls
 * that for each next message, with the answer to the one before (null at first). `transact`
 * itself answers when the transaction is over, to the message that ended it.
 */
import { DosqlError } from "../base/errors.ts";
import type { Statement } from "../engine/session/session.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import type { Described, KeptSession } from "./shard-session-wire.ts";
import type { WireAnswer } from "./shard-wire.ts";

/**
 * What the client wants next. One statement runs alone, and may be SAVEPOINT, RELEASE, ROLLBACK
 * TO, COMMIT or ROLLBACK; several run all or not at all. A text may also be described only.
 */
export type TransactionMessage =
  | { readonly statements: readonly Statement[] }
  | { readonly describe: string }
  | { readonly end: "commit" | "rollback" };

/** What a message is answered. */
export type TransactionReply = WireAnswer | Described;

/** Asks the client for its next message. */
export type NextMessage = (
  reply: TransactionReply | null,
) => TransactionMessage | Promise<TransactionMessage>;

/** How a transaction is opened. */
export interface TransactionOptions {
  readonly integers: IntegerMode;
  /** Whose transaction it is, where a Worker keeps the client's session. */
  readonly kept?: KeptSession;
  /** The text that begins it, where there is one. It may say READ ONLY. */
  readonly begin?: string;
  /** Refuse what writes. */
  readonly readOnly?: boolean;
  /** How long the object waits for a message. At most, and by default, 3 s. */
  readonly idleMs?: number;
  /** How long the transaction may last. At most, and by default, 20 s. */
  readonly totalMs?: number;
}

/** What a shard's Durable Object offers for it over the runtime's RPC. */
export interface TransactionService {
  /**
   * Holds a transaction open for as long as `next` answers. All else in the object waits
   * meanwhile. Failures are values, as those of `query`; after one the transaction is undone.
   */
  transact(next: NextMessage, options: TransactionOptions): Promise<WireAnswer>;
}

/** Nobody holds the object for longer between two messages. */
const MAX_IDLE_MS = 3_000;
/** Nobody holds the object for longer at all; the runtime resets it after 30 s. */
const MAX_TOTAL_MS = 20_000;

/** @throws DosqlError `invalid-argument` for a limit that is no time, or beyond the highest */
export function limitsOf(options: TransactionOptions): { idleMs: number; totalMs: number } {
  const { idleMs = MAX_IDLE_MS, totalMs = MAX_TOTAL_MS } = options;
  checkLimit("idleMs", idleMs, MAX_IDLE_MS);
  checkLimit("totalMs", totalMs, MAX_TOTAL_MS);
  return { idleMs, totalMs };
}

function checkLimit(name: string, value: unknown, highest: number): void {
  if (typeof value === "number" && value > 0 && value <= highest) return;
  throw new DosqlError("invalid-argument", `${name} cannot be ${String(value)}`, {
    hint: `it is more than 0 and at most ${highest}`,
  });
}

/** @throws DosqlError `protocol` for what is no message */
export function checkMessage(value: unknown): TransactionMessage {
  if (typeof value === "object" && value !== null) {
    if ("end" in value && (value.end === "commit" || value.end === "rollback")) {
      return { end: value.end };
    }
    if ("statements" in value && Array.isArray(value.statements)) {
      const { statements } = value;
      if (statements.length > 0 && statements.every(isStatement)) return { statements };
    }
    if ("describe" in value && typeof value.describe === "string") {
      return { describe: value.describe };
    }
  }
  throw new DosqlError("protocol", "the client answered with what is no message of a transaction");
}

function isStatement(value: unknown): value is Statement {
  if (typeof value !== "object" || value === null) return false;
  if (!("sql" in value && "params" in value)) return false;
  return typeof value.sql === "string" && Array.isArray(value.params);
}
