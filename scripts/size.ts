/**
 * `npm run size`: what a Worker has to load of us, bundled and minified as its bundler would do
 * it, gzipped. Limits stand in `.size-limit.json`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.join(import.meta.dirname, "..");
const BUNDLES = path.join(ROOT, ".cache/size");

const limits = JSON.parse(readFileSync(path.join(ROOT, ".size-limit.json"), "utf8")) as {
  path: string;
}[];
const entries = limits.map((limit) => path.basename(limit.path, ".js"));

/** What a Worker loads that imports one name only: `d1-alone` is `d1` of `dosql/d1`. */
function entryOf(name: string): string {
  if (!name.endsWith("-alone")) return `dist/entry/${name}.js`;
  const only = name.slice(0, -"-alone".length);
  const file = path.join(BUNDLES, `${name}.entry.js`);
  mkdirSync(BUNDLES, { recursive: true });
  writeFileSync(file, `export { ${only} } from "../../dist/entry/${only}.js";\n`);
  return file;
}

await build({
  absWorkingDir: ROOT,
  entryPoints: Object.fromEntries(entries.map((name) => [name, entryOf(name)])),
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
