import { DosqlError } from "../base/errors.ts";
import type { RunningServer } from "../server/running-server.ts";
import {
  AUTH_METHODS,
  DEFAULT_HOST,
  DEFAULT_HTTP_PORT,
  DEFAULT_MAX_CONNECTIONS,
  DEFAULT_PG_PORT,
  DEFAULT_USER,
  serveConfig,
} from "../server/serve-config.ts";
import type { CaptureChoice, ServeConfig, ServeRequest } from "../server/serve-config.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import type { ParsedArguments } from "./option-parser.ts";

const HOUR_MS = 3_600_000;

/** Serves a data folder until a signal ends it. */
export const serveCommand: Command = {
  command: "serve",
  summary: "Serve a data folder: Postgres wire protocol and HTTP.",
  details: [
    "The data folder is made when it is missing. SIGINT and SIGTERM stop the server gracefully.",
  ],
  arguments: [],
  options: [
    { name: "data", kind: "text", value: "DIR", help: "the data folder (default ./data)" },
    {
      name: "host",
      kind: "text",
      value: "HOST",
      help: `address to listen on (default ${DEFAULT_HOST})`,
    },
    {
      name: "pg-port",
      kind: "count",
      value: "N",
      help: `Postgres port (default ${DEFAULT_PG_PORT}; 0: any)`,
    },
    {
      name: "http-port",
      kind: "count",
      value: "N",
      help: `HTTP port (default ${DEFAULT_HTTP_PORT}; 0: any)`,
    },
    {
      name: "user",
      kind: "text",
      value: "NAME",
      help: `the role that may log in (default ${DEFAULT_USER})`,
    },
    {
      name: "password-file",
      kind: "text",
      value: "FILE",
      help: "its password, else DOSQL_PASSWORD; without: this machine only",
    },
    {
      name: "auth",
      kind: "text",
      choices: AUTH_METHODS,
      help: "default scram-sha-256 with a password, else trust",
    },
    { name: "allow-host", kind: "many", value: "NAME", help: "a name that HTTP clients may use" },
    { name: "allow-origin", kind: "many", value: "URL", help: "an Origin that browsers may send" },
    {
      name: "max-connections",
      kind: "count",
      help: `Postgres connections (default ${DEFAULT_MAX_CONNECTIONS})`,
    },
    {
      name: "capture",
      kind: "text",
      choices: ["on", "off"],
      help: "keep a change log (default: as the database says, a new one on)",
    },
    {
      name: "capture-except",
      kind: "many",
      value: "TABLE,…",
      help: "keep one, but not of these tables",
    },
    {
      name: "archive",
      kind: "text",
      choices: ["on", "off"],
      help: "copy the change log to DIR/archive, for dosql restore (default on)",
    },
    {
      name: "history-hours",
      kind: "count",
      help: "keep so much of the change log in the database as well (default 24)",
    },
    { name: "archive-days", kind: "count", help: "keep so much of the archive (default all)" },
    { name: "json", kind: "flag", help: "print one line of JSON when ready" },
  ],
  examples: [
    "dosql serve",
    "dosql serve --data /srv/shop --pg-port 0 --http-port 0 --json",
    "dosql serve --host 0.0.0.0 --password-file /run/secrets/dosql",
  ],
  async run(given, host) {
    const config = serveConfig({
      data: given.text("data") ?? "./data",
      host: given.text("host"),
      pgPort: given.count("pg-port"),
      httpPort: given.count("http-port"),
      user: given.text("user"),
      password: readPassword(given, host),
      auth: given.text("auth"),
      allowedHosts: given.many("allow-host"),
      allowedOrigins: given.many("allow-origin"),
      maxConnections: given.count("max-connections"),
      capture: captureChoice(given),
      archive: given.text("archive") !== "off",
      retention: retentionChoice(given),
    });
    const signal = firstSignal(host);
    const server = await host.startServer(config);
    await host.out.write(given.flag("json") ? jsonLine(server) : greeting(server, config, host));
    const name = await signal.received;
    if (!given.flag("json")) await host.err.write(`dosql: ${name}, stopping\n`);
    await server.stop();
    signal.forget();
    return EXIT.ok;
  },
};

function retentionChoice(given: ParsedArguments): NonNullable<ServeRequest["retention"]> {
  const hours = given.count("history-hours");
  const days = given.count("archive-days");
  return {
    ...(hours === undefined ? {} : { horizonMs: hours * HOUR_MS }),
    ...(days === undefined ? {} : { archiveMs: days * 24 * HOUR_MS }),
  };
}

function captureChoice(given: ParsedArguments): CaptureChoice | undefined {
  const mode = given.text("capture");
  const except = given
    .many("capture-except")
    .flatMap((names) => names.split(",").map((name) => name.trim()));
  if (except.length > 0) {
    if (mode !== "off") return { except };
    throw new DosqlError("invalid-argument", "give either --capture off or --capture-except");
  }
  return mode === "on" || mode === "off" ? mode : undefined;
}

function readPassword(given: ParsedArguments, host: CliHost): string | undefined {
  const file = given.text("password-file");
  if (file === undefined) return host.environment("DOSQL_PASSWORD");
  const text = host.files.readText(file);
  if (text === null) throw new DosqlError("bad-file", `${file} does not exist`);
  return text.replace(/\r?\n$/, "");
}

/** Signals count from the start on: one during start-up stops the server once it is up. */
function firstSignal(host: CliHost): { received: Promise<string>; forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { received: promise, forget: host.onSignal(resolve) };
}

function jsonLine(server: RunningServer): string {
  const { pgUrl, httpUrl, token, data, pid } = server;
  return `${JSON.stringify({ pgUrl, httpUrl, token, data, pid })}\n`;
}

function greeting(server: RunningServer, config: ServeConfig, host: CliHost): string {
  const how = config.auth === "trust" ? "no password, this machine only" : config.auth;
  return [
    `dosql ${host.versions.dosql} serves ${server.data}`,
    "",
    `  Postgres  ${server.psqlCommand}`,
    `            (${how})`,
    `  HTTP      ${server.httpUrl}`,
    `            Authorization: Bearer ${server.token}`,
    `            (kept in ${server.tokenFile})`,
    "",
    "ready; Ctrl-C stops it",
    "",
  ].join("\n");
}
