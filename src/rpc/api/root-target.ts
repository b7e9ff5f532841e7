import { RpcTarget } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SlotInfo, SlotOptions } from "../../engine/feed/change-feed.ts";
import type { BeginOptions } from "../../engine/session/session.ts";
import type { Access } from "./access.ts";
import { checkAccess, checkWritable } from "./access.ts";
import { APART } from "./answer-text.ts";
import type {
  Pong,
  RemoteRoot,
  RemoteSessionOptions,
  RemoteSubscribeOptions,
  SchemaObject,
} from "./remote-api.ts";
import { keptError } from "./sent-error.ts";
import { SessionTarget } from "./session-target.ts";
import { SubscriptionTarget } from "./subscription-target.ts";
import type { TargetParts } from "./target-parts.ts";

/** The first object of a connection. */
export class RootTarget extends RpcTarget implements RemoteRoot {
  readonly #parts: TargetParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: TargetParts) {
    super();
    this.#parts = parts;
  }

  ping(): Promise<Pong> {
    return this.#inTurn(async ({ access, version }) => {
      const { name: database, readOnly, epoch = null } = access;
      const asked = access.head === undefined ? attempt(() => access.database.feed.head) : null;
      const head = asked ?? (await access.head?.()) ?? null;
      return { version, database, readOnly, head, epoch };
    });
  }

  schema(): Promise<SchemaObject[]> {
    return this.#inTurn((parts) => this.#schema(parts));
  }

  async #schema({ access }: TargetParts): Promise<SchemaObject[]> {
    // No `using`: what it is compiled to for older homes is longer than ten such methods.
    const session = access.database.session();
    try {
      const { rows } = await session.execute(
        // What the runtime keeps in an object's storage is not the user's.
        "SELECT type, name, tbl_name, sql FROM sqlite_schema " +
          "WHERE tbl_name NOT IN ('_cf_METADATA', '_cf_KV') ORDER BY rowid",
        [],
      );
      return rows.map(([type, name, table, sql]) => ({
        type: String(type),
        name: String(name),
        table: String(table),
        sql: typeof sql === "string" ? sql : null,
      }));
    } finally {
      await session[Symbol.asyncDispose]();
    }
  }

  session(options: RemoteSessionOptions): SessionTarget {
    return made(() => new SessionTarget(this.#checked(), options));
  }

  async begin(session: RemoteSessionOptions, options: BeginOptions): Promise<SessionTarget> {
    const target = this.session(session);
    try {
      if ((await target.begin(options)) === APART) throw elsewhere();
    } catch (error) {
      target[Symbol.dispose]();
      throw error;
    }
    return target;
  }

  subscribe(options: RemoteSubscribeOptions): SubscriptionTarget {
    const parts = this.#checked();
    if (!parts.lasting) {
      throw new DosqlError("unsupported", "subscriptions are not served over HTTP", {
        hint: "connect to the same address with ws: or wss:",
      });
    }
    if (options.slot !== undefined) checkWritable(parts.access, "a slot");
    return made(() => new SubscriptionTarget(parts, options));
  }

  slots(): Promise<SlotInfo[]> {
    return this.#inTurn(async ({ access }) => access.database.feed.slots.list());
  }

  createSlot(name: string, options: SlotOptions): Promise<SlotInfo> {
    return this.#inTurn(async () => this.#slots().create(name, options));
  }

  confirmSlot(name: string, lsn: number): Promise<void> {
    return this.#inTurn(async () => this.#slots().confirm(name, toLsn(lsn)));
  }

  dropSlot(name: string): Promise<void> {
    return this.#inTurn(async () => this.#slots().drop(name));
  }

  #slots(): Access["database"]["feed"]["slots"] {
    const { access } = this.#checked();
    checkWritable(access, "a slot");
    return access.database.feed.slots;
  }

  /**
   * As a session's calls: one after the other, and not while the client takes no answers, nor holds
   * too many. All that came in one piece would else find that there is room.
   */
  #inTurn<T extends object | void>(body: (parts: TargetParts) => Promise<T>): Promise<T> {
    const { open } = this.#parts;
    const turn = this.#last.then(async () => {
      await this.#parts.room();
      open.refuseFull();
      const answer = await body(this.#checked());
      open.answered(answer ?? null);
      return answer;
    });
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn.catch((error: unknown) => {
      throw keptError(error);
    });
  }

  #checked(): TargetParts {
    checkAccess(this.#parts.access, this.#parts.clock);
    return this.#parts;
  }
}

function made<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw keptError(error);
  }
}

function elsewhere(): DosqlError {
  return new DosqlError("unsupported", "transactions are not served at this address", {
    hint: "connect to the same address with /session behind its path",
  });
}

function attempt(read: () => number): number | null {
  try {
    return read();
  } catch {
    return null;
  }
}
