import { env } from "cloudflare:workers";
import { R2Store } from "../../../src/platform/workers/r2-store.ts";
import { describeObjectStore } from "../object-store-contract.ts";

describeObjectStore("R2", async () => {
  for (;;) {
    const { objects } = await env.BUCKET.list();
    if (objects.length === 0) return new R2Store(env.BUCKET);
    await env.BUCKET.delete(objects.map(({ key }) => key));
  }
});
