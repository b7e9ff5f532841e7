import path from "node:path";
import { describe, expect, it } from "vitest";
import { comments } from "./tidy/comments.ts";
import { cycles } from "./tidy/cycles.ts";
import { errors } from "./tidy/errors.ts";
import { exports } from "./tidy/exports.ts";
import { layers } from "./tidy/layers.ts";
import { naming } from "./tidy/naming.ts";
import { orphans } from "./tidy/orphans.ts";
import { PLANTED } from "./tidy/planted.ts";
import { ports } from "./tidy/ports.ts";
import { size } from "./tidy/size.ts";
import { loadTree, parseTree, type Rule, type Tree } from "./tidy/source.ts";
import { state } from "./tidy/state.ts";
import { waiting } from "./tidy/waiting.ts";

const RULES: Readonly<Record<string, Rule>> = {
  comments,
  cycles,
  errors,
  exports,
  layers,
  naming,
  orphans,
  ports,
  size,
  state,
  waiting,
};

function report(rule: Rule, tree: Tree): string[] {
  return Array.from(rule(tree), (v) => `${v.path}:${v.line} [${v.rule}] ${v.message}`);
}

function reportAll(tree: Tree): string[] {
  return Object.values(RULES).flatMap((rule) => report(rule, tree));
}

describe("the tree", () => {
  const tree = loadTree(path.join(import.meta.dirname, ".."));

  it("has files to look at", () => {
    const paths = [...tree.keys()];
    expect(paths).toContain("src/base/errors.ts");
    expect(paths).toContain("test/tidy.test.ts");
  });

  it.each(Object.entries(RULES))("keeps the rule %s", (_name, rule) => {
    expect(report(rule, tree)).toEqual([]);
  });
});

describe("the guard", () => {
  it("plants a violation of each rule", () => {
    expect([...new Set(PLANTED.map(({ rule }) => rule))].sort()).toEqual(Object.keys(RULES));
  });

  it.each(PLANTED)("$rule sees $title", ({ rule, files, found }) => {
    const all = reportAll(parseTree(Object.entries(files)));
    expect(all).toEqual(found.map((text) => expect.stringContaining(text)));
    for (const text of all) expect(text).toContain(`[${rule}]`);
  });

  it("says nothing about good code", () => {
    const good = {
      "src/base/errors.ts": "export class DosqlError extends Error {}\n",
      "src/ports/clock.ts": "export interface Clock { nowMs(): number }\n",
      "src/engine/shard.ts":
        'import { DosqlError } from "../base/errors.ts";\n' +
        'import type { Clock } from "../ports/clock.ts";\n' +
        "const NAMES: ReadonlySet<string> = new Set([`a`]);\n" +
        "export function now(clock: Clock, process: string): number {\n" +
        "  try {\n" +
        "    if (NAMES.has(process)) throw new DosqlError();\n" +
        "    throw stateError(process);\n" +
        "  } catch (error) {\n" +
        "    throw error;\n" +
        "  }\n" +
        "  const { crypto, fetch: f } = parts(clock);\n" +
        "  return clock.nowMs() + new Date(0).getTime() + crypto.size + f.crypto.console;\n" +
        "}\n",
      "src/entry/main.ts": 'export { now } from "../engine/shard.ts";\n',
    };
    expect(reportAll(parseTree(Object.entries(good)))).toEqual([]);
  });
});
