import type { DoSQLCatalog, DoSQLRpcShard, DoSQLShard } from "../../src/entry/worker.ts";
import type { ArchivingShard, BareObject, ForgetfulShard, TestPast } from "./worker.workers.ts";

declare global {
  namespace Cloudflare {
    /** What `wrangler.toml` beside this file binds. */
    interface Env {
      readonly BARE: DurableObjectNamespace<BareObject>;
      readonly DOSQL: DurableObjectNamespace<DoSQLShard>;
      readonly DOSQL_CATALOG: DurableObjectNamespace<DoSQLCatalog>;
      readonly RPC_SHARD: DurableObjectNamespace<DoSQLRpcShard>;
      readonly FORGETFUL: DurableObjectNamespace<ForgetfulShard>;
      readonly DOSQL_PAST: DurableObjectNamespace<TestPast>;
      readonly ARCHIVING: DurableObjectNamespace<ArchivingShard>;
      readonly REFERENCE_D1: D1Database;
      readonly BUCKET: R2Bucket;
    }
  }
}
