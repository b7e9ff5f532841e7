/*
 * The runtime's own D1 binding over the service of a DoSQL Worker: `dosql init --d1-binding`
 * changes the settings, `dosql/miniflare` makes it real in `wrangler dev`, and the application
 * and its `main` stay as they are.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VISIT, take } from "../../../examples/d1-worker/test/visit.ts";
import { Project } from "./project.ts";

const TIMEOUT_MS = 200_000;

/** The Worker that holds the databases: what its own package would say in ten lines. */
const SERVICE = `
import { d1Api } from "dosql/worker";
export { DoSQLCatalog, DoSQLD1, DoSQLShard } from "dosql/worker";
const api = d1Api();
export default {
  fetch: async (request, env) =>
    (await api(request, env)) ?? new Response("no such page", { status: 404 }),
};
`;
const SERVICE_SETTINGS = {
  name: "dosql",
  main: "worker.js",
  compatibility_date: "2026-08-15",
  durable_objects: {
    bindings: [
      { name: "DOSQL", class_name: "DoSQLShard" },
      { name: "DOSQL_CATALOG", class_name: "DoSQLCatalog" },
    ],
  },
  migrations: [{ tag: "v1", new_sqlite_classes: ["DoSQLShard", "DoSQLCatalog"] }],
};
const DATA_SETTINGS = {
  name: "data",
  compatibility_date: "2026-08-15",
  d1_databases: [{ binding: "DB", database_name: "shop", database_id: "main" }],
};

describe("a D1 binding over a DoSQL Worker", () => {
  let project: Project;
  const file = (name: string): string => path.join(project.folder, name);
  const dev = "npx wrangler dev --ip 127.0.0.1 --port 0 --inspector-port 0";

  beforeAll(() => {
    project = new Project();
    mkdirSync(file("dosql"));
    writeFileSync(file("dosql/worker.js"), SERVICE);
    writeFileSync(file("dosql/wrangler.json"), JSON.stringify(SERVICE_SETTINGS));
    writeFileSync(file("wrangler.data.json"), JSON.stringify(DATA_SETTINGS));
  });

  afterAll(async () => {
    await project?.end();
  });

  it(
    "serves the application by settings alone",
    async () => {
      const said = await project.must("npx dosql init --d1-binding");
      expect(said).toContain("unsafe.bindings: DB, a D1 binding over the service dosql");
      expect(await project.must("npx dosql init --d1-binding")).toBe("nothing to do\n");
      expect(readFileSync(file("wrangler.jsonc"), "utf8")).toContain(
        '"main": "src/shop.workers.ts"',
      );

      // The storage is a folder, so that one run may fill it and the next one use it.
      const persist = "--persist-to state";
      const service = await project.start(
        `${dev} -c dosql/wrangler.json ${persist} --var DOSQL_TOKEN:secret`,
      );
      project.variables.set("CLOUDFLARE_API_BASE_URL", `${service.url}/client/v4`);
      project.variables.set("CLOUDFLARE_API_TOKEN", "secret");
      project.variables.set("CLOUDFLARE_ACCOUNT_ID", "any");
      await project.must("npx wrangler d1 migrations apply shop --remote -c wrangler.data.json");
      await service.stop();

      const { url } = await project.start(
        `${dev} -c wrangler.jsonc -c dosql/wrangler.json ${persist}`,
      );
      for (const step of VISIT) {
        const { status, answer } = await take(step, (request) => {
          const { pathname, search } = new URL(request.url);
          return fetch(new Request(url + pathname + search, request));
        });
        expect(status, `${step.request}: ${JSON.stringify(answer)}`).toBe(step.status);
        if (step.answer instanceof RegExp) {
          expect((answer as { error: string }).error).toMatch(step.answer);
        } else {
          expect(answer, step.request).toEqual(step.answer);
        }
      }
    },
    TIMEOUT_MS,
  );
});
