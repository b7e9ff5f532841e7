import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open } from "../../../src/entry/main.ts";
import { freshRandom } from "../../../test/sql/seeded-random.ts";
import { BINDINGS, boundDatabase, realDatabase, reference } from "../libraries.ts";
import type { AnyBinding } from "../libraries.ts";
import { compare } from "./run.ts";

/** `npm run fuzz:better-sqlite3` plays many more. */
const SEQUENCES = 1_000;
/** On files, which take longer. */
const CAPTURED_SEQUENCES = 100;
/** Each in a process of its own, which takes a third of a second to start. */
const WORKER_SEQUENCES = 40;
const CAPTURED_WORKER_SEQUENCES = 15;
const ALL: readonly AnyBinding[] = [...BINDINGS, "worker"];
const timeout = 180_000;

const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

describe.skipIf(!reference.ready)(`random sequences of calls${title}`, () => {
  it.each(ALL)("are answered as by the real library: %s", { timeout }, (binding) => {
    const [Real, Ours] = [realDatabase(), boundDatabase(binding)];
    const first = freshRandom(`better-sqlite3 fuzz, ${binding}`).below(2 ** 30);
    const sequences = binding === "worker" ? WORKER_SEQUENCES : SEQUENCES;
    for (let seed = first; seed < first + sequences; seed++) {
      expect(compare(Real, Ours, seed)).toBeNull();
    }
  });
});

describe.skipIf(!reference.ready).each([
  { mode: "wal", journal: "wal" },
  { mode: "delete", journal: "kept" },
] as const)(`random sequences on a captured file in mode $mode${title}`, ({ mode, journal }) => {
  let root: string;
  const file = (name: string): string => path.join(root, `${name}.db`);

  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), "dosql-fuzz-"));
    await open(file("captured"), { capture: "on", journal }).close();
    const plain = new (realDatabase())(file("plain"));
    plain.exec("PRAGMA user_version = 0");
    plain.pragma(`journal_mode = ${mode}`);
    plain.close();
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(ALL)("are answered as by the real library: %s", { timeout }, (binding) => {
    const [Real, Ours] = [realDatabase(), boundDatabase(binding)];
    const first = freshRandom(`better-sqlite3 fuzz, captured, ${binding}`).below(2 ** 30);
    const sequences = binding === "worker" ? CAPTURED_WORKER_SEQUENCES : CAPTURED_SEQUENCES;
    for (let seed = first; seed < first + sequences; seed++) {
      for (const [from, to] of [
        ["captured", "ours"],
        ["plain", "real"],
      ] as const) {
        for (const end of ["-wal", "-shm", "-journal"]) rmSync(file(to) + end, { force: true });
        copyFileSync(file(from), file(to));
      }
      const places = { real: file("real"), ours: file("ours") };
      expect(compare(Real, Ours, seed, places)).toBeNull();
    }
  });
});
