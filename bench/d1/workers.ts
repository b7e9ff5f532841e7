/** The Workers of the D1 benchmark in one raw workerd, with every way to a database of ours. */
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { COMPATIBILITY_DATE, bundle } from "../../compat-tests/d1/workerd.ts";

export const TOKEN = "token-of-the-benchmark";

/** The database behind the bindings; one that was created by name. */
const DATABASE = "bench";

const PLUGIN = fileURLToPath(
  new URL("../../compat-tests/d1/service/binding-plugin.cjs", import.meta.url),
);

/** How the Worker of a round reaches a database: which Worker asks, and by which binding. */
export type Wiring = "stub" | "fetch" | "rpc" | "fetch-floor" | "rpc-floor";

/** A running benchmark. */
export interface BenchWorkers {
  /** Where the first Worker listens. */
  readonly url: string;
  ask(wiring: Wiring, page: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts them with their storage in a folder. */
export async function startBench(storage: string): Promise<BenchWorkers> {
  const script = await bundle(new URL("rounds.workers.ts", import.meta.url));
  const service = await bundle(
    new URL("../../compat-tests/d1/service/main.workers.ts", import.meta.url),
  );
  const floor = await bundle(new URL("floor.workers.ts", import.meta.url));
  const object = (className: string) => ({ className, useSQLite: true });
  const binding = {
    name: "SERVICE",
    type: "d1-service",
    plugin: { package: PLUGIN, name: "dosql-binding" },
    options: { service: "service", props: { database: DATABASE } },
  };
  const floorBinding = { ...binding, name: "FLOOR", options: { service: "floor", props: {} } };
  const workers = [
    {
      name: "bench",
      script,
      d1Databases: { D1_0: "d1-0" },
      durableObjects: {
        DOSQL: object("DoSQLShard"),
        RPC: object("DoSQLRpcShard"),
        CONSTANT: object("Constant"),
      },
      unsafeBindings: [binding, floorBinding],
    },
    {
      name: "rpc",
      script,
      compatibilityFlags: ["experimental", "d1_binding_jsrpc"],
      unsafeBindings: [binding, floorBinding],
    },
    { name: "floor", script: floor, durableObjects: { OBJECT: object("Nothing") } },
    {
      name: "service",
      script: service,
      bindings: { DOSQL_TOKEN: TOKEN },
      durableObjects: { DOSQL: object("DoSQLShard"), DOSQL_CATALOG: object("DoSQLCatalog") },
    },
  ];
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      workers: workers.map((one) => ({
        modules: true,
        compatibilityDate: COMPATIBILITY_DATE,
        ...one,
      })) as never,
    }),
    telemetry: { enabled: false },
    resourcePersistencePath: storage,
  });
  const url = await miniflare.ready;
  const api = await miniflare.getWorker("service");
  const made = await api.fetch("http://service/client/v4/accounts/bench/d1/database", {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ name: DATABASE }),
  });
  if (!made.ok) throw new Error(await made.text());
  return {
    url: url.href,
    async ask(wiring, page) {
      const worker = await miniflare.getWorker(wiring.startsWith("rpc") ? "rpc" : "bench");
      const response = await worker.fetch(`http://bench${page}?wiring=${wiring}`);
      if (!response.ok) throw new Error(`${wiring} ${page}: ${await response.text()}`);
      return response.json();
    },
    stop: () => miniflare.dispose(),
  };
}
