import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The pinned pair of wrangler and workerd accepts no later one. */
export const COMPATIBILITY_DATE = "2026-08-15";

/** A workerd with D1 databases of its own and our Durable Object. */
export interface Workerd {
  fetch(path: string): Promise<Response>;
  stop(): Promise<void>;
}

/** One module with everything in it, as a deployment would have. */
export async function bundle(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*"],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * Starts workerd with `databases` D1 bindings (`D1_0`, …) and the namespace `DOSQL`. Miniflare
 * only writes its configuration: it is what makes D1 local. Without a `storage` folder the
 * databases end with it.
 */
export async function startWorkerd(
  script: string,
  databases: number,
  storage?: string,
): Promise<Workerd> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import("miniflare");
  const names = Array.from({ length: databases }, (_, i) => [`D1_${i}`, `d1-${i}`]);
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      workers: [
        {
          name: "contract",
          modules: true,
          script,
          compatibilityDate: COMPATIBILITY_DATE,
          d1Databases: Object.fromEntries(names),
          durableObjects: { DOSQL: { className: "DoSQLShard", useSQLite: true } },
        },
      ],
    }),
    telemetry: { enabled: false },
    ...(storage === undefined ? {} : { resourcePersistencePath: storage }),
  });
  await miniflare.ready;
  return {
    fetch: async (path) => {
      const response = await miniflare.dispatchFetch(`http://contract${path}`);
      return new Response(await response.text(), { status: response.status });
    },
    stop: () => miniflare.dispose(),
  };
}
