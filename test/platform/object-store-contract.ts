import { describe, expect, it } from "vitest";
import type { ObjectStore } from "../../src/ports/object-store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(store: ObjectStore, key: string): Promise<string | null> {
  const found = await store.get(key);
  return found === null ? null : new TextDecoder().decode(found.bytes);
}

async function keys(store: ObjectStore, prefix: string, after?: string): Promise<string[]> {
  return (await store.list(prefix, after)).objects.map(({ key }) => key);
}

/** What every object store does. `open` yields an empty one. */
export function describeObjectStore(name: string, open: () => Promise<ObjectStore>): void {
  describe(`object store: ${name}`, () => {
    it("keeps what was put, and the newest of it", async () => {
      const store = await open();
      expect(await read(store, "a")).toBeNull();
      await store.put("a", bytes("one"));
      expect(await read(store, "a")).toBe("one");
      const put = await store.put("a", bytes("two!"));
      const found = await store.get("a");
      expect(put).toEqual({ stored: true, etag: found?.etag });
      expect([await read(store, "a"), found?.sizeBytes]).toEqual(["two!", 4]);
      await store.put("empty", new Uint8Array());
      expect((await store.get("empty"))?.bytes).toEqual(new Uint8Array());
      const all = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) & 255);
      await store.put("all", all);
      expect((await store.get("all"))?.bytes).toEqual(all);
    });

    it("reads ranges, also beyond the end", async () => {
      const store = await open();
      const { etag } = (await store.put("r", bytes("0123456789"))) as { etag: string };
      const part = async (offset: number, length?: number): Promise<string> => {
        const range = length === undefined ? { offset } : { offset, length };
        const found = await store.get("r", range);
        expect([found?.sizeBytes, found?.etag]).toEqual([10, etag]);
        return new TextDecoder().decode(found?.bytes);
      };
      expect(await part(0, 3)).toBe("012");
      expect(await part(4)).toBe("456789");
      expect(await part(8, 100)).toBe("89");
      expect(await part(10, 1)).toBe("");
      expect(await part(11)).toBe("");
      expect(await part(3, 0)).toBe("");
      expect(await store.get("none", { offset: 0, length: 1 })).toBeNull();
    });

    it("puts only what was absent", async () => {
      const store = await open();
      expect(await store.put("k", bytes("1"), { ifAbsent: true })).toMatchObject({ stored: true });
      expect(await store.put("k", bytes("2"), { ifAbsent: true })).toEqual({ stored: false });
      expect(await read(store, "k")).toBe("1");
      await store.delete(["k"]);
      expect(await store.put("k", bytes("3"), { ifAbsent: true })).toMatchObject({ stored: true });
      const all = Array.from({ length: 8 }, (_, i) =>
        store.put("race", bytes(String(i)), { ifAbsent: true }),
      );
      expect((await Promise.all(all)).filter(({ stored }) => stored)).toHaveLength(1);
    });

    it("puts only over the version that is meant", async () => {
      const store = await open();
      const put = async (text: string, etag: string): Promise<string | null> => {
        const done = await store.put("k", bytes(text), { ifMatch: etag });
        return done.stored ? done.etag : null;
      };
      expect(await put("0", "nothing")).toBeNull();
      expect(await read(store, "k")).toBeNull();
      const first = (await store.put("k", bytes("1"))) as { etag: string };
      const second = await put("2", first.etag);
      expect(second).not.toBe(first.etag);
      expect(await put("3", first.etag)).toBeNull();
      expect(await read(store, "k")).toBe("2");
      expect((await store.get("k"))?.etag).toBe(second);
      const all = Array.from({ length: 8 }, (_, i) => put(String(i), second ?? ""));
      expect((await Promise.all(all)).filter((etag) => etag !== null)).toHaveLength(1);
    });

    it("gives each version another name than the one before", async () => {
      const store = await open();
      let last = "";
      for (let i = 0; i < 60; i++) {
        const put = await store.put("k", bytes(String(i % 10)));
        const etag = put.stored ? put.etag : "";
        expect(etag).not.toBe(last);
        last = etag;
      }
    });

    it("counts what races for one object by its versions", async () => {
      const store = await open();
      await store.put("n", bytes("0"));
      const increment = async (): Promise<void> => {
        for (;;) {
          const found = await store.get("n");
          const next = Number(new TextDecoder().decode(found?.bytes)) + 1;
          const put = await store.put("n", bytes(String(next)), { ifMatch: found?.etag ?? "" });
          if (put.stored) return;
        }
      };
      await Promise.all(Array.from({ length: 5 }, increment));
      expect(await read(store, "n")).toBe("5");
    });

    it("lists by prefix, in order, from a key on", async () => {
      const store = await open();
      expect(await store.list("")).toEqual({ objects: [], more: false });
      const all = ["a", "b-1", "b/1", "b/10", "b/2", "b/c/1", "b/c.1", "b0", "c/x/y", "é/ü", "日"];
      for (const key of all.toReversed()) await store.put(key, bytes(key));
      const sorted = [
        "a",
        "b-1",
        "b/1",
        "b/10",
        "b/2",
        "b/c.1",
        "b/c/1",
        "b0",
        "c/x/y",
        "é/ü",
        "日",
      ];
      expect(await keys(store, "")).toEqual(sorted);
      expect(await keys(store, "b")).toEqual(sorted.slice(1, 8));
      expect(await keys(store, "b/")).toEqual(sorted.slice(2, 7));
      expect(await keys(store, "b/1")).toEqual(["b/1", "b/10"]);
      expect(await keys(store, "b/", "b/10")).toEqual(["b/2", "b/c.1", "b/c/1"]);
      expect(await keys(store, "b/", "b/19")).toEqual(["b/2", "b/c.1", "b/c/1"]);
      expect(await keys(store, "b/", "b/c/1")).toEqual([]);
      expect(await keys(store, "", "b/c/1")).toEqual(["b0", "c/x/y", "é/ü", "日"]);
      expect(await keys(store, "nothing/")).toEqual([]);
      expect((await store.list("é")).objects).toEqual([{ key: "é/ü", sizeBytes: 5 }]);
    });

    it("lists in pages", async () => {
      const store = await open();
      const all = Array.from({ length: 1_020 }, (_, i) => `p/${String(i).padStart(5, "0")}`);
      for (let at = 0; at < all.length; at += 60) {
        await Promise.all(all.slice(at, at + 60).map((key) => store.put(key, bytes("x"))));
      }
      const found: string[] = [];
      for (;;) {
        const page = await store.list("p/", found.at(-1));
        found.push(...page.objects.map(({ key }) => key));
        if (!page.more) break;
        expect(page.objects.length).toBeGreaterThan(0);
      }
      expect(found).toEqual(all);
    }, 60_000);

    it("deletes", async () => {
      const store = await open();
      for (const key of ["d/1", "d/2", "d/3"]) await store.put(key, bytes(key));
      await store.delete(["d/1", "d/3", "d/none", "none/at/all"]);
      expect(await keys(store, "")).toEqual(["d/2"]);
      await store.delete([]);
      await store.put("d/1", bytes("again"));
      expect(await keys(store, "d/")).toEqual(["d/1", "d/2"]);
    });

    it("takes odd keys as they are", async () => {
      const store = await open();
      const odd = [
        "...",
        "../x",
        "./y",
        ".tmp",
        ".lock",
        "a b",
        "a%2Fb",
        "c:\\d",
        "*?<>|\"'",
        "~",
        "e=1",
      ];
      for (const key of odd) await store.put(key, bytes(key));
      for (const key of odd) expect(await read(store, key)).toBe(key);
      expect((await keys(store, "")).toSorted()).toEqual(odd.toSorted());
    });

    it("refuses what is no key", async () => {
      const store = await open();
      for (const key of ["", "/", "a//b", "/a", "a/"]) {
        await expect(async () => store.put(key, bytes("x")), key).rejects.toThrow(/key/);
        await expect(async () => store.get(key), key).rejects.toThrow(/key/);
      }
    });
  });
}
