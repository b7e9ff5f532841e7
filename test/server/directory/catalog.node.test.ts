import { expect, it } from "vitest";
import type { DatabaseId } from "../../../src/base/database-id.ts";
import type { DatabaseIdentity } from "../../../src/engine/database-identity.ts";
import { databaseExists } from "../../../src/engine/database-identity.ts";
import { nodeKeyedHash } from "../../../src/entry/node/node-directory.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { CatalogEntry, CatalogPartition } from "../../../src/server/directory/catalog.ts";
import { CATALOG_PARTITIONS, partitionOf } from "../../../src/server/directory/catalog.ts";
import { CatalogTable } from "../../../src/server/directory/catalog-table.ts";
import { databaseIdOf } from "../../../src/server/directory/database-name.ts";
import type { DatabaseStorage } from "../../../src/server/directory/directory.ts";
import { Directory } from "../../../src/server/directory/directory.ts";
import { ManualClock } from "../../engine/manual-clock.ts";

const OWNER = "an account";
const hash = nodeKeyedHash("a key");

/** A directory whose storages are in memory, and can break off where a crash would. */
function fixture(partitions = CATALOG_PARTITIONS) {
  const clock = new ManualClock();
  const parts = Array.from(
    { length: partitions },
    () => new CatalogTable(new NodeSqlDriver(":memory:")),
  );
  const made = new Map<DatabaseId, DatabaseIdentity>();
  const crash = { at: "" };
  /** What others do between an answer of a storage and what the directory makes of it. */
  const meanwhile: { others: (() => Promise<unknown>) | null } = { others: null };
  const reach = (point: string): void => {
    if (crash.at === point) throw new Error(`crash: ${point}`);
  };
  const storage = (id: DatabaseId): DatabaseStorage => ({
    async identity() {
      const found = made.get(id) ?? null;
      const { others } = meanwhile;
      meanwhile.others = null;
      await others?.();
      return found;
    },
    create(wanted) {
      reach("before the storage");
      if (made.has(id)) throw databaseExists(wanted.name);
      const identity = { ...wanted, epoch: wanted.createdMs };
      made.set(id, identity);
      reach("after the storage");
      return identity;
    },
    remove(epoch) {
      reach("before the storage");
      if (made.get(id)?.epoch === epoch) made.delete(id);
      reach("after the storage");
    },
  });
  const asked = { lists: 0, names: 0 };
  const counted = parts.map((part): CatalogPartition => ({
    put: (entries) => part.put(entries),
    remove: (owner, names) => part.remove(owner, names),
    change: (seen, to) => part.change(seen, to),
    find(owner, names) {
      asked.names += names.length;
      return part.find(owner, names);
    },
    list(query) {
      asked.lists += 1;
      return part.list(query);
    },
  }));
  const directory = new Directory({ hash, clock, partitions: counted, storage });
  const names = async (): Promise<string[]> =>
    (await directory.list(OWNER, { limit: 100 })).entries.map(({ name }) => name);
  return { directory, parts, made, crash, clock, names, asked, meanwhile };
}

it("creates, pages and deletes 100,000 entries", { timeout: 120_000 }, async () => {
  const { directory, parts } = fixture();
  const total = 100_000;
  const batches = parts.map((): CatalogEntry[] => []);
  const wanted: string[] = [];
  for (let i = 0; i < total; i++) {
    const name = `tenant-${String((i * 7919) % total).padStart(6, "0")}`;
    const id = await databaseIdOf(hash, name);
    const entry = { name, id, owner: OWNER, createdMs: i, sizeBytes: 0, changingSinceMs: null };
    batches[partitionOf(id, parts.length)]?.push(entry);
    wanted.push(name);
  }
  for (const [i, batch] of batches.entries()) parts[i]?.put(batch);
  // Evenly: no part has much more than its share.
  const share = total / CATALOG_PARTITIONS;
  for (const batch of batches) expect(Math.abs(batch.length - share)).toBeLessThan(share / 10);
  wanted.sort();
  const listed: string[] = [];
  let after: string | null = "";
  while (after !== null) {
    const page = await directory.list(OWNER, { prefix: "tenant-", after, limit: 1_000 });
    listed.push(...page.entries.map(({ name }) => name));
    after = page.next;
  }
  expect(listed).toEqual(wanted);
  const some = await directory.list(OWNER, { prefix: "tenant-0999", limit: 1_000 });
  expect(some.entries).toHaveLength(100);
  expect(some.next).toBeNull();
  expect((await directory.list("another account", { limit: 10 })).entries).toHaveLength(1);
  for (const [i, batch] of batches.entries()) {
    parts[i]?.remove(
      OWNER,
      batch.map(({ name }) => name),
    );
  }
  expect((await directory.list(OWNER, { prefix: "tenant-", limit: 10 })).entries).toEqual([]);
});

it("keeps a cursor's place while databases come and go", async () => {
  const { directory } = fixture(3);
  for (const name of ["b", "d", "f", "h"]) await directory.create(OWNER, name);
  const first = await directory.list(OWNER, { limit: 2 });
  expect(first.entries.map(({ name }) => name)).toEqual(["b", "d"]);
  await directory.remove(OWNER, "d");
  await directory.create(OWNER, "a");
  await directory.create(OWNER, "e");
  const rest = await directory.list(OWNER, { after: first.next ?? "", limit: 10 });
  expect(rest.entries.map(({ name }) => name)).toEqual(["e", "f", "h", "main"]);
  expect(rest.next).toBeNull();
});

it("repairs a creation that was cut off before the database was made", async () => {
  const { directory, crash, names, clock, parts } = fixture(1);
  crash.at = "before the storage";
  await expect(directory.create(OWNER, "shop")).rejects.toThrow("crash");
  crash.at = "";
  // Nobody knows yet whether that call goes on.
  expect(await names()).toEqual(["main"]);
  const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
  expect(parts[0]?.list(query)).toHaveLength(1);
  clock.advance(120_000);
  expect(await names()).toEqual(["main"]);
  expect(parts[0]?.list(query)).toEqual([]);
  await directory.create(OWNER, "shop");
  expect(await names()).toEqual(["main", "shop"]);
});

it("repairs a creation that was cut off after the database was made", async () => {
  for (const by of ["list", "create"] as const) {
    const { directory, crash, names, clock, parts } = fixture(1);
    crash.at = "after the storage";
    await expect(directory.create(OWNER, "shop")).rejects.toThrow("crash");
    crash.at = "";
    expect(await names()).toEqual(["main", "shop"]);
    clock.advance(120_000);
    if (by === "list") expect(await names()).toEqual(["main", "shop"]);
    else {
      await expect(directory.create(OWNER, "shop")).rejects.toMatchObject({
        code: "database-exists",
      });
    }
    const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
    expect(parts[0]?.list(query)).toMatchObject([{ name: "shop", changingSinceMs: null }]);
  }
});

it("repairs a deletion that was cut off", async () => {
  const { directory, crash, names, clock, parts } = fixture(1);
  await directory.create(OWNER, "shop");
  crash.at = "before the storage";
  await expect(directory.remove(OWNER, "shop")).rejects.toThrow("crash");
  expect(await names()).toEqual(["main", "shop"]);
  crash.at = "after the storage";
  await expect(directory.remove(OWNER, "shop")).rejects.toThrow("crash");
  crash.at = "";
  expect(await names()).toEqual(["main"]);
  clock.advance(120_000);
  await names();
  const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
  expect(parts[0]?.list(query)).toEqual([]);
});

it("asks no catalog for a database", async () => {
  const { directory, asked } = fixture();
  await directory.create(OWNER, "shop");
  await directory.find(OWNER, "shop");
  await directory.find(OWNER, await directory.idOf("shop"));
  expect(asked.lists).toBe(0);
  await directory.list(OWNER, { limit: 1 });
  expect(asked.lists).toBe(CATALOG_PARTITIONS);
});

it("lists some databases without a look at the others", async () => {
  const { directory, asked } = fixture();
  for (let i = 0; i < 50; i++) await directory.create(OWNER, `tenant-${i}`);
  const names = ["tenant-7", "nobody", "tenant-30", "main", "tenant-7", "日本"];
  const list = async (more: { prefix?: string; after?: string; limit?: number }) => {
    const page = await directory.list(OWNER, { limit: 10, names, ...more });
    return [page.entries.map(({ name }) => name), page.next];
  };
  expect(await list({})).toEqual([["main", "tenant-30", "tenant-7"], null]);
  expect(await list({ limit: 2 })).toEqual([["main", "tenant-30"], "tenant-30"]);
  expect(await list({ after: "tenant-30" })).toEqual([["tenant-7"], null]);
  expect(await list({ prefix: "tenant-3" })).toEqual([["tenant-30"], null]);
  expect(await directory.list(OWNER, { limit: 10, names: [] })).toEqual({
    entries: [],
    next: null,
  });
  expect(asked.lists).toBe(0);
  expect(asked.names).toBeLessThan(20);
});

it("does not bring back an entry by its size", async () => {
  const { directory, parts, names } = fixture(1);
  const shop = await directory.create(OWNER, "shop");
  await directory.noteSize(shop, 4096);
  const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
  expect(parts[0]?.list(query)).toMatchObject([{ name: "shop", sizeBytes: 4096 }]);
  await directory.remove(OWNER, "shop");
  await directory.noteSize(shop, 8192);
  expect(parts[0]?.list(query)).toEqual([]);
  expect(await names()).toEqual(["main"]);
});

it("gives the size of a database to no later one of its name", async () => {
  const { directory, parts, clock } = fixture(1);
  const shop = await directory.create(OWNER, "shop");
  await directory.remove(OWNER, "shop");
  clock.advance(1);
  await directory.create(OWNER, "shop");
  await directory.noteSize(shop, 8192);
  const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
  expect(parts[0]?.list(query)).toMatchObject([{ name: "shop", sizeBytes: 0 }]);
});

it("settles no entry that others changed meanwhile", async () => {
  const { directory, crash, clock, names, parts, meanwhile } = fixture(1);
  const query = { owner: OWNER, prefix: "", after: "", limit: 10 };
  crash.at = "after the storage";
  await expect(directory.create(OWNER, "shop")).rejects.toThrow("crash");
  crash.at = "";
  clock.advance(120_000);
  // It was there when the list looked.
  meanwhile.others = () => directory.remove(OWNER, "shop");
  await names();
  expect(parts[0]?.list(query)).toEqual([]);
  // And it was not there yet.
  crash.at = "before the storage";
  await expect(directory.create(OWNER, "shop")).rejects.toThrow("crash");
  crash.at = "";
  clock.advance(120_000);
  meanwhile.others = () => directory.create(OWNER, "shop");
  await names();
  expect(await names()).toEqual(["main", "shop"]);
});

it("keeps the entry of a database that was made while another one was deleted", async () => {
  const { directory, names, clock, meanwhile } = fixture(1);
  await directory.create(OWNER, "shop");
  // After the second one looked, the first one deletes it, and it is made anew.
  meanwhile.others = async () => {
    await directory.remove(OWNER, "shop");
    clock.advance(10);
    await directory.create(OWNER, "shop");
  };
  await directory.remove(OWNER, "shop");
  expect(await names()).toEqual(["main", "shop"]);
  clock.advance(120_000);
  await names();
  expect(await names()).toEqual(["main", "shop"]);
});
