import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { build } from "esbuild";
import { COMPATIBILITY_DATE } from "../workerd.ts";

/** A Worker to start, by the options that Miniflare takes. */
export interface WorkerOptions {
  readonly name: string;
  /** One module; else `modules`, of which the first one is the Worker. */
  readonly script?: string;
  readonly [option: string]: unknown;
}

/** What a runner can do to one Worker. */
export interface RunningWorker {
  fetch(
    url: string,
    init?: { method: string; headers?: Record<string, string>; body?: string },
  ): Promise<{ status: number; json(): Promise<unknown>; text(): Promise<string> }>;
  scheduled(event: { cron: string }): Promise<unknown>;
  queue(
    name: string,
    messages: readonly { id: string; timestamp: Date; body: unknown; attempts: number }[],
  ): Promise<unknown>;
}

const BUNDLE = {
  bundle: true,
  write: false,
  format: "esm",
  target: "es2024",
  conditions: ["dosql-src", "workerd", "worker"],
  // The Workers of these tests lie inside a package that says it has no side effects.
  ignoreAnnotations: true,
  external: ["cloudflare:*", "node:*"],
  logLevel: "silent",
} satisfies BuildOptions;

/** Some Workers in one workerd. */
export interface RunningWorkers {
  worker(name: string): Promise<RunningWorker>;
  stop(): Promise<void>;
}

/** A Worker as one module, as wrangler would deploy it; `dosql/…` is taken from the sources. */
export async function bundleWorker(entry: URL): Promise<string> {
  const { outputFiles } = await build({ ...BUNDLE, entryPoints: [fileURLToPath(entry)] });
  return outputFiles[0]?.text ?? "";
}

/** A Worker as several modules, as a bundler makes them that splits: the Worker comes first. */
export async function splitWorker(
  entry: URL,
): Promise<{ type: "ESModule"; path: string; contents: string }[]> {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: { worker: fileURLToPath(entry) },
    splitting: true,
    outdir: "/",
  });
  return outputFiles
    .map(({ path, text }) => ({ type: "ESModule" as const, path: path.slice(1), contents: text }))
    .sort((a, b) => Number(b.path === "worker.js") - Number(a.path === "worker.js"));
}

/** Starts Workers on the pinned workerd, with storage in memory. */
export async function startWorkers(workers: readonly WorkerOptions[]): Promise<RunningWorkers> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import("miniflare");
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
  });
  await miniflare.ready;
  return {
    worker: async (name) => (await miniflare.getWorker(name)) as unknown as RunningWorker,
    stop: () => miniflare.dispose(),
  };
}
