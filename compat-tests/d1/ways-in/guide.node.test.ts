/*
 * Follows migration-guides/from-d1.md to the letter: every command block, in order, in a project
 * whose local D1 database is in use. Only ports are others.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, freePort } from "../../guide.ts";
import type { Started } from "./project.ts";
import { Project } from "./project.ts";

const GUIDE = path.join(import.meta.dirname, "../../../migration-guides/from-d1.md");
/** Some dozen starts of wrangler. */
const TIMEOUT_MS = 400_000;

/** What the shop has sold before it moves: with a gap in the numbers, and texts that want care. */
const IN_USE = `
INSERT INTO customers (id, email, name) VALUES
  (1, 'ada@example.com', 'Ada'), (7, 'bo@example.com', 'Bø; ''x'' --');
INSERT INTO orders (id, customer_id, total_cents, placed_at) VALUES
  (1, 1, 900, '2026-01-01'), (2, 7, 1, '2026-01-02');
INSERT INTO order_lines VALUES (1, 'TEA-01', 2, 450);
DELETE FROM orders WHERE id = 2;
UPDATE products SET price_cents = 500, picture = zeroblob(3) WHERE sku = 'TEA-02';
`;

const blocks = blocksOf(readFileSync(GUIDE, "utf8"));

describe("migration-guides/from-d1.md", () => {
  let project: Project;
  const ports: [string, number][] = [];
  /** What `wrangler dev` serves, the newest last. */
  const servers: Started[] = [];

  beforeAll(async () => {
    ports.push(["8787", await freePort()], ["8788", await freePort()]);
    project = new Project();
    await project.must("npx wrangler d1 migrations apply shop --local");
    writeFileSync(path.join(project.folder, "in-use.sql"), IN_USE);
    await project.must("npx wrangler d1 execute shop --local --file in-use.sql --yes");
  }, TIMEOUT_MS);

  afterAll(async () => {
    await project?.end();
  });

  /** Does what the blocks of a section say; what each line said. */
  async function follow(section: string): Promise<Map<string, string>> {
    const said = new Map<string, string>();
    const own = blocks.filter((block) => block.section === section);
    expect(own.length, section).toBeGreaterThan(0);
    for (const { language, file, text } of own) {
      if (file !== "") writeFileSync(path.join(project.folder, file), text);
      if (language !== "sh") continue;
      for (const line of text.trim().split("\n")) said.set(line, await type(line));
    }
    return said;
  }

  async function type(written: string): Promise<string> {
    const line = ports.reduce((text, [from, to]) => text.replace(from, String(to)), written);
    const [word, ...rest] = line.split(" ");
    if (word === "export") {
      const [name = "", value = ""] = rest.join(" ").split("=");
      project.variables.set(name, value);
      return "";
    }
    if (word === "unset") {
      for (const name of rest) project.variables.delete(name);
      return "";
    }
    if (!line.includes("wrangler dev ")) return project.must(line);
    servers.push(await project.start(`${line} --ip 127.0.0.1 --inspector-port 0`));
    return "";
  }

  const ask = async (page: string, body?: unknown): Promise<any> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${servers.at(-1)?.url ?? ""}/${page}`, init);
    return response.json();
  };
  const text = (file: string): string => readFileSync(path.join(project.folder, file), "utf8");

  it(
    "moves a project to DoSQL and back",
    async () => {
      const virtual = await follow("Before you begin");
      expect([...virtual.values()].join("")).toContain('"results": []');

      const settings = text("wrangler.jsonc");
      await follow("1. Settings");
      expect(text("wrangler.jsonc")).toBe(settings);

      await follow("2. Start it");
      expect(await ask("products")).toEqual({ error: expect.stringContaining("no such table") });

      const copied = [...(await follow("3. Copy the data")).values()].join("\n");
      const [order] = await ask("orders/1");
      expect(order).toEqual({
        id: 1,
        customerId: 1,
        totalCents: 900,
        lines: [{ order: 1, name: "Green tea", quantity: 2, cents: 900 }],
      });

      const verified = await follow("4. Verify the copy");
      const saidOf = (words: string): string =>
        [...verified].find(([line]) => line.startsWith(words))?.[1] ?? "";
      for (const said of [copied, saidOf("npx dosql copy shop.sql")]) {
        expect(said).toMatch(/customers +\| +2 +\| +2 \| (\S+) \| \1 +\| yes/);
        expect(said).toContain("both databases are equal");
      }
      expect(text("copied.sql")).toContain("Bø; ''x'' --");
      for (const what of ["list", "apply"]) {
        expect(saidOf(`npx wrangler d1 migrations ${what}`)).toContain("No migrations to apply");
      }

      const again = await follow("5. Cut over");
      expect([...again.values()].join("")).toContain("copied 0 rows; both databases are equal");

      // The numbers go on after the highest that was ever given.
      const wish = [{ sku: "TEA-02", quantity: 1 }];
      expect(await ask("orders/7", wish)).toEqual({ order: 3, totalCents: 500 });

      await follow("6. The way back");
      expect(await ask("orders/7")).toMatchObject([{ id: 3, totalCents: 500 }]);
      expect(await ask("orders/7", wish)).toEqual({ order: 4, totalCents: 500 });
    },
    TIMEOUT_MS,
  );

  it(
    "tells the truth about the export of D1",
    async () => {
      const execute = "npx wrangler d1 execute shop --local --yes --command";
      const exportAll = "npx wrangler d1 export shop --local --output limits.sql";
      const source = new Project();
      try {
        await source.must(
          `${execute} "CREATE TABLE big (n INTEGER); INSERT INTO big VALUES (9007199254740993)"`,
        );
        const kept = `${execute} "SELECT CAST(n AS TEXT) AS n FROM big" --json`;
        expect(await source.must(kept)).toContain('"9007199254740993"');
        await source.must(exportAll);
        const script = readFileSync(path.join(source.folder, "limits.sql"), "utf8");
        expect(script).toMatch(/9007199254740992/);

        await source.must(`${execute} "CREATE VIRTUAL TABLE words USING fts5 (word)"`);
        const { code, said } = await source.run(exportAll);
        expect(code, said).not.toBe(0);
        expect(said).toMatch(/virtual table/i);
      } finally {
        await source.end();
      }
    },
    TIMEOUT_MS,
  );

  it("runs every command block of the page", () => {
    const followed = new Set([
      "Before you begin",
      "1. Settings",
      "2. Start it",
      "3. Copy the data",
      "4. Verify the copy",
      "5. Cut over",
      "6. The way back",
    ]);
    const others = blocks.filter(({ section, language }) =>
      language === "sh" ? !followed.has(section) : false,
    );
    expect(others).toEqual([]);
  });
});
