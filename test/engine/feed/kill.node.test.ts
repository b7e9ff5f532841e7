import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { freshRandom } from "../../sql/seeded-random.ts";

const LOAD = fileURLToPath(new URL("follow-load.ts", import.meta.url));
const KILLS = 100;

/** Runs the follower; kills it that long after it began, or lets it finish. */
async function run(files: readonly string[], seed: number, killMs: number | null): Promise<void> {
  const mode = killMs === null ? "finish" : "write";
  const child = spawn(process.execPath, [LOAD, ...files, String(seed), mode], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdout.once("data", () => {
    if (killMs !== null) setTimeout(() => child.kill("SIGKILL"), killMs);
  });
  const ended = await new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  expect([ended, errors]).toEqual([killMs === null ? 0 : "SIGKILL", ""]);
}

test(`a follower killed and resumed ${KILLS} times has each transaction once`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "dosql-follow-"));
  const files = ["source.sqlite", "copy.sqlite"].map((name) => join(folder, name));
  const [source = "", target = ""] = files;
  const random = freshRandom("killed followers");
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      // Some die in their snapshot, or before they could begin.
      await run(files, random.below(1e6), random.below(10) === 0 ? 0 : random.below(60));
    }
    await run(files, 1, null);
    const copy = new DatabaseSync(target);
    const driver = new NodeSqlDriver(source, { readonly: true });
    const items = "SELECT id, name, n FROM item ORDER BY id";
    const copied = copy.prepare(items);
    copied.setReturnArrays(true);
    copied.setReadBigInts(true);
    expect(copied.all()).toEqual(driver.prepare(items).all([], "bigint"));
    const seen = copy.prepare("SELECT id FROM seen ORDER BY lsn").all();
    const ids = seen.map(({ id }) => String(id));
    const all = new LogReader(driver)
      .transactions(LSN_ZERO, Infinity)
      .filter(({ records }) => records.some(({ table }) => table === "item"))
      .map(({ id }) => String(id));
    // From the first one after the snapshot on, none is missing.
    expect(ids).toEqual(all.slice(all.indexOf(ids[0] ?? "")));
    expect(ids.length).toBeGreaterThan(KILLS);
    copy.close();
    driver.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 240_000);
