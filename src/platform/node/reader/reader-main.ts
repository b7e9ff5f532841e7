import { DosqlError } from "../../../base/errors.ts";
import { DEFAULT_RESULT_LIMITS, ResultMeter } from "../../../base/row-size.ts";
import type { Row } from "../../../base/value.ts";
import type { ReaderTask } from "../../../ports/reader-host.ts";
import type { ColumnInfo, SqlDriver } from "../../../ports/sql-driver.ts";
import { endWithParent } from "../parent-watch.ts";
import { NodeSqlDriver } from "../sqlite/sqlite-driver.ts";
import { SLICE_BYTES, SLICE_ROWS } from "./reader-protocol.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";

/** A text to run in the place of the one that was asked for. */
export interface OpenedTask {
  readonly sql: string;
  readonly params: Row;
  columns(columns: readonly ColumnInfo[]): readonly ColumnInfo[];
  /** An error of the text, as one of the text that was asked for. */
  located(error: unknown): unknown;
  close(): void;
}

/** Makes ready what a task needs that SQLite alone does not have. */
export type OpenTask = (driver: SqlDriver, task: ReaderTask) => OpenedTask;

/**
 * The whole life of a reader process: `argv[2]` is the shard file, requests arrive by IPC.
 *
 * @param openPast for tasks that read tables as they were
 */
export function serveReads(openPast: OpenTask): void {
  const path = process.argv[2];
  if (path === undefined || process.send === undefined) {
    throw new DosqlError("invalid-argument", "a reader process is started by the server only");
  }
  const driver = new NodeSqlDriver(path, { readonly: true });
  endWithParent();
  process.on("message", (request: ReaderRequest) => {
    void answer(driver, request, openPast);
  });
}

async function answer(
  driver: NodeSqlDriver,
  request: ReaderRequest,
  openPast: OpenTask,
): Promise<void> {
  const { id } = request;
  let past: OpenedTask | null = null;
  let rows: IterableIterator<Row> | null = null;
  try {
    if (request.past !== undefined) past = openPast(driver, request);
    const statement = driver.prepareUser(past?.sql ?? request.sql);
    rows = statement.iterate(past?.params ?? request.params, request.integers);
    // Another process may have changed the schema: only the first step tells, and compiles anew.
    let next = rows.next();
    const found = statement.columns();
    let columns: { columns?: readonly ColumnInfo[] } = { columns: past?.columns(found) ?? found };
    let slice: Row[] = [];
    let sliceBytes = 0;
    const meter = new ResultMeter(request.limits ?? DEFAULT_RESULT_LIMITS);
    for (; next.done !== true; next = rows.next()) {
      sliceBytes += meter.count(next.value);
      slice.push(next.value);
      if (slice.length < SLICE_ROWS && sliceBytes < SLICE_BYTES) continue;
      await send({ kind: "rows", id, ...columns, rows: slice, last: false });
      columns = {};
      slice = [];
      sliceBytes = 0;
    }
    // Before the last slice: then the next task may come.
    past?.close();
    await send({ kind: "rows", id, ...columns, rows: slice, last: true });
  } catch (error) {
    rows?.return?.();
    past?.close();
    await send(errorReply(id, past?.located(error) ?? error));
  }
}

function errorReply(id: number, error: unknown): ReaderReply {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DosqlError)) return { kind: "error", id, code: "bug", message };
  const { code, sqlite, at, hint } = error;
  return {
    kind: "error",
    id,
    code,
    message,
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(at === undefined ? {} : { at }),
    ...(hint === undefined ? {} : { hint }),
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
