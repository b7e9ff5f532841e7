import { DurableObject } from "cloudflare:workers";
import { DoSQLPast, DoSQLShard, R2Store } from "../../src/entry/worker.ts";
import type { Retention } from "../../src/engine/archive/retention.ts";
import type {
  ByteRange,
  ObjectStore,
  PutCondition,
  PutOutcome,
  StoredObject,
} from "../../src/ports/object-store.ts";

export { DoSQLCatalog, DoSQLD1, DoSQLRpcShard } from "../../src/entry/worker.ts";
export { DoSQLShard };

/** An object with nothing but its SQLite storage, for tests of what is built on it. */
export class BareObject extends DurableObject {}

/** Keeps nothing of its log that it need not keep. */
export class ForgetfulShard extends DoSQLShard {
  protected override get retention(): Partial<Retention> {
    return { horizonMs: 0 };
  }
}

/** A bucket that can be told to refuse. */
class MoodyStore extends R2Store {
  refuses = false;
  /** Hears what is read. */
  onRead: (key: string) => void = () => undefined;

  override async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    this.onRead(key);
    return await super.get(key, range);
  }

  override async put(key: string, body: Uint8Array, on?: PutCondition): Promise<PutOutcome> {
    if (this.refuses) throw new Error("the bucket is full");
    return await super.put(key, body, on);
  }
}

/** As `ForgetfulShard`, with an archive. */
export class ArchivingShard extends ForgetfulShard {
  readonly store = new MoodyStore((this.env as { BUCKET: R2Bucket }).BUCKET);

  protected override get archive(): ObjectStore {
    return this.store;
  }
}

/** Reads the same archive. */
export class TestPast extends DoSQLPast {
  protected override get archive(): ObjectStore {
    return new R2Store((this.env as { BUCKET: R2Bucket }).BUCKET);
  }
}

export default {
  fetch(): Response {
    return new Response("test worker");
  },
};
