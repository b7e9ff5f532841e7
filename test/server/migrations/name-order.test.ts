import { expect, test } from "vitest";
import { compareNames, leadingNumber } from "../../../src/server/migrations/name-order.ts";

test("names are ordered by their numbers, then by their characters", () => {
  const ordered = [
    "0001_b.sql",
    "1_c.sql",
    "2_a.sql",
    "0010_a.sql",
    "0010_b/migration.sql",
    "0010_b.sql",
    "20261121154100_x.sql",
    "a.sql",
    "b.sql",
  ];
  for (let shift = 0; shift < ordered.length; shift++) {
    const mixed = [...ordered.slice(shift), ...ordered.slice(0, shift)].toReversed();
    expect(mixed.sort(compareNames)).toEqual(ordered);
  }
  expect(compareNames("a.sql", "a.sql")).toBe(0);
});

test("the number a name begins with", () => {
  expect(["0012_x.sql", "7", "x1", ""].map(leadingNumber)).toEqual([12, 7, null, null]);
});
