import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { sweepCopies } from "../../../src/platform/node/copy/file-copies.ts";

it("removes what a crash left beside a database, and no file of a user", () => {
  const root = mkdtempSync(path.join(tmpdir(), "dosql-file-copies-"));
  const file = path.join(root, "a.db");
  const left = ["a.db-copy-7-1", "a.db-copy-7-1-raw", "a.db-copy-7-1-raw-journal"];
  const making = ["a.db-copy-8-2", "a.db-copy-8-2-raw", "a.db-copy-8-2-raw-wal"];
  const others = [
    "a.db",
    "a.db-copy-monday",
    "a.db-copy-2026-11-22",
    "a.db-copy-7-1.gz",
    "b.db-copy-7-1",
  ];
  for (const name of [...left, ...making, ...others]) writeFileSync(path.join(root, name), "");
  sweepCopies(file, new Set([path.join(root, "a.db-copy-8-2")]));
  expect(readdirSync(root).sort()).toEqual([...making, ...others].sort());
  rmSync(root, { recursive: true, force: true });
});
