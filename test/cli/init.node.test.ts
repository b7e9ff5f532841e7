import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { beforeEach, describe, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { dosql, scratchFolder } from "./run-dosql.ts";
import type { Finished } from "./run-dosql.ts";

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
  fs.mkdirSync(at("src"));
});

const at = (name: string): string => path.join(folder, name);
const read = (name: string): string => fs.readFileSync(at(name), "utf8");
const write = (name: string, text: string): void => fs.writeFileSync(at(name), text);
const init = (...words: string[]): Promise<Finished> => dosql(["init", ...words], { cwd: folder });

async function must(...words: string[]): Promise<string> {
  const { code, out, err } = await init(...words);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

/** The settings as wrangler itself reads them. */
function config(name: string): ReturnType<typeof unstable_readConfig> {
  return unstable_readConfig({ config: at(name) }, { hideWarnings: true });
}

const JSONC = `// The shop.
{
  "name": "shop", // by that name
  "main": "src/index.ts",
  "compatibility_date": "2026-08-15",
  "d1_databases": [
    /* production */
    { "binding": "DB", "database_name": "shop", "database_id": "x" }
  ]
}
`;

const TOML = `# The shop.
name = "shop" # by that name
main = "src/index.js"
compatibility_date = '2026-08-15'
compatibility_flags = [
  "nodejs_compat", # for Buffer, [sic]
]

[vars]
main = "not this one"
TEXT = """
[[d1_databases]]
binding = "DB"
"""

[[d1_databases]]
binding = "DB" # the shop's
database_name = "shop"
database_id = "x"
`;

const OBJECTS = [
  { name: "DOSQL", class_name: "DoSQLShard" },
  { name: "DOSQL_CATALOG", class_name: "DoSQLCatalog" },
];
const MADE = [{ tag: "dosql-v1", new_sqlite_classes: ["DoSQLShard", "DoSQLCatalog"] }];

/** Every line of the first text is in the second one, in the same order. */
function expectKept(before: string, after: string, but: readonly string[]): void {
  let from = 0;
  for (const line of before.split("\n")) {
    if (but.some((one) => line.includes(one))) continue;
    const found = after.indexOf(line.replace(/[\s,]+$/, ""), from);
    expect(found, line).toBeGreaterThanOrEqual(from);
    from = found;
  }
}

describe.each([
  ["wrangler.jsonc", JSONC, "ts", "./index"],
  ["wrangler.toml", TOML, "js", "./index.js"],
])("%s", (name, text, extension, specifier) => {
  beforeEach(() => write(name, text));

  test("gets the objects, and a main that wraps the application", async () => {
    const out = await must();
    expect(out).toContain(`wrote src/dosql.${extension}\nwrote ${name}\n`);
    expectKept(text, read(name), ["main =", '"main"', "binding"]);
    const found = config(name);
    expect(found.main).toBe(at(`src/dosql.${extension}`));
    expect(found.durable_objects.bindings).toEqual(OBJECTS);
    expect(found.migrations).toEqual(MADE);
    expect(found.d1_databases).toMatchObject([{ binding: "DB_D1", database_name: "shop" }]);
    const entry = read(`src/dosql.${extension}`);
    expect(entry).toContain(`import app from "${specifier}";`);
    expect(entry).toContain(`export default withDoSQL(app, { DB: "DOSQL" }, d1Api());`);
  });

  test("is changed once", async () => {
    await must();
    const once = read(name);
    expect(await must()).toBe("nothing to do\n");
    expect(read(name)).toBe(once);
    await must("--d1-binding", "--binding", "LOGS", "--database", "logs");
    const twice = read(name);
    expect(await must("--d1-binding", "--binding", "LOGS", "--database", "logs")).toBe(
      "nothing to do\n",
    );
    expect(read(name)).toBe(twice);
  });

  test("gets a D1 binding over a service, and keeps its main", async () => {
    await must("--d1-binding", "--service", "databases");
    expectKept(text, read(name), ["binding", "nodejs_compat"]);
    const found = config(name);
    expect(found.main).toBe(at(`src/index.${extension}`));
    expect(found.compatibility_flags).toContain("d1_binding_jsrpc");
    expect(found.unsafe.bindings).toEqual([
      {
        name: "DB",
        type: "service",
        service: "databases",
        entrypoint: "DoSQLD1",
        binding_interface: "d1",
        props: { database: "main" },
        dev: {
          plugin: { package: "dosql/miniflare", name: "dosql-d1" },
          options: { service: "databases" },
        },
      },
    ]);
    expect(await must("--d1-binding", "--service", "databases")).toBe("nothing to do\n");
  });

  test("stays as it is with --dry-run, and beside a copy", async () => {
    const planned = JSON.parse(await must("--dry-run", "--json"));
    expect(planned).toMatchObject({ dryRun: true, files: [`src/dosql.${extension}`, name] });
    expect(fs.readdirSync(at("src"))).toEqual([]);
    expect(fs.readdirSync(folder)).toEqual(["src", name]);
    const copy = name.replace(".", ".dosql.");
    const written = JSON.parse(await must("--out", copy, "--name", "shop-dosql", "--json"));
    expect(written).toMatchObject({ dryRun: false, files: [`src/dosql.${extension}`, copy] });
    expect(read(name)).toBe(text);
    expect(config(copy).name).toBe("shop-dosql");
  });
});

test("flags that are there stay, and stand in one list", async () => {
  write("wrangler.toml", TOML);
  await must("--d1-binding");
  expect(config("wrangler.toml").compatibility_flags).toEqual([
    "nodejs_compat",
    "d1_binding_jsrpc",
  ]);
  expect(read("wrangler.toml")).toContain("# for Buffer, [sic]");
});

test("comments stay with what they are about", async () => {
  write(
    "wrangler.jsonc",
    `{
  "main": "a.js", // wrapped
  "compatibility_date": "2026-08-15", /* old */
  "compatibility_flags": ["nodejs_compat"], // Buffer
  "d1_databases": [], // none yet
  "durable_objects": {
    "bindings": [
      { "name": "ROOM", "class_name": "Room" }, // ours
    ],
  },
  "vars": {} // nothing
}
`,
  );
  await must();
  expect(read("wrangler.jsonc")).toBe(`{
  "main": "dosql.js", // wrapped
  "compatibility_date": "2026-08-15", /* old */
  "compatibility_flags": ["nodejs_compat"], // Buffer
  "d1_databases": [], // none yet
  "durable_objects": {
    "bindings": [
      { "name": "ROOM", "class_name": "Room" }, // ours
      {
        "name": "DOSQL",
        "class_name": "DoSQLShard"
      },
      {
        "name": "DOSQL_CATALOG",
        "class_name": "DoSQLCatalog"
      },
    ],
  },
  "vars": {}, // nothing
  "migrations": [
    {
      "tag": "dosql-v1",
      "new_sqlite_classes": [
        "DoSQLShard",
        "DoSQLCatalog"
      ]
    }
  ]
}
`);
  await must("--d1-binding", "--binding", "LOGS");
  expect(config("wrangler.jsonc").compatibility_flags).toEqual([
    "nodejs_compat",
    "d1_binding_jsrpc",
  ]);
});

test("several databases keep their names", async () => {
  write(
    "wrangler.json",
    JSON.stringify({
      name: "two",
      main: "worker.mjs",
      compatibility_date: "2026-08-15",
      d1_databases: [
        { binding: "DB", database_name: "shop", database_id: "x" },
        { binding: "MY_D1", database_name: "logs", database_id: "y" },
      ],
    }),
  );
  expect(await must()).toContain(
    "note: make the databases shop, logs before their first query: wrangler d1 create NAME",
  );
  expect(read("dosql.js")).toContain(
    'DB: { namespace: "DOSQL", database: "shop" }, MY_D1: { namespace: "DOSQL", database: "logs" }',
  );
  const { d1_databases: kept } = config("wrangler.json");
  expect(kept.map((one: { binding: string }) => one.binding)).toEqual(["DB_D1", "MY_D1_D1"]);
});

test("several databases behind a service have to be made as well", async () => {
  const d1_databases = ["shop", "main"].map((database_name, i) => {
    return { binding: `DB${i}`, database_name, database_id: `${i}` };
  });
  write("wrangler.json", JSON.stringify({ name: "two", main: "a.js", d1_databases }));
  expect(await must("--d1-binding")).toContain("note: make the databases shop before");
});

test.each([
  ["index.mts", "./index.mjs"],
  ["index.cts", "./index.cjs"],
  ["index.tsx", "./index"],
  ["index.mjs", "./index.mjs"],
])("a module %s is imported by a name that is found", async (main, specifier) => {
  write("wrangler.json", JSON.stringify({ name: "one", main: `src/${main}` }));
  await must();
  const entry = read(main.endsWith(".mjs") ? "src/dosql.js" : "src/dosql.ts");
  expect(entry).toContain(`import app from "${specifier}";`);
  write(`src/${main}`, "export default {};");
  const { errors } = await build({
    stdin: { contents: entry, resolveDir: at("src"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    external: ["dosql/*"],
  });
  expect(errors).toEqual([]);
});

describe("what it refuses", () => {
  const expectRefused = async (
    code: number,
    message: RegExp,
    ...words: string[]
  ): Promise<void> => {
    const files = (): unknown =>
      fs
        .readdirSync(folder)
        .filter((name) => name !== "src")
        .map((name) => [name, read(name)]);
    const before = files();
    const { code: found, err } = await init(...words);
    expect(err).toMatch(message);
    expect(found).toBe(code);
    expect(files()).toEqual(before);
  };

  test("no settings, or settings that cannot be read", async () => {
    await expectRefused(4, /no wrangler settings in this folder/);
    write("wrangler.json", "{ nonsense");
    await expectRefused(4, /wrangler\.json is not JSON/);
    await expectRefused(4, /other\.toml does not exist/, "--config", "other.toml");
  });

  test("settings without a module to wrap", async () => {
    write("wrangler.json", `{ "name": "assets" }`);
    await expectRefused(1, /name no module in main/);
  });

  test("a module that has no folder to stand in", async () => {
    fs.rmdirSync(at("src"));
    write("wrangler.jsonc", JSONC);
    await expectRefused(4, /src/);
  });

  test("a name that is taken", async () => {
    const durable_objects = { bindings: [{ name: "DOSQL", class_name: "Mine" }] };
    write("wrangler.json", JSON.stringify({ main: "a.js", durable_objects }));
    await expectRefused(2, /DOSQL is bound to another class already/);
  });

  test("names that no database can have", async () => {
    const d1_databases = ["shop", "Logs 2"].map((database_name) => {
      return { binding: database_name.slice(0, 4), database_name, database_id: "x" };
    });
    write("wrangler.json", JSON.stringify({ main: "a.js", d1_databases }));
    await expectRefused(2, /"Logs 2" is no name of a database/);
    await expectRefused(2, /"Logs 2" is no name of a database/, "--d1-binding");
    await expectRefused(2, /"a\/b" is no name/, "--binding", "DB", "--database", "a/b");
  });

  test("tables of TOML in another form", async () => {
    write(
      "wrangler.toml",
      'main = "a.js"\n[durable_objects]\nbindings = [{ name = "A", class_name = "B" }]\n',
    );
    await expectRefused(1, /durable_objects\.bindings is not written as \[\[durable_objects/);
  });

  test("files that somebody else made", async () => {
    write("wrangler.jsonc", JSONC);
    write("other.jsonc", "{}");
    await expectRefused(4, /other\.jsonc exists already/, "--out", "other.jsonc");
    await expectRefused(2, /--service has no meaning/, "--service", "x");
  });

  test("copies of another form, or elsewhere", async () => {
    write("wrangler.jsonc", JSONC);
    await expectRefused(2, /would hold what wrangler\.jsonc holds/, "--out", "copy.toml");
    await expectRefused(2, /is in another folder/, "--out", "src/copy.jsonc");
  });
});

test("environments are named, not changed", async () => {
  write("wrangler.toml", `${TOML}\n[env.staging]\nname = "staging"\n`);
  expect(await must()).toContain("note: sections of environments");
});
