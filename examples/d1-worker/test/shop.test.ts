import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DevServer } from "./dev-server.ts";
import { startDev } from "./dev-server.ts";
import type { Step } from "./visit.ts";
import { VISIT, take } from "./visit.ts";

/** The one thing that says whether this is D1 or DoSQL. */
const config =
  process.env["WRANGLER_CONFIG"] === "wrangler.dosql.jsonc"
    ? "wrangler.dosql.jsonc"
    : "wrangler.jsonc";
let dev: DevServer;

before(async () => {
  dev = await startDev(config);
});

after(async () => {
  await dev?.stop();
});

async function check(step: Step): Promise<void> {
  const { status, answer } = await take(step, (request) => dev.fetch(request));
  assert.equal(status, step.status, JSON.stringify(answer));
  if (step.answer instanceof RegExp) assert.match((answer as { error: string }).error, step.answer);
  else assert.deepEqual(answer, step.answer);
}

for (const [i, step] of VISIT.entries()) {
  void test(`${i + 1}. ${step.request}`, () => check(step));
}
