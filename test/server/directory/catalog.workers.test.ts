import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { DatabaseId } from "../../../src/base/database-id.ts";
import { WorkersDirectory } from "../../../src/entry/workers/workers-directory.workers.ts";
import type { CatalogEntry } from "../../../src/server/directory/catalog.ts";
import { CATALOG_PARTITIONS } from "../../../src/server/directory/catalog.ts";

const OWNER = "of very many";
const TOTAL = 100_000;
const BATCH = 2_000;

const part = (i: number) => env.DOSQL_CATALOG.get(env.DOSQL_CATALOG.idFromName(`part ${i}`));
const nameOf = (i: number): string => `tenant-${String(i).padStart(6, "0")}`;

async function inParts(each: (i: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: CATALOG_PARTITIONS }, (_, i) => each(i)));
}

/** The parts are asked by number, so that any id will do. */
function entriesOf(partition: number): CatalogEntry[] {
  const entries: CatalogEntry[] = [];
  for (let i = partition; i < TOTAL; i += CATALOG_PARTITIONS) {
    const id = `${String(i).padStart(8, "0")}-0000-8000-8000-000000000000` as DatabaseId;
    const made = { createdMs: i, sizeBytes: 0, changingSinceMs: null };
    entries.push({ name: nameOf(i), id, owner: OWNER, ...made });
  }
  return entries;
}

it(
  "creates, pages and deletes 100,000 entries, the catalog's objects evicted between",
  { timeout: 180_000 },
  async () => {
    const { directory } = new WorkersDirectory(env);
    await inParts(async (i) => {
      const entries = entriesOf(i);
      for (let at = 0; at < entries.length; at += BATCH) {
        await part(i).put(entries.slice(at, at + BATCH));
      }
      await evictDurableObject(part(i));
    });
    const listed: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const page = await directory.list(OWNER, { prefix: "tenant-", after, limit: 5_000 });
      listed.push(...page.entries.map(({ name }) => name));
      after = page.next;
    }
    expect(listed).toEqual(Array.from({ length: TOTAL }, (_, i) => nameOf(i)));
    await inParts((i) => evictDurableObject(part(i)));
    await inParts(async (i) => {
      const names = entriesOf(i).map(({ name }) => name);
      for (let at = 0; at < names.length; at += BATCH) {
        await part(i).remove(OWNER, names.slice(at, at + BATCH));
      }
    });
    expect((await directory.list(OWNER, { limit: 10 })).entries).toMatchObject([{ name: "main" }]);
  },
);
