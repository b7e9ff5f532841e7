import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");
const { exports } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  exports: Record<string, string | Record<string, string>>;
};

it("has a source behind each export, named as what is built of it", () => {
  for (const target of Object.values(exports)) {
    if (typeof target === "string") continue;
    const { "dosql-src": source = "", ...built } = target;
    expect(existsSync(path.join(ROOT, source)), source).toBe(true);
    // The condition that stands first wins.
    expect(Object.keys(target)[0]).toBe("dosql-src");
    for (const file of Object.values(built)) {
      expect(file).toMatch(/^\.\/dist\/entry\/[a-z0-9.-]+\.js$/);
      expect(existsSync(path.join(ROOT, file.replace("dist", "src").replace(/js$/, "ts")))).toBe(
        true,
      );
    }
  }
});

it("gives the class of better-sqlite3 to both import and require", () => {
  const code = `
    const Required = require("dosql/better-sqlite3");
    import("dosql/better-sqlite3").then(({ default: Imported }) => {
      console.log(typeof Required, Required === Imported);
    });
  `;
  const args = ["--conditions=dosql-src", "--input-type=commonjs", "-e", code];
  const found = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  expect(found.stderr).toBe("");
  expect(found.stdout.trim()).toBe("function true");
});
