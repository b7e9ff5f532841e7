import type { SqlClient } from "../ports/sql-client.ts";
import { againStatements } from "../server/dump/copy-again.ts";
import type { Comparison } from "../server/dump/comparison.ts";
import { compareDatabases } from "../server/dump/comparison.ts";
import type { DumpStatement } from "../server/dump/dump.ts";
import { countRows, dumpStatements } from "../server/dump/dump.ts";
import type { Command } from "./command.ts";
import type { CopyEnd } from "./copy/copy-end.ts";
import { openCopyTarget, openSource } from "./copy/copy-end.ts";
import { copyReport } from "./copy/copy-report.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { countText } from "./progress.ts";
import { withTarget } from "./target.ts";
import { watchWork } from "./work-watch.ts";

/** Copies a database that may be in use, and holds both against each other. */
export const copyCommand: Command = {
  command: "copy",
  summary: "Copy a database into another one, and verify the copy.",
  details: [
    "FROM is a D1 database (d1:NAME or d1:ID, by CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN),\n" +
      "a DoSQL server (https://HOST[/NAME] by DOSQL_TOKEN, or postgresql://…), a data folder, a\n" +
      "SQLite file or an SQL script. TO is a DoSQL server or a data folder, which is made when\n" +
      "it is missing.",
    "The copy comes as a whole or not at all. Then every table is read on both sides, in the\n" +
      "order of its key, and compared by its number of rows and a SHA-256 over all values. A\n" +
      "source that changes meanwhile shows as tables that differ: --again copies only those, as\n" +
      "often as needed, and drops tables and views that only TO has.",
  ],
  arguments: [
    { name: "FROM", required: true, help: "the database to copy" },
    { name: "TO", required: true, help: "where to" },
  ],
  options: [
    { name: "again", kind: "flag", help: "compare first, and copy only the tables that differ" },
    { name: "verify-only", kind: "flag", help: "compare, and copy nothing" },
    { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
  ],
  examples: [
    "dosql copy d1:shop https://shop-dosql.example.workers.dev",
    "dosql copy d1:shop ./data --again",
    "dosql copy shop.sqlite ./data",
    "dosql copy https://shop-dosql.example.workers.dev ./backup --json",
  ],
  async run(given, host) {
    const [from = "", to = ""] = given.arguments;
    const source = await openSource(host, from);
    return withTarget(source.client, async () => {
      const target = await openCopyTarget(host, to);
      return withTarget(target.client, async () => {
        const how = { again: given.flag("again"), only: given.flag("verify-only") };
        const outcome = await runCopy(host, { from, source, target }, how);
        if (outcome === null) {
          await host.err.write("dosql: interrupted\n");
          return EXIT.interrupted;
        }
        await copyReport(host, outcome, given.flag("json"));
        return outcome.found.equal ? EXIT.ok : EXIT.sql;
      });
    });
  },
};

interface Ends {
  readonly from: string;
  readonly source: CopyEnd;
  readonly target: CopyEnd;
}

/** What a copy came to. */
export interface CopyResult {
  /** Rows that were written. */
  readonly rows: number;
  readonly found: Comparison;
}

/** Null when the user stopped it. */
async function runCopy(
  host: CliHost,
  ends: Ends,
  { again, only }: { readonly again: boolean; readonly only: boolean },
): Promise<CopyResult | null> {
  const { source, target } = ends;
  const total = await countRows(source.client);
  let found: Comparison | null = null;
  if (again || only) {
    found = await compared(host, ends, total);
    if (found === null) return null;
    if (only || found.equal) return { rows: 0, found };
  }
  const portable = source.portable || target.portable;
  const statements =
    found === null
      ? dumpStatements(source.client, { bare: true, portable })
      : againStatements(source.client, target.client, found, portable);
  const rows = await loaded(host, ends, total, statements);
  if (rows === null) return null;
  found = await compared(host, ends, total);
  return found === null ? null : { rows, found };
}

/** Rows that were written; null when the user stopped it. */
async function loaded(
  host: CliHost,
  { from, target }: Ends,
  total: number,
  statements: AsyncIterable<DumpStatement>,
): Promise<number | null> {
  const watch = watchWork(host, "copying", from);
  let done = 0;
  let steps = 0;
  try {
    const isStopped = await target.load(statements, (rows) => {
      done = rows;
      return watch.step(++steps, rows / Math.max(1, total), countText(rows, "row"));
    });
    return isStopped ? null : done;
  } finally {
    await watch.end();
  }
}

async function compared(host: CliHost, ends: Ends, total: number): Promise<Comparison | null> {
  const { from, source, target } = ends;
  const watch = watchWork(host, "verifying", from);
  let steps = 0;
  const compare = (one: SqlClient, two: SqlClient): Promise<Comparison | null> =>
    compareDatabases(one, two, {
      sha256: (data) => host.crypto.sha256(data),
      progress: (rows) =>
        watch.step(++steps, rows / Math.max(1, 2 * total), countText(rows, "row")),
    });
  try {
    return await compare(source.client, target.client);
  } finally {
    await watch.end();
  }
}
