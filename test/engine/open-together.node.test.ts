import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
/** Until all processes have started. */
const START_MS = 3_000;
const ROUNDS = 4;

describe("one new file and several processes", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "dosql-together-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("open it in the same moment", { timeout: 60_000 }, async () => {
    const opener = path.join(import.meta.dirname, "opening-process.ts");
    for (let round = 0; round < ROUNDS; round++) {
      const file = path.join(folder, `${round}.sqlite`);
      const moment = String(Date.now() + START_MS);
      const said = await Promise.all(
        [1, 2].map(async () => (await run(process.execPath, [opener, file, moment])).stdout),
      );
      expect(said).toEqual(["open\n", "open\n"]);
    }
  });
});
