import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1 } from "../../../src/entry/d1.ts";
import { shardDatabase } from "../../../src/entry/worker.ts";

const said = (run: Promise<unknown>): Promise<string> => run.then(String, String);

it("a module that is not there is refused in D1's words, and named in a hint", async () => {
  const stub = env.DOSQL.get(env.DOSQL.idFromName("modules"));
  const own = d1(stub);
  for (const module of ["fts4 (a)", "FTS3 (a)", "nope", "geopoly ()"]) {
    const sql = `CREATE VIRTUAL TABLE t USING ${module}`;
    const words = await said(env.REFERENCE_D1.prepare(sql).run());
    expect(words).toBe("Error: D1_ERROR: not authorized: SQLITE_AUTH");
    expect(await said(own.prepare(sql).run())).toBe(words);
  }
  const session = shardDatabase(env.DOSQL).session();
  await expect(
    session.execute('CREATE VIRTUAL TABLE IF NOT EXISTS "old" USING fts4 (a, b)', []),
  ).rejects.toMatchObject({
    message: "not authorized",
    hint: expect.stringMatching(/no fts4: make it with fts5 instead$/) as string,
  });
  await expect(session.execute("SELECT * FROM sqlite_dbpage", [])).rejects.not.toHaveProperty(
    "hint",
    expect.stringContaining("fts5"),
  );
  await session.execute("CREATE VIRTUAL TABLE new USING fts5 (a)", []);
});
