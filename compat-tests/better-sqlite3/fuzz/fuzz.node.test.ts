import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open } from "../../../src/entry/main.ts";
import { freshRandom } from "../../../test/sql/seeded-random.ts";
import { BINDINGS, boundDatabase, realDatabase, reference } from "../libraries.ts";
import { compare } from "./run.ts";

/** `npm run fuzz:better-sqlite3` plays many more. */
const SEQUENCES = 1_000;
/** On files, which take longer. */
const CAPTURED_SEQUENCES = 100;

const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

describe.skipIf(!reference.ready)(`random sequences of calls${title}`, () => {
  it.each(BINDINGS)("are answered as by the real library: %s", { timeout: 60_000 }, (binding) => {
    const [Real, Ours] = [realDatabase(), boundDatabase(binding)];
    const first = freshRandom(`better-sqlite3 fuzz, ${binding}`).below(2 ** 30);
    for (let seed = first; seed < first + SEQUENCES; seed++) {
      expect(compare(Real, Ours, seed)).toBeNull();
    }
  });
});

describe.skipIf(!reference.ready)(`random sequences on a captured file${title}`, () => {
  let root: string;
  const file = (name: string): string => path.join(root, `${name}.db`);

  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), "dosql-fuzz-"));
    await open(file("captured"), { capture: "on" }).close();
    const plain = new (realDatabase())(file("plain"));
    plain.pragma("journal_mode = WAL");
    plain.close();
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(BINDINGS)("are answered as by the real library: %s", { timeout: 60_000 }, (binding) => {
    const [Real, Ours] = [realDatabase(), boundDatabase(binding)];
    const first = freshRandom(`better-sqlite3 fuzz, captured, ${binding}`).below(2 ** 30);
    for (let seed = first; seed < first + CAPTURED_SEQUENCES; seed++) {
      for (const [from, to] of [
        ["captured", "ours"],
        ["plain", "real"],
      ] as const) {
        for (const end of ["-wal", "-shm"]) rmSync(file(to) + end, { force: true });
        copyFileSync(file(from), file(to));
      }
      const places = { real: file("real"), ours: file("ours") };
      expect(compare(Real, Ours, seed, places)).toBeNull();
    }
  });
});
