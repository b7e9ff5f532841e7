import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { FolderStore } from "../../../src/platform/node/files/folder-store.ts";
import { describeObjectStore } from "../object-store-contract.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-store-"));
afterAll(() => fs.rmSync(root, { recursive: true }));
let count = 0;
const fresh = (): string => path.join(root, String(++count));
const bytes = new TextEncoder().encode("x");

describeObjectStore("folder", async () => new FolderStore(fresh()));

it("stores an object as a file of its name, readable by its owner alone", async () => {
  const folder = fresh();
  await new FolderStore(folder).put("wal/main/0/1.seg", bytes);
  const file = path.join(folder, "wal/main/0/1.seg");
  expect(fs.readFileSync(file, "utf8")).toBe("x");
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  expect(fs.readdirSync(path.join(folder, ".tmp"))).toEqual([]);
});

it("clears away what a crash left", async () => {
  const folder = fresh();
  fs.mkdirSync(path.join(folder, ".tmp"), { recursive: true });
  fs.writeFileSync(path.join(folder, ".tmp", "1-1"), "half of it");
  await new FolderStore(folder).put("a", bytes);
  expect(fs.readdirSync(path.join(folder, ".tmp"))).toEqual([]);
});

it("never leaves its folder", async () => {
  const folder = fresh();
  const store = new FolderStore(path.join(folder, "store"));
  for (const key of ["../out", "...", "a/../../out", "%2e%2e/out", "..\\out"]) {
    await store.put(key, bytes);
  }
  expect(fs.readdirSync(folder)).toEqual(["store"]);
});

it("lists no files of strangers", async () => {
  const folder = fresh();
  const store = new FolderStore(folder);
  await store.put("a", bytes);
  for (const name of [".DS_Store", "b c", "%zz", "%61"]) {
    fs.writeFileSync(path.join(folder, name), "");
  }
  expect((await store.list("")).objects.map(({ key }) => key)).toEqual(["a"]);
});

it("says so when one object's key is another one's folder", async () => {
  const store = new FolderStore(fresh());
  await store.put("a", bytes);
  await expect(store.put("a/b", bytes)).rejects.toMatchObject({ code: "invalid-argument" });
  expect(await store.get("a/b")).toBeNull();
  await store.put("c/d", bytes);
  await expect(store.put("c", bytes)).rejects.toMatchObject({ code: "invalid-argument" });
  expect(await store.get("c")).toBeNull();
  await store.delete(["c"]);
  expect((await store.list("")).objects.map(({ key }) => key)).toEqual(["a", "c/d"]);
});

it("holds its conditions between instances and processes", async () => {
  const folder = fresh();
  const module = path.join(import.meta.dirname, "../../../src/platform/node/files/folder-store.ts");
  const code = `
    const { FolderStore } = await import(${JSON.stringify(module)});
    const store = new FolderStore(${JSON.stringify(folder)});
    for (let i = 0; i < 40; i++) {
      for (;;) {
        const found = await store.get("n");
        const next = String(Number(new TextDecoder().decode(found?.bytes)) + 1);
        const condition = found === null ? { ifAbsent: true } : { ifMatch: found.etag };
        if ((await store.put("n", new TextEncoder().encode(next), condition)).stored) break;
      }
    }`;
  const run = (): Promise<unknown> =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  await Promise.all([run(), run()]);
  const found = await new FolderStore(folder).get("n");
  expect(new TextDecoder().decode(found?.bytes)).toBe("80");
});
