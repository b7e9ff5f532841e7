import { DosqlError } from "../base/errors.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { ParsedArguments } from "./option-parser.ts";
import { TailRun } from "./tail/tail-run.ts";
import type { TailWish } from "./tail/tail-run.ts";
import { tailTarget } from "./tail/tail-target.ts";

const OPERATIONS = ["insert", "update", "delete", "ddl", "truncate"];

/** Follows the changes of a database as lines of JSON. */
export const tailCommand: Command = {
  command: "tail",
  summary: "Follow the changes of a database: one line of JSON for each transaction.",
  details: [
    "Follows the server that owns the data folder; a folder that nobody owns is opened. When\n" +
      "the connection is lost, it is made again, and the stream goes on where it was.\n" +
      "Ctrl-C ends it.",
    "A slot is a position that the database keeps: what was printed is confirmed there, and the\n" +
      "next `dosql tail` with the slot goes on behind it. What was printed in the last second\n" +
      "before a crash is printed again: its `lsn` tells.",
  ],
  arguments: [],
  options: [
    { name: "data", kind: "text", value: "DIR", help: "a data folder (default ./data)" },
    {
      name: "url",
      kind: "text",
      value: "URL",
      help: "a server's HTTP address, as http://127.0.0.1:8432; its token in DOSQL_TOKEN",
    },
    {
      name: "from",
      kind: "text",
      value: "WHERE",
      help: "start, now, snapshot, an LSN, an ISO time, a clock (default: the slot's, or now)",
    },
    {
      name: "table",
      kind: "many",
      short: "t",
      value: "NAME",
      help: "only this table (repeatable)",
    },
    {
      name: "operation",
      kind: "many",
      value: "NAME",
      help: `only this operation (repeatable): ${OPERATIONS.join(", ")}`,
    },
    { name: "slot", kind: "text", value: "NAME", help: "go on from a slot, and confirm there" },
    { name: "create", kind: "flag", help: "make the slot when there is none" },
    { name: "no-follow", kind: "flag", help: "end behind what is there now" },
    { name: "heartbeats", kind: "flag", help: "print the position of a quiet stream, too" },
    { name: "json", kind: "flag", help: "print JSON, which is the default" },
  ],
  examples: [
    "dosql tail",
    "dosql tail --from start --no-follow | jq -c '.records[]'",
    "dosql tail --data ./shop -t orders --slot mailer --create",
    "DOSQL_TOKEN=… dosql tail --url http://127.0.0.1:8432 --from 2026-11-20T10:00:00Z",
  ],
  async run(given, host) {
    const run = new TailRun(host, tailTarget(given, host), readWish(given));
    const forget = host.onSignal(() => run.stop());
    const leave = host.keepAlive();
    try {
      await run.run();
    } finally {
      leave();
      forget();
    }
    return EXIT.ok;
  },
};

function readWish(given: ParsedArguments): TailWish {
  const slot = given.text("slot") ?? null;
  const create = given.flag("create");
  if (create && slot === null) {
    throw new DosqlError("invalid-argument", "--create makes a slot: name it with --slot");
  }
  return {
    from: given.text("from") ?? null,
    tables: given.many("table"),
    operations: given.many("operation"),
    slot,
    create,
    follow: !given.flag("no-follow"),
    heartbeats: given.flag("heartbeats"),
  };
}
