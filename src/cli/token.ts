import { DosqlError } from "../base/errors.ts";
import { signToken } from "../server/token-claims.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";

const DEFAULT_EXPIRES = "1h";
/** Longer than a machine's life is no end. */
const LONGEST_MS = 3650 * 86_400_000;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Makes tokens that open less than a server's own. */
export const tokenCommand: Command = {
  command: "token",
  summary: "Make a token that opens some databases for some time.",
  details: [
    "It is signed with the token of a data folder, or with a Worker's secret DOSQL_JWT_KEY or\n" +
      "DOSQL_TOKEN, and opens what that one opens, or less: for dosql/client, and in place of\n" +
      "the server's own token. To take it back, the server needs a new secret: delete the\n" +
      "folder's file `token` and start the server again.",
  ],
  arguments: [],
  options: [
    { name: "data", kind: "text", value: "DIR", help: "a data folder (default ./data)" },
    {
      name: "database",
      kind: "many",
      value: "NAME",
      help: "a database that it opens; may be repeated (default main; * is all)",
    },
    { name: "read-only", kind: "flag", help: "it reads only" },
    {
      name: "expires",
      kind: "text",
      value: "TIME",
      help: `how long it is good, as 90s, 15m, 12h or 30d (default ${DEFAULT_EXPIRES})`,
    },
    { name: "subject", kind: "text", value: "TEXT", help: "whom it is for; a note" },
  ],
  examples: [
    "dosql token --read-only --expires 12h",
    "DOSQL_TOKEN=… dosql token --database shop --database blog --subject reports",
  ],
  async run(given, host) {
    const names = given.many("database");
    const expiresMs = host.clock.nowMs() + durationMs(given.text("expires") ?? DEFAULT_EXPIRES);
    const token = await signToken(
      {
        subject: given.text("subject") ?? "",
        databases: names.includes("*") ? null : names.length === 0 ? ["main"] : names,
        readOnly: given.flag("read-only"),
        expiresMs,
        notBeforeMs: null,
      },
      new TextEncoder().encode(ownToken(host, given.text("data"))),
      host.crypto,
    );
    await host.out.write(`${token}\n`);
    return EXIT.ok;
  },
};

function ownToken(host: CliHost, data: string | undefined): string {
  const environment = host.environment("DOSQL_JWT_KEY") || host.environment("DOSQL_TOKEN") || "";
  if (data === undefined && environment !== "") return environment;
  const folder = data ?? "./data";
  const token = host.files.readText(host.files.join(folder, "token"))?.trim() ?? "";
  if (token !== "") return token;
  throw new DosqlError("bad-file", `${folder} holds no token`, {
    hint: "name a data folder that was served once, or set DOSQL_TOKEN",
  });
}

function durationMs(text: string): number {
  const [, count = "", unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS.get(unit) ?? 0);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new DosqlError("invalid-argument", `--expires ${text} is no time`, {
    hint: "a number and s, m, h or d, as 12h; ten years at most",
  });
}
