import { expect, test } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { EXIT, EXIT_CODE_LINES, exitCodeOf } from "../../src/cli/exit-codes.ts";

test("the table has a line for each code, and they are aligned", () => {
  const rows = EXIT_CODE_LINES.map((line) => /^( {0,2}\d+) {2}\S/.exec(line)?.[1] ?? line);
  expect(rows.map(Number)).toEqual(Object.values(EXIT));
  for (const row of rows) expect(row).toHaveLength(3);
});

test("a server that cannot be reached, or refuses, is 5 by whatever way it was asked", () => {
  for (const code of ["address", "connection", "authentication", "protocol"] as const) {
    expect([code, exitCodeOf(new DosqlError(code, "…"))]).toEqual([code, EXIT.address]);
  }
});
