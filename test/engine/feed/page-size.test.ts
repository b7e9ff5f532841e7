import { expect, test } from "vitest";
import { PageSize } from "../../../src/engine/feed/page-size.ts";

/** Rows asked for, page by page, when each row has that many bytes. */
function pagesOf(bytes: readonly number[]): number[] {
  const size = new PageSize();
  return bytes.map((rowBytes) => {
    const { rows } = size;
    for (let i = 0; i < rows; i++) size.note(rowBytes);
    size.adapt();
    return rows;
  });
}

test("a page grows step by step, and shrinks at once", () => {
  expect(pagesOf([10, 10, 10, 10, 10, 10, 10])).toEqual([16, 32, 64, 128, 256, 256, 256]);
  expect(pagesOf([10, 10, 1e5, 1e5, 10])).toEqual([16, 32, 64, 10, 10]);
  expect(pagesOf([1e8, 1e8, 100, 100])).toEqual([16, 1, 1, 2]);
});

test("an empty page changes nothing", () => {
  const size = new PageSize();
  size.adapt();
  expect(size.rows).toBe(16);
});
