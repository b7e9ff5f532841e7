/**
 * `npm run size`: what a Worker has to load of us, bundled and minified as its bundler would do
 * it, gzipped. Limits stand in `.size-limit.json`; its file names say what is measured:
 *
 *   d1.js                      all that `dosql/d1` exports, in one file, as wrangler bundles
 *   d1-alone.js                only its export `d1`
 *   d1-alone.at-once.js        of that, what is loaded at once where a bundler splits
 *   d1-alone.option-runner.js  of that, what loading `option-runner.ts` adds later
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, Metafile } from "esbuild";
import { build } from "esbuild";

const ROOT = path.join(import.meta.dirname, "..");
const BUNDLES = path.join(ROOT, ".cache/size");
const AT_ONCE = "at-once";

const OPTIONS: BuildOptions = {
  absWorkingDir: ROOT,
  outdir: BUNDLES,
  bundle: true,
  minify: true,
  format: "esm",
  conditions: ["workerd", "worker"],
  external: ["cloudflare:*", "node:*"],
  logLevel: "error",
};

const limits = JSON.parse(readFileSync(path.join(ROOT, ".size-limit.json"), "utf8")) as {
  path: string;
}[];
const names = limits.map((limit) => path.basename(limit.path, ".js"));
const whole = names.filter((name) => !name.includes("."));
const parts = names.filter((name) => name.includes("."));

/** What a Worker loads that imports one name only: `d1-alone` is `d1` of `dosql/d1`. */
function entryOf(name: string): string {
  if (!name.endsWith("-alone")) return `dist/entry/${name}.js`;
  const only = name.slice(0, -"-alone".length);
  const file = path.join(BUNDLES, `${name}.entry.js`);
  mkdirSync(BUNDLES, { recursive: true });
  writeFileSync(file, `export { ${only} } from "../../dist/entry/${only}.js";\n`);
  return file;
}

/** The files of a bundle that load with the one that a source file is the entry of. */
function loadedWith(source: string, { outputs }: Metafile): Set<string> {
  const isEntry = ([, output]: [string, { entryPoint?: string }]): boolean =>
    path.basename(output.entryPoint ?? "") === path.basename(source);
  const [first] = Object.entries(outputs).find(isEntry) ?? [];
  if (first === undefined) throw new Error(`${source} is no part that loads by itself`);
  const found = new Set([first]);
  for (const one of found) {
    for (const { path: other, kind, external = false } of outputs[one]?.imports ?? []) {
      if (kind === "import-statement" && !external) found.add(other);
    }
  }
  return found;
}

/** Writes what loads at once, or what loading a file later adds, one behind the other. */
async function writePart(name: string): Promise<void> {
  const [of = "", part = ""] = name.split(".");
  const entry = entryOf(of);
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    entryPoints: { [of]: entry },
    splitting: true,
    metafile: true,
    write: false,
  });
  const atOnce = loadedWith(entry, metafile);
  const added = part === AT_ONCE ? [] : loadedWith(`${part}.js`, metafile);
  const wanted = part === AT_ONCE ? atOnce : [...added].filter((file) => !atOnce.has(file));
  const texts = new Map(outputFiles.map((file) => [path.relative(ROOT, file.path), file.text]));
  const text = Array.from(wanted, (file) => texts.get(file) ?? "").join("");
  writeFileSync(path.join(BUNDLES, `${name}.js`), text);
}

await build({
  ...OPTIONS,
  entryPoints: Object.fromEntries(whole.map((name) => [name, entryOf(name)])),
});
for (const name of parts) await writePart(name);

const sizeLimit = path.join(ROOT, "node_modules/size-limit/bin.js");
const { status } = spawnSync(process.execPath, [sizeLimit], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
