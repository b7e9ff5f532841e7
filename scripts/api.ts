/**
 * `npm run api`: compares what each subpath exports, values and types, with the snapshots in
 * `docs/api`; `npm run api -- -u` writes them anew. A change there is a change for users.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "tsdown";
import { snapshotFiles } from "tsnapi";

const ROOT = path.join(import.meta.dirname, "..");
const SNAPSHOTS = "docs/api";
const BUNDLES = path.join(ROOT, ".cache/api");

const update = process.argv.includes("-u");
const { exports } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  exports: Record<string, string | { "dosql-src": string }>;
};

const files = [];
for (const [subpath, target] of Object.entries(exports)) {
  if (typeof target === "string") continue;
  const name = subpath === "." ? "dosql" : subpath.slice(2);
  // One bundle for each, so that the snapshot shows what is behind a re-export.
  await build({
    config: false,
    cwd: ROOT,
    entry: { [name]: target["dosql-src"] },
    outDir: path.join(BUNDLES, name),
    dts: { oxc: true },
    format: "esm",
    platform: "neutral",
    outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
    deps: { neverBundle: [/^node:/, /^cloudflare:/, "pg"] },
    // What is loaded later would be a file of its own, named by a hash.
    outputOptions: { codeSplitting: false },
    logLevel: "error",
  });
  const bundle = path.join(BUNDLES, name, name);
  files.push({ name, runtime: `${bundle}.js`, dts: `${bundle}.d.ts` });
}

const expected = files.flatMap(({ name }) => [`${name}.snapshot.js`, `${name}.snapshot.d.ts`]);
const folder = path.join(ROOT, SNAPSHOTS);
const present = existsSync(folder) ? readdirSync(folder) : [];
const missing = expected.filter((name) => !present.includes(name));
const surplus = present.filter((name) => !expected.includes(name));
if (update) for (const name of surplus) rmSync(path.join(folder, name));

const complaints = update
  ? []
  : [
      ...missing.map((name) => `${SNAPSHOTS}/${name} is missing`),
      ...surplus.map((name) => `${SNAPSHOTS}/${name} belongs to no export`),
    ];
if (update || missing.length === 0) {
  const result = await snapshotFiles(files, ROOT, {
    outputDir: SNAPSHOTS,
    omitArgumentNames: false,
    update,
  });
  if (result.hasChanges && !update) complaints.push("the public API changed");
  if (result.hasChanges && !update) console.error(result.diff);
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error("If that is meant, run `npm run api -- -u` and commit docs/api.");
  process.exitCode = 1;
}
