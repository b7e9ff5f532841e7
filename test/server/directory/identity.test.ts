import { expect, it } from "vitest";
import { formatDatabaseId, isDatabaseId } from "../../../src/base/database-id.ts";
import { checkDatabaseName, databaseIdOf } from "../../../src/server/directory/database-name.ts";

it("makes a UUID of version 8 of a hash", () => {
  const ones = formatDatabaseId(new Uint8Array(32).fill(255));
  expect(ones).toBe("ffffffff-ffff-8fff-bfff-ffffffffffff");
  expect(isDatabaseId(ones)).toBe(true);
  expect(isDatabaseId(formatDatabaseId(new Uint8Array(32)))).toBe(true);
  expect(isDatabaseId("ffffffff-ffff-4fff-bfff-ffffffffffff")).toBe(false);
  expect(isDatabaseId("main")).toBe(false);
});

it("computes an id of the name alone", async () => {
  const hash = (text: string): Uint8Array => new TextEncoder().encode(text.padEnd(32, "."));
  expect(await databaseIdOf(hash, "shop")).toBe(await databaseIdOf(hash, "shop"));
  expect(await databaseIdOf(hash, "shop")).not.toBe(await databaseIdOf(hash, "shoq"));
});

it("takes names that everybody spells the same", () => {
  for (const name of ["shop", "tenant:42", "a", "A.b_c-d@e", "7", "x".repeat(128)]) {
    expect(checkDatabaseName(name)).toBe(name);
  }
  const id = "ffffffff-ffff-8fff-bfff-ffffffffffff";
  for (const name of ["", "-a", "a b", "ä", "a/b", "x".repeat(129), id, 7, null, "../x"]) {
    expect(() => checkDatabaseName(name), String(name)).toThrow(
      expect.objectContaining({ code: "invalid-argument" }),
    );
  }
});
