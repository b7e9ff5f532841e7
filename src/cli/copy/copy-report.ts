import type { SqlValue } from "../../base/value.ts";
import type { Comparison, TableDigest } from "../../server/dump/comparison.ts";
import type { CliHost } from "../host.ts";
import { countText } from "../progress.ts";
import { tableText } from "../table.ts";

/** Enough of a hash to look at; JSON has all of it. */
const SHOWN_DIGITS = 16;
const COLUMNS = ["table", "rows in FROM", "rows in TO", "hash of FROM", "hash of TO", "equal"];

/** Prints what a copy came to. */
export async function copyReport(
  host: CliHost,
  { rows, found }: { readonly rows: number; readonly found: Comparison },
  asJson: boolean,
): Promise<void> {
  const { tables, views, equal } = found;
  if (asJson) {
    const value = { result: equal ? "equal" : "different", copied: rows, tables, views };
    await host.out.write(`${JSON.stringify(value)}\n`);
    return;
  }
  const lines = tables.map((one) => [
    one.name,
    countOf(one.source),
    countOf(one.target),
    hashOf(one.source),
    hashOf(one.target),
    one.equal ? "yes" : "NO",
  ]);
  await host.out.write(tableText(COLUMNS, lines, { widthColumns: host.out.widthColumns }));
  if (equal) {
    await host.out.write(`copied ${countText(rows, "row")}; both databases are equal\n`);
    return;
  }
  const names = tables.filter((one) => !one.equal).map(({ name }) => name);
  const all = [...names, ...views].join(", ");
  await host.err.write(`dosql: the databases differ in ${all}\n`);
  await host.err.write("hint: when FROM has changed meanwhile, --again copies what differs\n");
}

function countOf(digest: TableDigest | null): SqlValue {
  return digest === null ? null : BigInt(digest.rows);
}

function hashOf(digest: TableDigest | null): SqlValue {
  return digest?.hash.slice(0, SHOWN_DIGITS) ?? null;
}
