import { DosqlError } from "../base/errors.ts";
import type { RestoreReport } from "../server/restore-report.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { ParsedArguments } from "./option-parser.ts";
import { countText, durationText } from "./progress.ts";
import { watchWork } from "./work-watch.ts";

const DEFAULT_DATA = "./data";

/** Brings a copy of a database back to any second. */
export const restoreCommand: Command = {
  command: "restore",
  summary: "Bring a copy of a data folder back to any second.",
  details: [
    "Makes a new data folder out of the archive of another one, and out of its change log for\n" +
      "what the archive has not yet. The other folder is only read: a server may go on with it.",
    "A time is UTC unless it names a zone, and stands for the newest commit at or before it.\n" +
      "So does the `time`, `clock` or `id` of a line of dosql tail. A plain number is a log\n" +
      "sequence number, its `lsn`: the transactions that end at or before it are in the copy.",
  ],
  arguments: [],
  options: [
    { name: "data", kind: "text", value: "DIR", help: "the data folder (default ./data)" },
    { name: "to", kind: "text", value: "TIME|LSN", help: 'the moment, or "latest"' },
    { name: "out", kind: "text", value: "DIR", help: "the data folder to make; new or empty" },
    {
      name: "archive",
      kind: "text",
      value: "DIR",
      help: "an archive elsewhere (default DIR/archive of --data); without --data, it alone",
    },
    {
      name: "without",
      kind: "many",
      value: "TABLE",
      help: "leave the rows of a table out whose changes were not captured",
    },
    {
      name: "verify",
      kind: "flag",
      help: "begin a snapshot earlier, and compare all rows at the later one",
    },
    { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
  ],
  examples: [
    'dosql restore --to "2026-11-20 10:00:00" --out ./before',
    "dosql restore --data ./shop --to 2026-11-20T10:00:00+01:00 --out ./shop-10h",
    "dosql restore --archive /backup/archive --to latest --out ./rescued --verify",
  ],
  async run(given, host) {
    const to = required(
      given,
      "to",
      'a time such as "2026-11-20 10:00:00", a plain number for an LSN, or latest',
    );
    const out = required(given, "out", "the data folder to make");
    const archive = given.text("archive") ?? null;
    const data = given.text("data") ?? (archive === null ? DEFAULT_DATA : null);
    if (data !== null && host.files.info(data)?.kind !== "folder") {
      throw new DosqlError("bad-file", `${data} is no data folder`, {
        hint: "name it with --data; if only its archive is left, name that with --archive",
      });
    }
    const watch = watchWork(host, "restore", out);
    let steps = 0;
    try {
      const report = await host.restore(
        { data, archive, to, out, without: given.many("without"), verify: given.flag("verify") },
        (part, note) => watch.step(++steps, part, note),
      );
      await watch.end();
      if (report === null) {
        await host.err.write("interrupted: nothing was restored\n");
        return EXIT.interrupted;
      }
      const elapsedMs = watch.elapsedMs();
      await host.out.write(
        given.flag("json") ? jsonText(report, elapsedMs) : humanText(report, elapsedMs),
      );
      return EXIT.ok;
    } finally {
      await watch.end();
    }
  },
};

function required(given: ParsedArguments, name: string, what: string): string {
  const value = given.text(name);
  if (value !== undefined && value.trim() !== "") return value;
  throw new DosqlError("invalid-argument", `--${name} is missing: ${what}`, {
    hint: "see dosql restore --help",
  });
}

function jsonText(report: RestoreReport, elapsedMs: number): string {
  const { timeMs, ...rest } = report;
  const time = new Date(timeMs).toISOString();
  return `${JSON.stringify({ ...rest, time, elapsedMs: Math.round(elapsedMs) })}\n`;
}

function humanText(report: RestoreReport, elapsedMs: number): string {
  const { out, lsn, timeMs, snapshotLsn, rows, entries, verifiedAt } = report;
  const time = new Date(timeMs).toISOString();
  const lines = [
    `restored ${out} as of ${time} (LSN ${lsn})`,
    `  ${countText(rows, "row")} of the snapshot at LSN ${snapshotLsn}, ` +
      `${countText(entries, "change")} since, in ${durationText(elapsedMs)}`,
  ];
  if (verifiedAt.length > 1) lines.push(`  rows compared at LSN ${verifiedAt.join(" and ")}`);
  if (report.atEnd && !report.fromDatabase) {
    lines.push("  the archive ends here: changes that it does not have yet are not in the copy");
  }
  for (const index of report.leftOut) lines.push(`  left out: ${index}`);
  lines.push(`serve it: dosql serve --data ${out}`);
  return `${lines.join("\n")}\n`;
}
