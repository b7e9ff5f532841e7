import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { OptionSpec } from "./option-parser.ts";
import { bytesText, countText } from "./progress.ts";

const OPTIONS: readonly OptionSpec[] = [
  { name: "data", kind: "text", value: "DIR", help: "a data folder (default ./data)" },
  { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
];
const DEFAULT_DATA = "./data";

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
  details: ["The database is written anew, for which the disk needs as much space again."],
  arguments: [],
  options: OPTIONS,
  examples: ["dosql vacuum --data ./shop"],
  async run(given, host) {
    const { beforeBytes, afterBytes } = await host.vacuum(given.text("data") ?? DEFAULT_DATA);
    await host.out.write(
      given.flag("json")
        ? `${JSON.stringify({ beforeBytes, afterBytes })}\n`
        : `${bytesText(beforeBytes)} before, ${bytesText(afterBytes)} now\n`,
    );
    return EXIT.ok;
  },
};
