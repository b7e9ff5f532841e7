import * as net from "node:net";
import type { Client, DatabaseError } from "pg";
import { DosqlError } from "../../../base/errors.ts";
import type { ErrorCode } from "../../../base/errors.ts";
import type { SqlValue } from "../../../base/value.ts";
import type { SqlClient, SqlReply } from "../../../ports/sql-client.ts";

/** A server that does not answer at all is given up after this long. */
const CONNECT_TIMEOUT_MS = 10_000;

const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  float4: 700,
  float8: 701,
} as const;

/** What `pg` keeps of a connection without declaring it. */
interface Undeclared {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly connection: { readonly stream: { destroy(): void } };
}

/**
 * Connects to a server by its Postgres URL. Asks for SQLite's dialect unless the URL chooses one.
 *
 * @param notice hears what the server remarks
 * @throws DosqlError `address` when it cannot be reached, `authentication` when it refuses us
 */
export async function connectPg(
  url: string,
  notice: (message: string) => void,
): Promise<SqlClient> {
  // Loaded on first use: most commands never need it.
  const { Client: PgClient } = await import("pg");
  const client = new PgClient({
    connectionString: withDialect(url),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "dosql",
    types: { getTypeParser: (oid: number) => (text: string) => fromText(oid, text) },
  });
  client.on("notice", (message) => notice(message.message ?? ""));
  // A connection lost between statements: the next statement reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // After some errors it keeps its socket, and with it this process.
    undeclared(client).connection.stream.destroy();
    throw connectError(error, redacted(url));
  }
  return remoteClient(client, redacted(url));
}

function remoteClient(client: Client, label: string): SqlClient {
  const run = async (sql: string): Promise<SqlReply> => {
    const startedMs = performance.now();
    try {
      const result = await client.query<SqlValue[]>({ text: sql, rowMode: "array" });
      return {
        columns: result.fields.map((field) => field.name),
        rows: result.rows,
        changes: result.fields.length > 0 ? 0 : (result.rowCount ?? 0),
        command: result.command,
        durationMs: performance.now() - startedMs,
      };
    } catch (error) {
      throw statementError(error, sql);
    }
  };
  const control = async (sql: string): Promise<void> => {
    await run(sql);
  };
  return {
    label,
    errorEndsTransaction: true,
    get inTransaction() {
      return client.getTransactionStatus() !== "I";
    },
    run,
    begin: (kind) =>
      control(`BEGIN ISOLATION LEVEL SERIALIZABLE${kind === "read" ? " READ ONLY" : ""}`),
    commit: () => control("COMMIT"),
    rollback: () => control("ROLLBACK"),
    cancel: () => requestCancel(client),
    close: () => client.end(),
  };
}

function undeclared(client: Client): Undeclared {
  return client as unknown as Undeclared;
}

/** The protocol cancels over a second connection: 16 bytes, no answer. */
function requestCancel(client: Client): void {
  const { processID, secretKey } = undeclared(client);
  if (processID === null || secretKey === null) return;
  const packet = Buffer.alloc(16);
  packet.writeInt32BE(16, 0);
  packet.writeInt32BE(80_877_102, 4);
  packet.writeInt32BE(processID, 8);
  packet.writeInt32BE(secretKey, 12);
  const socket = net.connect({ host: client.host, port: client.port });
  socket.on("error", () => undefined);
  socket.end(packet);
}

function fromText(oid: number, text: string): SqlValue {
  switch (oid) {
    case OID.int2:
    case OID.int4:
    case OID.int8:
      return /^-?\d+$/.test(text) ? BigInt(text) : text;
    case OID.float4:
    case OID.float8:
      return text === "NaN" || !Number.isNaN(Number(text)) ? Number(text) : text;
    case OID.bool:
      return text === "t" ? 1n : text === "f" ? 0n : text;
    case OID.bytea:
      return text.startsWith("\\x") ? new Uint8Array(Buffer.from(text.slice(2), "hex")) : text;
    default:
      return text;
  }
}

function withDialect(url: string): string {
  const parsed = parseUrl(url);
  const options = parsed.searchParams.get("options") ?? "";
  if (options.includes("dosql.dialect")) return url;
  parsed.searchParams.set("options", `${options} -c dosql.dialect=sqlite`.trim());
  // The parameter is read back by percent-decoding alone, where a plus stays a plus.
  parsed.search = parsed.search.replaceAll("+", "%20");
  return parsed.href;
}

function parseUrl(url: string): URL {
  if (/^postgres(?:ql)?:\/\//i.test(url) && URL.canParse(url)) return new URL(url);
  throw new DosqlError("invalid-argument", `${redacted(url)} is not a postgresql:// URL`, {
    hint: "for example postgresql://dosql@127.0.0.1:5432/main",
  });
}

/** The URL without its password. */
function redacted(url: string): string {
  return url
    .replace(/^([a-z]+:\/\/[^:/@]*):[^/]*@/i, "$1@")
    .replace(/([?&]password=)[^&]*/gi, "$1…");
}

function connectError(error: unknown, label: string): DosqlError {
  if (isServerError(error)) {
    const { code = "" } = error;
    // A server that refuses is an address that cannot be used, whatever its reason.
    return new DosqlError(
      code.startsWith("28") ? "authentication" : "address",
      `${label}: ${error.message}`,
      {
        ...connectHint(code),
        cause: error,
      },
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const { code } = error as { code?: string };
  if (/password must be/.test(message)) {
    return new DosqlError("authentication", `${label}: the server asks for a password`, {
      hint: "give it in the URL or in PGPASSWORD",
      cause: error,
    });
  }
  return new DosqlError("address", `cannot connect to ${label}: ${code ?? message}`, {
    hint: "is the server running, and is this its address?",
    cause: error,
  });
}

function connectHint(code: string): { hint?: string } {
  switch (code) {
    case "3D000":
      return { hint: "the URL's path names the database; dosql serves main" };
    case "28000":
      return { hint: "the URL names the role; dosql serves dosql unless started with --user" };
    case "28P01":
      return { hint: "the password comes from the URL or from PGPASSWORD" };
    default:
      return {};
  }
}

function isServerError(error: unknown): error is DatabaseError {
  return error instanceof Error && "severity" in error;
}

function statementError(error: unknown, sql: string): DosqlError {
  if (error instanceof DosqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!isServerError(error)) {
    return new DosqlError("io", `the connection was lost: ${message}`, { cause: error });
  }
  const at = error.position === undefined ? undefined : utf16Offset(sql, Number(error.position));
  return new DosqlError(codeOf(error.code ?? ""), message, {
    ...(at === undefined ? {} : { at }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  });
}

function codeOf(sqlState: string): ErrorCode {
  if (sqlState === "57014") return "canceled";
  if (sqlState === "53100" || sqlState.startsWith("58") || sqlState.startsWith("57P")) return "io";
  if (sqlState === "0A000") return "unsupported";
  return "sqlite";
}

/** Positions count characters from 1. */
function utf16Offset(sql: string, position: number): number {
  let offset = 0;
  for (const char of sql) {
    if (--position <= 0) break;
    offset += char.length;
  }
  return offset;
}
