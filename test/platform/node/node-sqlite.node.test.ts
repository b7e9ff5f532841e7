import { describe, expect, it } from "vitest";
import {
  isSupportedNode,
  nodeSqlite,
  unsupportedNode,
} from "../../../src/platform/node/node-sqlite.ts";

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

  it("is refused in one sentence that says what to do", () => {
    expect(unsupportedNode("20.20.2")).toBe(
      "dosql needs Node 22.16 or newer, and this is v20.20.2: " + "install Node 24",
    );
  });

  it("is good enough here", () => {
    expect(nodeSqlite().DatabaseSync).toBeTypeOf("function");
  });
});
