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

  async #schema({ access, open }: TargetParts): Promise<SchemaObject[]> {
    // No `using`: what it is compiled to for older homes is longer than ten such methods.
    const session = access.database.session();
    try {
      const { rows } = await session.execute(
        // What the runtime keeps in an object's storage is not the user's.
        "SELECT type, name, tbl_name, sql FROM sqlite_schema " +
          "WHERE tbl_name NOT IN ('_cf_METADATA', '_cf_KV') ORDER BY rowid",
        [],
      );
      const objects = rows.map(([type, name, table, sql]) => ({
        type: String(type),
        name: String(name),
        table: String(table),
        sql: typeof sql === "string" ? sql : null,
      }));
      open.answered(JSON.stringify(objects));
      return objects;
    } finally {
      await session[Symbol.asyncDispose]();
    }
  }

  session(options: RemoteSessionOptions): SessionTarget {
    return new SessionTarget(this.#checked(), options);
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
    return new SubscriptionTarget(parts, options);
  }

  slots(): Promise<SlotInfo[]> {
    return this.#inTurn(async ({ access }) => access.database.feed.slots.list());
  }

  async createSlot(name: string, options: SlotOptions): Promise<SlotInfo> {
    return this.#slots().create(name, options);
  }

  async confirmSlot(name: string, lsn: number): Promise<void> {
    await this.#slots().confirm(name, toLsn(lsn));
  }

  async dropSlot(name: string): Promise<void> {
    await this.#slots().drop(name);
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
  #inTurn<T>(body: (parts: TargetParts) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#parts.room();
      this.#parts.open.refuseFull();
      return body(this.#checked());
    });
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  #checked(): TargetParts {
    checkAccess(this.#parts.access, this.#parts.clock);
    return this.#parts;
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
