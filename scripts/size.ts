/**
 * `npm run size`: what a Worker has to load of us, bundled and minified as its bundler would do
 * it, gzipped. Limits stand in `.size-limit.json`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.join(import.meta.dirname, "..");
const BUNDLES = path.join(ROOT, ".cache/size");

const limits = JSON.parse(readFileSync(path.join(ROOT, ".size-limit.json"), "utf8")) as {
  path: string;
}[];
const entries = limits.map((limit) => path.basename(limit.path, ".js"));

await build({
  absWorkingDir: ROOT,
  entryPoints: Object.fromEntries(entries.map((name) => [name, `dist/entry/${name}.js`])),
  outdir: BUNDLES,
  bundle: true,
  minify: true,
  format: "esm",
  conditions: ["workerd", "worker"],
  external: ["cloudflare:*", "node:*"],
  logLevel: "error",
});

const sizeLimit = path.join(ROOT, "node_modules/size-limit/bin.js");
const { status } = spawnSync(process.execPath, [sizeLimit], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
