import type { SqlReply } from "../../ports/sql-client.ts";
import type { CliHost } from "../host.ts";
import { durationText } from "../progress.ts";
import { tableText } from "../table.ts";
import { csvLine, jsonRow, uniqueNames } from "../values.ts";

/** How results are written. */
export type ResultFormat = "table" | "json" | "csv";

/** Lines written together. */
const CHUNK_LINES = 1_000;

/** Writes one result to standard output. */
export async function printReply(
  host: CliHost,
  reply: SqlReply,
  format: ResultFormat,
  timer: boolean,
): Promise<void> {
  const { out } = host;
  if (reply.columns.length > 0) {
    if (format === "csv") await printCsv(host, reply);
    else if (format === "json") await printJson(host, reply);
    else await out.write(tableText(reply.columns, reply.rows, { widthColumns: out.widthColumns }));
  } else if (format === "table") {
    await out.write(`${statusLine(reply)}\n`);
  }
  if (timer) await host.err.write(`time: ${durationText(reply.durationMs)}\n`);
}

function statusLine(reply: SqlReply): string {
  const counts = /^(?:INSERT|UPDATE|DELETE|REPLACE)/.test(reply.command);
  if (!counts) return reply.command.toLowerCase() || "done";
  const rows = `${reply.changes.toLocaleString("en-US")} ${reply.changes === 1 ? "row" : "rows"}`;
  return `${reply.command.toLowerCase()}: ${rows}`;
}

async function printCsv(host: CliHost, reply: SqlReply): Promise<void> {
  await host.out.write(csvLine([...reply.columns]));
  for (let i = 0; i < reply.rows.length; i += CHUNK_LINES) {
    await host.out.write(
      reply.rows
        .slice(i, i + CHUNK_LINES)
        .map(csvLine)
        .join(""),
    );
  }
}

/** One array per result, one row per line. */
async function printJson(host: CliHost, reply: SqlReply): Promise<void> {
  const names = uniqueNames(reply.columns);
  if (reply.rows.length === 0) return host.out.write("[]\n");
  for (let i = 0; i < reply.rows.length; i += CHUNK_LINES) {
    const rows = reply.rows.slice(i, i + CHUNK_LINES);
    const lines = rows.map((row) => jsonRow(names, row)).join(",\n");
    const last = i + CHUNK_LINES >= reply.rows.length;
    await host.out.write(`${i === 0 ? "[" : ""}${lines}${last ? "]\n" : ",\n"}`);
  }
}
