import { defineConfig } from "tsdown";

export default defineConfig({
  // Every entry is one: a subpath of the package, or the main of a process.
  entry: "src/entry/*.ts",
  // One file for one file: what two entries share exists once, as in the sources.
  unbundle: true,
  root: "src",
  format: "esm",
  platform: "neutral",
  target: "es2024",
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  dts: { oxc: true },
  // `Session` can be disposed of; a consumer's own `lib` may not know the word.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  deps: { neverBundle: [/^node:/, /^cloudflare:/, "pg", "ws", "capnweb"] },
  failOnWarn: true,
  publint: { strict: true },
  attw: { profile: "esm-only", level: "error" },
});
