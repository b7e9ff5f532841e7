import type { DoSQLShard } from "../../src/entry/worker.ts";
import type { BareObject } from "./worker.workers.ts";

declare global {
  namespace Cloudflare {
    /** What `wrangler.toml` beside this file binds. */
    interface Env {
      readonly BARE: DurableObjectNamespace<BareObject>;
      readonly DOSQL: DurableObjectNamespace<DoSQLShard>;
      readonly REFERENCE_D1: D1Database;
      readonly BUCKET: R2Bucket;
    }
  }
}
