import { afterEach, describe, expect, it } from "vitest";
import {
  bindsNumbered,
  isSupportedNode,
  nodeSqlite,
  unsupportedNode,
} from "../../../src/platform/node/sqlite/node-sqlite.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { failure } from "./drivers.ts";

describe("the version of Node", () => {
  it.each([
    ["20.20.2", false],
    ["22.5.0", false],
    ["22.15.1", false],
    ["22.16.0", true],
    ["23.0.0", true],
    ["24.0.0", true],
    ["26.10.0", true],
    ["100.0.0", true],
  ])("%s serves: %s", (version, serves) => {
    expect(isSupportedNode(version)).toBe(serves);
  });

  it.each([
    ["22.19.1", false],
    ["22.20.0", true],
    ["23.11.0", false],
    ["24.6.0", false],
    ["24.7.0", true],
    ["25.0.0", true],
  ])("%s binds numbered parameters: %s", (version, binds) => {
    expect(bindsNumbered(version)).toBe(binds);
  });

  it("is refused in one sentence that says what to do", () => {
    expect(unsupportedNode("20.20.2")).toBe(
      "dosql needs Node 22.16 or newer, and this is v20.20.2: " + "install Node 24",
    );
  });

  it("is good enough here", () => {
    expect(nodeSqlite().DatabaseSync).toBeTypeOf("function");
  });

  describe("that binds no numbered parameters", () => {
    const { versions } = process;
    afterEach(() => {
      Object.defineProperty(process, "versions", { value: versions });
    });

    it("opens no database of the engine, and says why", () => {
      Object.defineProperty(process, "versions", { value: { ...versions, node: "24.6.0" } });
      const error = failure(() => new NodeSqlDriver(":memory:"));
      expect([error.code, error.hint]).toEqual(["runtime", expect.stringContaining("24.7")]);
      expect(nodeSqlite().DatabaseSync).toBeTypeOf("function");
    });
  });
});
