import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1 } from "dosql/d1";

it("serves a shard by the package's public name, beside the real D1", async () => {
  const script = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); INSERT INTO t (b) VALUES ('x')";
  const answers = [];
  for (const db of [env.REFERENCE_D1, d1(env.DOSQL)]) {
    for (const sql of script.split(";")) await db.prepare(sql).run();
    const { results } = await db.prepare("SELECT * FROM t WHERE b = ?").bind("x").all();
    answers.push(results);
  }
  expect(answers).toEqual([[{ a: 1, b: "x" }], [{ a: 1, b: "x" }]]);
});
