/* What `d1()` loads when it is needed, in a Worker whose bundler splits it off, and in one file. */
import { describe, expect, it } from "vitest";
import { bundleWorker, splitWorker, startWorkers } from "./workers.ts";

const entry = new URL("split.workers.ts", import.meta.url);

describe("code that is loaded later", () => {
  it.each(["as modules", "in one file"])("runs in workerd, %s", async (how) => {
    const modules = await splitWorker(entry);
    const names = modules.map(({ path }) => path.replace(/-\w+\.js$/, "")).join(" ");
    expect(names).toMatch(/^worker\.js .*option-runner/);
    const workers = await startWorkers([
      {
        name: "split",
        ...(how === "as modules"
          ? { modules, modulesRoot: "/" }
          : { script: await bundleWorker(entry) }),
        durableObjects: { DOSQL: { className: "DoSQLShard", useSQLite: true } },
        compatibilityFlags: ["nodejs_compat"],
      },
    ]);
    try {
      const worker = await workers.worker("split");
      const ask = async (path: string): Promise<unknown> =>
        (await worker.fetch(`http://split${path}`)).json();
      expect(await ask("/plain")).toEqual([0, 0]);
      expect(await Promise.all([ask("/failure"), ask("/script"), ask("/options")])).toEqual([
        ["D1_ERROR: no such column: nope at offset 7: SQLITE_ERROR", 0],
        [[{ b: 2 }], 0],
        [["9007199254740993", "0"], 0],
      ]);
      expect(await ask("/options")).toEqual([["9007199254740993", "0"], 0]);
    } finally {
      await workers.stop();
    }
  });
});
