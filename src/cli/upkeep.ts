import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { OptionSpec } from "./option-parser.ts";
import { bytesText, countText } from "./progress.ts";

const OPTIONS: readonly OptionSpec[] = [
  { name: "data", kind: "text", value: "DIR", help: "a data folder (default ./data)" },
  { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
];
const DEFAULT_DATA = "./data";
const DAY_MS = 86_400_000;

/** Does at once what a server does in the background. */
export const checkpointCommand: Command = {
  command: "checkpoint",
  summary: "Bring a data folder's change log into its archive.",
  details: [
    "Seals and archives the change log, takes a snapshot where one is due, deletes what\n" +
      "nobody needs any more, and brings SQLite's write-ahead log into the database file.\n" +
      "A server does all of that by itself, every minute.",
  ],
  arguments: [],
  options: OPTIONS,
  examples: ["dosql checkpoint", "dosql checkpoint --data ./shop --json"],
  async run(given, host) {
    const done = await host.checkpoint(given.text("data") ?? DEFAULT_DATA);
    if (given.flag("json")) {
      await host.out.write(`${JSON.stringify(done)}\n`);
      return EXIT.ok;
    }
    const { archivedLsn, snapshotLsn, segments, trimmed } = done;
    const parts = [
      archivedLsn === null ? "changes are not captured" : `archived up to LSN ${archivedLsn}`,
      ...(segments > 0 ? [`${countText(segments, "new segment")}`] : []),
      ...(snapshotLsn === null ? [] : [`a snapshot at LSN ${snapshotLsn}`]),
      ...(trimmed > 0 ? [`${countText(trimmed, "old entry")} deleted`] : []),
    ];
    await host.out.write(`${parts.join(", ")}\n`);
    return EXIT.ok;
  },
};

/** Gives unused space of a database file back. */
export const vacuumCommand: Command = {
  command: "vacuum",
  summary: "Give unused space of a data folder's database back.",
  details: [
    "The database is written anew, for which the disk needs as much space again.",
    "With --archive-days its archive is made shorter, too: what is needed only for restores to\n" +
      "earlier times is deleted, for good.",
  ],
  arguments: [],
  options: [
    ...OPTIONS,
    { name: "archive-days", kind: "count", help: "keep so much of the archive (default all)" },
  ],
  examples: ["dosql vacuum --data ./shop", "dosql vacuum --data ./shop --archive-days 30"],
  async run(given, host) {
    const days = given.count("archive-days");
    const data = given.text("data") ?? DEFAULT_DATA;
    const done = await host.vacuum(data, days === undefined ? null : days * DAY_MS);
    const { beforeBytes, afterBytes, deletedFiles } = done;
    const files =
      deletedFiles === null
        ? ""
        : `, ${countText(deletedFiles, "old file")} of the archive deleted`;
    await host.out.write(
      given.flag("json")
        ? `${JSON.stringify(done)}\n`
        : `${bytesText(beforeBytes)} before, ${bytesText(afterBytes)} now${files}\n`,
    );
    return EXIT.ok;
  },
};
