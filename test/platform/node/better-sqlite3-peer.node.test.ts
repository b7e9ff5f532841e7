import { describe, expect, it } from "vitest";
import { isInRange } from "../../../src/platform/node/better-sqlite3/peer.ts";

describe("the range of Node versions that a package asks for", () => {
  it.each([
    [">=22", ["22.0.0", "24.21.0"], ["20.20.2", "21.9.0"]],
    ["20.x || 22.x || 24.x", ["20.1.0", "22.16.0", "24.0.0"], ["21.0.0", "23.1.0", "26.0.0"]],
    [">=22.14 <25", ["22.14.0", "24.21.0"], ["22.13.9", "25.0.0"]],
    ["^22.14.0 || >=24", ["22.14.0", "22.99.1", "26.10.0"], ["22.13.0", "23.0.0"]],
    ["~22.14", ["22.14.9"], ["22.15.0"]],
    [">22", ["23.0.0"], ["22.16.0"]],
    ["*", ["18.0.0"], []],
    ["what is this", [], ["24.21.0"]],
  ])("%s", (range, inside, outside) => {
    expect(inside.filter((version) => !isInRange(version, range))).toEqual([]);
    expect(outside.filter((version) => isInRange(version, range))).toEqual([]);
  });
});
