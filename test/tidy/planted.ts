/** A small tree with one thing wrong in it, and what the guard must say. */
export interface Planted {
  readonly rule: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Fragments of the messages, one for each, in the guard's order. */
  readonly found: readonly string[];
}

const lines = (count: number): string => "// a line\n".repeat(count);
const engine = (text: string): Record<string, string> => ({
  "src/engine/shard.ts": text,
  "src/entry/main.ts": 'import * as shard from "../engine/shard.ts";\nvoid shard;\n',
});
const face = (name: string, text: string): Record<string, string> => ({
  [`src/compat/d1/${name}`]: text,
  "src/entry/main.ts": `import * as face from "../compat/d1/${name}";\nvoid face;\n`,
});
const entry = (text: string): Record<string, string> => ({ "src/entry/main.ts": text });

const LAYERS: readonly Planted[] = [
  {
    rule: "layers",
    title: "a lower layer that imports a higher one",
    files: engine('import "../server/http.ts";\n'),
    found: ["src/engine/shard.ts:1 [layers] src/engine/ may not import src/server/http.ts"],
  },
  {
    rule: "layers",
    title: "a type import",
    files: engine('\nimport type { Server } from "../server/http.ts";\n'),
    found: ["shard.ts:2 [layers]"],
  },
  {
    rule: "layers",
    title: "an imported type in passing",
    files: engine('export type Server = import("../server/http.ts").Server;\n'),
    found: ["may not import src/server/http.ts"],
  },
  {
    rule: "layers",
    title: "a dynamic import",
    files: engine('export const server = import("../server/http.ts");\n'),
    found: ["may not import src/server/http.ts"],
  },
  {
    rule: "layers",
    title: "a built-in module outside of the platform",
    files: engine('import "node:fs";\n'),
    found: ["may not import node:fs"],
  },
  {
    rule: "layers",
    title: "a package that is not listed",
    files: engine('import "left-pad";\n'),
    found: ["may not import left-pad"],
  },
  {
    rule: "layers",
    title: "Workers in Node's part",
    files: {
      "src/platform/node/disk.ts": 'import "cloudflare:workers";\nimport "node:fs";\n',
      "src/entry/main.ts": 'import "../platform/node/disk.ts";\n',
    },
    found: ["src/platform/node/ may not import cloudflare:workers"],
  },
  {
    rule: "layers",
    title: "one face that imports another",
    files: face("statement.ts", 'import "../pgwire/session.ts";\n'),
    found: ["src/compat/d1/ may not import src/compat/pgwire/session.ts"],
  },
  {
    rule: "layers",
    title: "more of the engine than the lake may see",
    files: {
      "src/lake/ingest.ts":
        'import "../engine/log/record.ts";\nimport "../engine/feed/slot.ts";\n' +
        'import "../engine/log/seal.ts";\n',
      "src/entry/main.ts": 'import "../lake/ingest.ts";\n',
    },
    found: ["ingest.ts:3 [layers] src/lake/ may not import src/engine/log/seal.ts"],
  },
  {
    rule: "layers",
    title: "a folder that is not in the table",
    files: { "src/extras/thing.ts": "", ...entry('import "../extras/thing.ts";\n') },
    found: ["not in the import table"],
  },
];

const SHAPE: readonly Planted[] = [
  {
    rule: "cycles",
    title: "two files that need each other for a type",
    files: {
      "src/engine/a.ts": 'import type { B } from "./b.ts";\nexport type A = B;\n',
      "src/engine/b.ts": 'import type { A } from "./a.ts";\nexport type B = A;\n',
    },
    found: ["import cycle: src/engine/a.ts → src/engine/b.ts → src/engine/a.ts"],
  },
  {
    rule: "size",
    title: "a long file",
    files: entry(lines(501)),
    found: ["501 lines; at most 500"],
  },
  {
    rule: "size",
    title: "a long function",
    files: entry(`export function f(): void {\n${lines(69)}}\n`),
    found: ["main.ts:1 [size] a function of 71 lines; at most 70"],
  },
  {
    rule: "size",
    title: "a long method",
    files: entry(`export class C {\n  f(): void {\n${lines(69)}  }\n}\n`),
    found: ["main.ts:2 [size] a function of 71 lines"],
  },
  {
    rule: "size",
    title: "a long line",
    files: { "scripts/run.ts": `\n// ${"x".repeat(98)}\n` },
    found: ["scripts/run.ts:2 [size] 101 columns; at most 100"],
  },
  {
    rule: "size",
    title: "a long comment beside a long text in a test",
    files: {
      "test/sql/a.test.ts": `const sql = "${"x".repeat(100)}";\nvoid sql;\n// ${"y".repeat(98)}\n`,
    },
    found: ["a.test.ts:3 [size] 101 columns"],
  },
  {
    rule: "size",
    title: "a long text in src",
    files: entry(`void "${"x".repeat(100)}";\n`),
    found: ["main.ts:1 [size] 108 columns"],
  },
  {
    rule: "naming",
    title: "a file that is about nothing",
    files: { "test/engine/helpers.ts": "" },
    found: ['"helpers" names no subject'],
  },
  {
    rule: "naming",
    title: "a folder that is about nothing",
    files: { "bench/common/load.ts": "" },
    found: ['"common" names no subject'],
  },
  {
    rule: "naming",
    title: "an index file",
    files: { "src/entry/index.ts": "" },
    found: ["no index files"],
  },
  {
    rule: "naming",
    title: "a file name in camel case",
    files: { "src/entry/mainEntry.ts": "" },
    found: ["lower case with hyphens"],
  },
  {
    rule: "orphans",
    title: "a file that nobody imports",
    files: { "src/engine/lost.ts": "", ...entry("") },
    found: ["src/engine/lost.ts:1 [orphans]"],
  },
  {
    rule: "comments",
    title: "a to-do without an issue",
    files: entry("// TODO: later\n// TODO(#12): with an issue\n"),
    found: ["main.ts:1 [comments]"],
  },
  {
    rule: "comments",
    title: "a banner",
    files: entry(`// ${"=".repeat(20)}\n`),
    found: ["a banner"],
  },
];

const EXPORTS: readonly Planted[] = [
  {
    rule: "exports",
    title: "a star",
    files: {
      ...engine("export const a = 1;\n"),
      ...entry('export * from "../engine/shard.ts";\n'),
    },
    found: ["`export *`"],
  },
  {
    rule: "exports",
    title: "a star with a name",
    files: {
      ...engine("export const a = 1;\n"),
      ...entry('export * as shard from "../engine/shard.ts";\n'),
    },
    found: ["`export *`"],
  },
  {
    rule: "exports",
    title: "a re-export outside of the entries",
    files: { "src/base/value.ts": "", ...engine('export { a } from "../base/value.ts";\n') },
    found: ["re-export of a"],
  },
  {
    rule: "exports",
    title: "a re-export by way of an import",
    files: {
      "src/base/value.ts": "",
      ...engine('import type { A } from "../base/value.ts";\nexport type { A };\n'),
    },
    found: ["re-export of A"],
  },
  {
    rule: "exports",
    title: "a default export",
    files: engine("export default class {}\n"),
    found: ["default export"],
  },
  {
    rule: "exports",
    title: "a default export by name",
    files: engine("const a = 1;\nexport { a as default };\n"),
    found: ["default export"],
  },
];

const CODE: readonly Planted[] = [
  {
    rule: "errors",
    title: "a foreign error in the core",
    files: engine('throw new TypeError("no");\n'),
    found: ["TypeError in core code"],
  },
  {
    rule: "errors",
    title: "a foreign error that is made in one place and thrown in another",
    files: engine('export const oops = (): unknown => Error("no");\n'),
    found: ["Error in core code"],
  },
  {
    rule: "errors",
    title: "a thrown text",
    files: engine('throw "no";\n'),
    found: ["throw a DosqlError"],
  },
  {
    rule: "errors",
    title: "a second error class",
    files: engine("export class ShardError extends DosqlError {}\n"),
    found: ["outside of errors.ts (extends DosqlError)"],
  },
  {
    rule: "errors",
    title: "a face's error class outside of its errors.ts",
    files: face("statement.ts", "export class D1Error extends Error {}\n"),
    found: ["outside of errors.ts (extends Error)"],
  },
  ...["Date.now()", "new Date()", "Math.random()", 'Math["random"]()', "performance.now()"].map(
    (code) => ({
      rule: "ports",
      title: code,
      files: engine(`export const value = ${code};\n`),
      found: ["shard.ts:1 [ports]"],
    }),
  ),
  ...["setTimeout", "crypto", "fetch", "process", "Buffer", "console", "globalThis"].map(
    (name) => ({
      rule: "ports",
      title: name,
      files: engine(`export const it = (): unknown => f(${name}.x, { ${name}: 1 });\n`),
      found: [`${name} in portable code`],
    }),
  ),
  {
    rule: "ports",
    title: "a global that is passed on by its own name",
    files: engine("export const parts = { process };\n"),
    found: ["process in portable code"],
  },
  {
    rule: "ports",
    title: "a timer in a face",
    files: face("statement.ts", "setTimeout(() => {}, 1);\n"),
    found: ["setTimeout in portable code: use Clock"],
  },
  {
    rule: "state",
    title: "a module-level let",
    files: entry("export let count = 0;\n"),
    found: ["module-level let"],
  },
  {
    rule: "state",
    title: "a module-level cache",
    files: entry("const cache = new Map<string, string>();\nvoid cache;\n"),
    found: ["begins empty"],
  },
  {
    rule: "state",
    title: "a module-level list",
    files: entry("const seen: string[] = [];\nvoid seen;\n"),
    found: ["begins empty"],
  },
  {
    rule: "waiting",
    title: "an async function in the engine",
    files: engine("export async function run(): Promise<void> {}\n"),
    found: ["shard.ts:1 [waiting]"],
  },
  {
    rule: "waiting",
    title: "an async method in the parser",
    files: {
      "src/sql/lexer.ts": "export class Lexer {\n  async next(): Promise<void> {}\n}\n",
      ...entry('import "../sql/lexer.ts";\n'),
    },
    found: ["lexer.ts:2 [waiting]"],
  },
];

/** At least one for each rule. */
export const PLANTED: readonly Planted[] = [...LAYERS, ...SHAPE, ...EXPORTS, ...CODE];
