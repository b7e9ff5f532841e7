/* The upstream suite inside of workerd, over the storage of a Durable Object. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import type { Outcome } from "./durable-runner.ts";
import type { Report } from "./report.ts";

const COMPATIBILITY_DATE = "2026-08-15";
/** Files whose tests need files, processes, threads, functions, tables or extensions. */
const ELSEWHERE = /^(?:00|02|32|33|34|35|36|37|41|42|44)\./;

/** What the tests require, besides each other. */
function suitePlugin(suite: string): Plugin {
  const names = readdirSync(path.join(suite, "test")).filter(
    (name) => name.endsWith(".js") && !ELSEWHERE.test(name),
  );
  const list = names.map((name) => {
    const file = JSON.stringify(path.join(suite, "test", name));
    return `${JSON.stringify(name)}: () => require(${file})`;
  });
  return {
    name: "upstream",
    setup({ onResolve, onLoad }) {
      onLoad({ filter: /suite-files\.ts$/ }, () => ({
        contents: `export const expect = require("chai").expect; export const FILES = {${list}};`,
        resolveDir: suite,
      }));
      onResolve({ filter: /^\.\.\/\.$/ }, () => ({ path: "target", namespace: "made" }));
      onLoad({ filter: /^target$/, namespace: "made" }, () => ({
        contents: 'module.exports = require("./durable-runner.ts").target.Database;',
        resolveDir: import.meta.dirname,
      }));
      onResolve({ filter: /^(?:fs|path|os|vm|child_process|worker_threads)$/ }, (args) => ({
        path: args.path,
        namespace: "builtin",
      }));
      onLoad({ filter: /.*/, namespace: "builtin" }, (args) => ({
        contents: `export * from "node:${args.path}"; export { default } from "node:${args.path}";`,
      }));
    },
  };
}

export async function runDurable(suite: string): Promise<Report> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import("miniflare");
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "durable-object.workers.ts")],
    plugins: [suitePlugin(suite)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "require", "default"],
    keepNames: true,
    external: ["cloudflare:*", "node:*"],
  });
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      workers: [
        {
          name: "upstream",
          modules: true,
          script: outputFiles[0]?.text ?? "",
          compatibilityDate: COMPATIBILITY_DATE,
          compatibilityFlags: ["nodejs_compat"],
          durableObjects: { OBJECT: { className: "Upstream", useSQLite: true } },
        },
      ],
    }),
    telemetry: { enabled: false },
  });
  await miniflare.ready;
  const outcomes: Outcome[] = [];
  const names = readdirSync(path.join(suite, "test"));
  for (const body of names.filter((name) => name.endsWith(".js") && !ELSEWHERE.test(name))) {
    const response = await miniflare.dispatchFetch("http://u/", { method: "POST", body });
    const text = await response.text();
    if (!response.ok) outcomes.push({ title: body, message: text.slice(0, 500) });
    else outcomes.push(...(JSON.parse(text) as Outcome[]));
  }
  await miniflare.dispose();
  const failed = outcomes.filter(({ message }) => message !== null);
  return {
    stats: { tests: outcomes.length, passes: outcomes.length - failed.length },
    failures: failed.map(({ title, message }) => ({
      fullTitle: title,
      err: { message: message ?? "" },
    })),
  };
}
