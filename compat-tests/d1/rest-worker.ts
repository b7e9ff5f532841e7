import { readFileSync, readdirSync } from "node:fs";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { bundleWorker } from "./ways-in/workers.ts";
import { COMPATIBILITY_DATE } from "./workerd.ts";

/** A Worker in workerd that serves the D1 REST API over databases in Durable Objects. */
export interface RestWorker {
  /** As `CLOUDFLARE_API_BASE_URL`. */
  readonly url: string;
  readonly token: string;
  /** The most memory that the process of workerd has had. */
  peakBytes(): number;
  stop(): Promise<void>;
}

/** @param storage a folder, or else what is stored ends with it */
export async function startRestWorker(storage?: string): Promise<RestWorker> {
  const token = "a-token-for-this-test";
  const script = await bundleWorker(new URL("service/main.workers.ts", import.meta.url));
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      host: "127.0.0.1",
      workers: [
        {
          name: "rest",
          modules: true,
          script,
          compatibilityDate: COMPATIBILITY_DATE,
          bindings: { DOSQL_TOKEN: token },
          durableObjects: {
            DOSQL: { className: "DoSQLShard", useSQLite: true },
            DOSQL_CATALOG: { className: "DoSQLCatalog", useSQLite: true },
          },
        },
      ],
    }),
    telemetry: { enabled: false },
    ...(storage === undefined ? {} : { resourcePersistencePath: storage }),
  });
  const url = await miniflare.ready;
  return {
    url: `${url.origin}/client/v4`,
    token,
    peakBytes,
    stop: () => miniflare.dispose(),
  };
}

/** Of all processes of workerd that this one started. */
function peakBytes(): number {
  const peaks = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      const status = attempt(() => readFileSync(`/proc/${pid}/status`, "utf8"));
      if (!status.includes(`PPid:\t${process.pid}\n`) || !/^Name:\tworkerd/m.test(status)) return 0;
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    });
  return Math.max(0, ...peaks);
}

/** A process may end meanwhile. */
function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
