import { DosqlError } from "../base/errors.ts";
import { LAST_COUNTER, readHlc } from "../base/hlc.ts";
import type { Hlc } from "../base/hlc.ts";
import { toLsn } from "../base/lsn.ts";
import type { Lsn } from "../base/lsn.ts";
import type { FeedStart, SlotOptions, SubscribeOptions } from "../engine/feed/change-feed.ts";
import type { LogOp } from "../engine/log/record.ts";
import { readIsoTime } from "../engine/time/iso-time.ts";

const OPERATIONS: readonly LogOp[] = ["insert", "update", "delete", "ddl", "truncate"];

const KNOWN: ReadonlySet<string> = new Set([
  "from",
  "table",
  "tables",
  "operations",
  "since",
  "slot",
  "heartbeat",
  "follow",
]);

/** What a client of the feed asks for. */
export interface ChangeRequest {
  readonly options: SubscribeOptions;
  /** Whether the stream goes on behind what was there when it began. */
  readonly follow: boolean;
}

/**
 * Reads where a feed begins: `start`, `now`, `snapshot`, a log sequence number, or a time in
 * ISO 8601's form (a number alone is a log sequence number) or a clock as the feed prints it, from
 * which on all transactions come.
 *
 * @throws DosqlError `invalid-argument`
 */
function readStart(text: string): FeedStart {
  if (text === "start" || text === "now" || text === "snapshot") return text;
  const clock = readHlc(text);
  if (clock !== null) return { at: before(clock) };
  if (/^\d+$/.test(text)) return toLsn(Number(text));
  const wallMs = readIsoTime(text);
  if (wallMs !== null) return { at: before({ wallMs, counter: 0 }) };
  throw new DosqlError("invalid-argument", `a feed cannot begin at "${text}"`, {
    hint:
      "give start, now, snapshot, a log sequence number, a time as 2026-11-20T10:00:00Z, or " +
      "a clock as dosql tail prints it",
  });
}

/** The last reading before one. */
function before({ wallMs, counter }: Hlc): Hlc {
  if (counter > 0) return { wallMs, counter: counter - 1 };
  return { wallMs: wallMs - 1, counter: LAST_COUNTER };
}

/**
 * Reads operations.
 *
 * @throws DosqlError `invalid-argument`
 */
function readOperations(names: readonly string[]): LogOp[] {
  return names.map((name) => {
    const found = OPERATIONS.find((one) => one === name);
    if (found !== undefined) return found;
    throw new DosqlError("invalid-argument", `there is no operation "${name}"`, {
      hint: `one of ${OPERATIONS.join(", ")}`,
    });
  });
}

/**
 * What the query of `/v1/changes` asks for: `from`, `tables=a,b` or several `table=a`,
 * `operations=insert,delete`, `since` (a log sequence number at which the tables had
 * these names), `slot`, `heartbeat` (milliseconds, 0 for none), `follow=false`.
 *
 * @throws DosqlError `invalid-argument`, also for a parameter that is unknown
 */
export function readSubscription(query: URLSearchParams): ChangeRequest {
  for (const [name] of query) {
    if (KNOWN.has(name)) continue;
    throw new DosqlError("invalid-argument", `there is no parameter "${name}"`, {
      hint: `one of ${[...KNOWN].join(", ")}`,
    });
  }
  const from = query.get("from");
  const since = query.get("since");
  const slot = query.get("slot");
  const heartbeat = query.get("heartbeat");
  const tables = [...query.getAll("table"), ...listOf(query.get("tables"))];
  const operations = listOf(query.get("operations"));
  const options = {
    ...(from === null ? {} : { from: readStart(from) }),
    ...(since === null ? {} : { since: readSince(since) }),
    ...(slot === null ? {} : { slot }),
    ...(tables.length === 0 ? {} : { tables }),
    ...(operations.length === 0 ? {} : { operations: readOperations(operations) }),
    ...(heartbeat === null ? {} : { heartbeatMs: readHeartbeat(heartbeat) }),
  };
  return { options, follow: readFollow(query.get("follow")) };
}

/**
 * Reads where a slot begins.
 *
 * @throws DosqlError `invalid-argument`
 */
export function slotStart(text: string): NonNullable<SlotOptions["from"]> {
  const start = readStart(text);
  if (start !== "snapshot") return start;
  throw new DosqlError("invalid-argument", "a replication slot cannot begin with a snapshot", {
    hint: "create it from now, and follow it from snapshot",
  });
}

function listOf(text: string | null): string[] {
  return text === null ? [] : text.split(",").filter((item) => item !== "");
}

function readSince(text: string): Lsn {
  if (/^\d{1,15}$/.test(text)) return toLsn(Number(text));
  throw new DosqlError("invalid-argument", `since is a log sequence number, not "${text}"`);
}

function readHeartbeat(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new DosqlError("invalid-argument", `heartbeat is in milliseconds, not "${text}"`);
}

function readFollow(text: string | null): boolean {
  if (text === null || text === "true") return true;
  if (text === "false") return false;
  throw new DosqlError("invalid-argument", `follow is true or false, not "${text}"`);
}
