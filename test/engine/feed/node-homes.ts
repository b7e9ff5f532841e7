import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { DRIVERS } from "../../platform/node/drivers.ts";
import type { FeedHome } from "./feed-home.ts";

/** Runs `body` with a file that is removed afterwards. */
async function withFile(body: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dosql-feed-"));
  try {
    await body(join(folder, "shard.sqlite"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const common = { transactions: true, durable: true, clock: systemClock };

/** A file with as many connections as are asked for. */
export function fileHome(name: string): FeedHome {
  const open = DRIVERS[name];
  if (open === undefined) throw new Error(`no driver ${name}`);
  return {
    ...common,
    name: `a file on ${name}`,
    run: (body) =>
      withFile((path) =>
        body(() => ({
          writer: open(path),
          reader: open(path, { readonly: true }),
          openReader: () => open(path, { readonly: true }),
        })),
      ),
  };
}

/** A file that is read on one connection, beside the writer. */
export const sharedReaderHome: FeedHome = {
  ...common,
  name: "a file with one reader",
  run: (body) =>
    withFile((path) =>
      body(() => ({
        writer: new NodeSqlDriver(path),
        reader: new NodeSqlDriver(path, { readonly: true }),
      })),
    ),
};

/** A database in memory: one connection does it all. */
export const memoryHome: FeedHome = {
  ...common,
  name: "memory",
  durable: false,
  run: (body) => body(() => ({ writer: new NodeSqlDriver(":memory:") })),
};
