import { DosqlError } from "../base/errors.ts";
import type { ChangeStatus } from "../ports/change-source.ts";
import type { ChangeReport } from "../server/change-report.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import type { OwnerRecord } from "../server/data-folder.ts";
import { tableCounts } from "../server/dump/dump.ts";
import { columns, TARGET_OPTIONS } from "./command.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import type { ParsedArguments } from "./option-parser.ts";
import { bytesText } from "./progress.ts";
import { serverOf } from "./tail/tail-target.ts";
import { inReadTransaction, openTarget, withTarget } from "./target.ts";
import { visible } from "./text-width.ts";

interface DatabaseInfo {
  readonly label: string;
  readonly sizeBytes: number;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** What the file says; what a server says of slots is newer. */
type Changes = ChangeReport | ChangeStatus;

/** The parts of an answer. */
interface Info {
  readonly database: DatabaseInfo | null;
  readonly owner: OwnerRecord | "unknown" | null;
  /** Null where it cannot be told. */
  readonly changes: Changes | null;
  readonly data: string;
  readonly absent: boolean;
}

/** Tells what is installed and what lies in a database. */
export const infoCommand: Command = {
  command: "info",
  summary: "Show versions, and what a database holds.",
  details: [
    "A folder that a running server owns is not opened: its owner is shown,\n" +
      "and what its file says of its change log.",
  ],
  arguments: [{ name: "FILE", required: false, help: "a SQLite file instead of a data folder" }],
  options: [...TARGET_OPTIONS, { name: "json", kind: "flag", help: "print JSON" }],
  examples: ["dosql info", "dosql info --data ./shop --json", "dosql info shop.sqlite"],
  async run(given, host) {
    const [file] = given.arguments;
    const local = given.text("url") === undefined && file === undefined;
    const data = given.text("data") ?? "./data";
    const absent = local && given.text("data") === undefined && host.files.info(data) === null;
    const owner = local ? ownerOf(host, data) : null;
    const database =
      owner !== null || absent
        ? null
        : await withTarget(await openSource(given, host, file), (client) => inspect(client));
    const said = local && !absent ? await changeStatus(host, data, owner) : null;
    const report = absent ? null : await changeReport(host, { file, data, local });
    const changes = report === null ? said : said === null ? report : { ...report, ...said };
    const info = { database, owner, changes, data, absent };
    await host.out.write(given.flag("json") ? jsonText(host, info) : humanText(host, info));
    return EXIT.ok;
  },
};

/** A plain file is only looked at, never changed. */
async function openSource(
  given: ParsedArguments,
  host: CliHost,
  file: string | undefined,
): Promise<SqlClient> {
  const plain = file !== undefined && host.files.info(file)?.kind === "file";
  const alone = given.text("url") === undefined && given.text("data") === undefined;
  return plain && alone ? host.openSqlite(file, "read") : openTarget(given, host, { file });
}

function ownerOf(host: CliHost, data: string): OwnerRecord | "unknown" | null {
  return host.files.info(data)?.kind === "folder" ? host.folderOwner(data) : null;
}

function inspect(client: SqlClient): Promise<DatabaseInfo> {
  return inReadTransaction(client, async () => {
    const pages = await firstNumber(client, "PRAGMA page_count");
    const pageSize = await firstNumber(client, "PRAGMA page_size");
    return { label: client.label, sizeBytes: pages * pageSize, tables: await tableCounts(client) };
  });
}

/** Also of a file that somebody else has open: it is only looked at. */
async function changeReport(
  { files, ...host }: CliHost,
  place: { readonly file: string | undefined; readonly data: string; readonly local: boolean },
): Promise<ChangeReport | null> {
  const { file, data, local } = place;
  const folder = local ? data : file;
  if (folder === undefined) return null;
  if (files.info(folder)?.kind === "file") return await host.changeReport(folder, null);
  const shard = files.join(folder, "databases", "main", "shard-0.sqlite");
  if (files.info(shard)?.kind !== "file") return null;
  return await host.changeReport(shard, files.join(folder, "archive"));
}

/** Of a folder that is embedded elsewhere nothing can be told. */
async function changeStatus(
  host: CliHost,
  data: string,
  owner: OwnerRecord | "unknown" | null,
): Promise<ChangeStatus | null> {
  if (owner !== null && (owner === "unknown" || owner.httpUrl === undefined)) return null;
  const source =
    owner === null ? await host.openLocalChanges(data) : await serverOf(host, data, owner);
  try {
    return await source.status();
  } finally {
    await source.close();
  }
}

async function firstNumber(client: SqlClient, sql: string): Promise<number> {
  const { rows } = await client.run(sql);
  const value = Number(rows[0]?.[0]);
  if (Number.isFinite(value)) return value;
  throw new DosqlError("bug", `${sql} answered with no number`);
}

function jsonText(host: CliHost, { database, owner, changes }: Info): string {
  const { dosql, node, sqlite, format } = host.versions;
  return `${JSON.stringify({
    version: dosql,
    node,
    sqlite,
    format,
    owner,
    database: database?.label ?? null,
    sizeBytes: database?.sizeBytes ?? null,
    tables: database?.tables ?? null,
    changes,
  })}\n`;
}

function humanText(host: CliHost, info: Info): string {
  const { versions } = host;
  const rows: [string, string][] = [
    ["dosql", versions.dosql],
    ["node", versions.node],
    ["sqlite", versions.sqlite],
    ["format", String(versions.format)],
  ];
  if (info.absent) rows.push(["data", `none: ${info.data} does not exist`]);
  if (info.owner !== null) rows.push(...ownerRows(info.data, info.owner));
  if (info.database !== null) {
    rows.push(["data", info.database.label], ["size", bytesText(info.database.sizeBytes)]);
  }
  if (info.changes !== null) rows.push(...changeRows(info.changes));
  const tables = info.database?.tables ?? [];
  const counts = tables.map(({ name, rows: count }): [string, string] => [
    visible(name),
    count.toLocaleString("en-US"),
  ]);
  const list = counts.length === 0 ? [] : ["", "rows by table:", ...columns(counts)];
  const none = info.database !== null && counts.length === 0 ? ["", "no tables"] : [];
  return `${[...columns(rows), ...list, ...none].join("\n")}\n`;
}

function changeRows(changes: Changes): [string, string][] {
  const { capture, head, slots } = changes;
  const except = capture.except.map(visible).join(", ");
  const how = except === "" ? capture.mode : `on, except ${except}`;
  const rows: [string, string][] = [["capture", head === 0 ? how : `${how}, log up to ${head}`]];
  for (const { name, confirmedLsn, lagEntries, lost, active } of slots) {
    const state = lost === null ? (active ? ", in use" : "") : `, lost: ${lost}`;
    rows.push(["slot", `${name} at ${confirmedLsn}, ${lagEntries} behind${state}`]);
  }
  if ("oldest" in changes) rows.push(...reportRows(changes));
  return rows;
}

function reportRows({
  head,
  oldest,
  newestMs,
  uncaptured,
  archive,
}: ChangeReport): [string, string][] {
  const rows: [string, string][] = [];
  if (oldest !== null && newestMs !== null) {
    const kept = oldest > head ? "nothing" : `LSN ${oldest} to ${head}`;
    rows.push(["log", `${kept}, newest commit ${new Date(newestMs).toISOString()}`]);
  }
  if (uncaptured.length > 0) {
    rows.push(["uncaptured", `virtual ${uncaptured.map(visible).join(", ")}`]);
  }
  if (archive === null) return rows;
  const { archivedLsn, oldestSnapshot, newestSnapshot } = archive;
  const from = oldestSnapshot === null ? "no snapshot yet" : `restores from LSN ${oldestSnapshot}`;
  const newest = newestSnapshot === oldestSnapshot ? "" : `, newest snapshot ${newestSnapshot}`;
  const end = archivedLsn === null ? "no segment yet" : `up to LSN ${archivedLsn}`;
  rows.push(["archive", `${end}, ${from}${newest}`]);
  return rows;
}

function ownerRows(data: string, owner: OwnerRecord | "unknown"): [string, string][] {
  if (owner === "unknown")
    return [
      ["data", data],
      ["owner", "another process"],
    ];
  const started = new Date(owner.startedAtMs).toISOString();
  const rows: [string, string][] = [
    ["data", data],
    ["owner", `process ${owner.pid} since ${started}, dosql ${owner.version}`],
  ];
  if (owner.pgUrl !== undefined) rows.push(["postgres", owner.pgUrl]);
  if (owner.httpUrl !== undefined) rows.push(["http", owner.httpUrl]);
  return rows;
}
