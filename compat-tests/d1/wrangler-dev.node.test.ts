import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReference } from "./reference-rows.ts";
import type { WranglerDev } from "./wrangler-dev.ts";
import { startWranglerDev } from "./wrangler-dev.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const TOKEN = "for this test";

const CHINOOK = path.join(ROOT, "../shared/data/chinook/Chinook_Sqlite.sql");
const noChinook = existsSync(CHINOOK) ? "" : " (skipped: ../shared is not on this machine)";
const probe = openReference();
const referenceName = probe.name;
probe.close();

describe(`the example Worker in wrangler dev, compared with ${referenceName}`, () => {
  let dev: WranglerDev;

  beforeAll(async () => {
    dev = await startWranglerDev({ IMPORT_TOKEN: TOKEN });
  }, 70_000);

  afterAll(async () => {
    await dev.stop();
  });

  const get = async (page: string): Promise<any> => (await fetch(dev.url + page)).json();
  const importScript = (script: string, token: string = TOKEN): Promise<Response> =>
    fetch(`${dev.url}/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: script,
    });

  /** Imports through the D1 facade and compares every table row by row. */
  async function compareScript(file: string): Promise<number> {
    const script = readFileSync(file, "utf8");
    const response = await importScript(script);
    expect(response.status, await response.clone().text()).toBe(200);
    const reference = openReference();
    try {
      reference.exec(script);
      const tables = reference.tables();
      const served = (await get("/tables")).map((table: { name: string }) => table.name);
      expect(served).toEqual(expect.arrayContaining(tables));
      let rows = 0;
      for (const table of tables) {
        const wanted = reference.dump(table);
        expect(await get(`/dump/${table}`), table).toEqual(wanted);
        rows += wanted.rows.length;
      }
      return rows;
    } finally {
      reference.close();
    }
  }

  it("says what it offers", async () => {
    const response = await fetch(dev.url);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("POST /import");
    expect((await fetch(`${dev.url}/nope`)).status).toBe(404);
  });

  it("lets nobody import without the token, and nothing else write", async () => {
    expect((await importScript("CREATE TABLE intruder (a)", "wrong")).status).toBe(403);
    expect((await fetch(`${dev.url}/import`, { method: "POST", body: "x" })).status).toBe(403);
    expect(await get(`/dump/${encodeURIComponent('x"; DROP TABLE y; --')}`)).toEqual({
      error: 'there is no table x"; DROP TABLE y; --',
    });
    expect(await get("/tables")).toEqual([]);
  });

  it("applies a script as a whole or not at all", async () => {
    const response = await importScript(
      "CREATE TABLE half (a); INSERT INTO half VALUES (1); nonsense",
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: expect.stringMatching(
        /^D1_ERROR: near "nonsense": syntax error at offset 0: SQLITE_ERROR$/,
      ),
    });
    expect(await get("/tables")).toEqual([]);
  });

  it("holds the rows of examples/store.sql", async () => {
    expect(await compareScript(path.join(ROOT, "examples/store.sql"))).toBeGreaterThan(10);
  });

  it.skipIf(noChinook !== "")(`holds the rows of Chinook${noChinook}`, async () => {
    expect(await compareScript(CHINOOK)).toBe(15_607);
    expect(await get("/artists?search=deep%20p")).toEqual([{ ArtistId: 58, Name: "Deep Purple" }]);
    const { artist, albums } = await get("/artists/58/albums");
    expect(artist.Name).toBe("Deep Purple");
    expect(albums).toHaveLength(11);
    const [track] = await get("/tracks?search=smoke%20on");
    expect(track).toMatchObject({ Name: "Smoke On The Water", artist: "Deep Purple" });
  });
});
