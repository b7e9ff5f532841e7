import { Worker } from "node:worker_threads";
import { DosqlError } from "../../base/errors.ts";
import { MAX_RESULT_BYTES, resultTooLarge, rowSizeBytes } from "../../base/row-size.ts";
import type { Row } from "../../base/value.ts";
import type { ColumnInfo } from "../../ports/sql-driver.ts";
import { NodeSqlDriver } from "./sqlite-driver.ts";
import { SLICE_BYTES, SLICE_ROWS } from "./reader-protocol.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";

/**
 * Kills this process when its parent is gone: while SQLite runs, the main thread hears nothing,
 * and an orphan would burn a core until its statement ends.
 */
const WATCHDOG = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000);
`;

/** The whole life of a reader process: `argv[2]` is the shard file, requests arrive by IPC. */
export function serveReads(): void {
  const path = process.argv[2];
  if (path === undefined || process.send === undefined) {
    throw new DosqlError("invalid-argument", "a reader process is started by the server only");
  }
  const driver = new NodeSqlDriver(path, { readonly: true });
  new Worker(WATCHDOG, { eval: true }).unref();
  // Ctrl-C in the server's terminal reaches the whole process group; the server decides when.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => {
    process.exit(0);
  });
  process.on("message", (request: ReaderRequest) => {
    void answer(driver, request);
  });
}

async function answer(driver: NodeSqlDriver, request: ReaderRequest): Promise<void> {
  const { id } = request;
  try {
    const statement = driver.prepare(request.sql);
    const rows = statement.iterate(request.params, request.integers);
    // Another process may have changed the schema: only the first step tells, and compiles anew.
    let next = rows.next();
    let columns: { columns?: readonly ColumnInfo[] } = { columns: statement.columns() };
    let slice: Row[] = [];
    let sliceBytes = 0;
    let totalBytes = 0;
    for (; next.done !== true; next = rows.next()) {
      const bytes = rowSizeBytes(next.value);
      slice.push(next.value);
      sliceBytes += bytes;
      totalBytes += bytes;
      if (totalBytes > MAX_RESULT_BYTES) throw resultTooLarge();
      if (slice.length < SLICE_ROWS && sliceBytes < SLICE_BYTES) continue;
      await send({ kind: "rows", id, ...columns, rows: slice, last: false });
      columns = {};
      slice = [];
      sliceBytes = 0;
    }
    await send({ kind: "rows", id, ...columns, rows: slice, last: true });
  } catch (error) {
    await send(errorReply(id, error));
  }
}

function errorReply(id: number, error: unknown): ReaderReply {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DosqlError)) return { kind: "error", id, code: "bug", message };
  if (error.code === "limit") return { kind: "error", id, code: "limit", message };
  const sqlite = error.sqlite;
  return {
    kind: "error",
    id,
    code: "sqlite",
    message,
    ...(sqlite === undefined ? {} : { sqlite }),
  };
}

/**
 * Resolves when the pipe took the message, so that a slow server holds the cursor, not our memory.
 */
function send(reply: ReaderReply): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(reply, (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
