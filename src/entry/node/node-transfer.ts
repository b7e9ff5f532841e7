import { DosqlError } from "../../base/errors.ts";
import { ForeignKeyScript } from "../../engine/text/foreign-key-script.ts";
import type { LocalDatabase } from "../../engine/session/local-database.ts";
import type { Shard } from "../../engine/shard.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import {
  claimScript,
  emptyScript,
  readScript,
  sweepScripts,
  writeScript,
} from "../../platform/node/files/script-file.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { userTables } from "../../server/dump/source-schema.ts";
import { runScript } from "../../server/script/run-script.ts";
import { driverClient, sessionClient } from "../../server/session-client.ts";
import { scriptText } from "../../server/transfer/export-text.ts";
import { scriptKeysOff } from "../../server/transfer/foreign-key-mention.ts";
import type { ImportRuns } from "../../server/transfer/import-runs.ts";
import { unknownScript } from "../../server/transfer/import-runs.ts";
import type { ImportReport, Transfer } from "../../server/transfer/transfer.ts";

const WHOLE = { at: 0, isLast: true };
/** Longer than any address of an upload is good for, and than anybody waits to ingest it. */
const KEPT_MS = 3_600_000;
/** Statements after which everything else gets its turn. */
const TURN_STATEMENTS = 200;

/** What scripts are moved in and out of. */
export interface NodeTransferParts {
  readonly database: LocalDatabase;
  readonly shard: Shard;
  /** Where scripts are kept. */
  readonly folder: string;
  /** Those of the whole server. */
  readonly runs: ImportRuns;
  /** Keeps the database open until what it answers with is called. */
  hold(): () => Promise<void>;
}

/**
 * Whole scripts in and out of a shard file. They come in as files beside it; they go out straight
 * from a read transaction on a connection of its own, which keeps nobody waiting.
 */
export function nodeTransfer(parts: NodeTransferParts): Transfer {
  const { database, shard, folder, runs } = parts;
  const fileOf = (script: string): string => nodeFiles.join(folder, `${script}.sql`);
  return {
    async receive(script, pieces, part = WHOLE) {
      await sweepScripts(folder, systemClock.nowMs() - KEPT_MS);
      await writeScript(fileOf(script), pieces, part);
    },
    async ingest(script) {
      // A client that asks twice has it run once.
      const file = await claimScript(fileOf(script));
      if (file === null) throw unknownScript();
      const release = parts.hold();
      runs.begin(fileOf(script), async () => {
        try {
          return await ingest(database, shard, file);
        } finally {
          await emptyScript(file);
          await release();
        }
      });
      return runs.wait(fileOf(script));
    },
    poll: (script) => runs.wait(fileOf(script)),
    async prepare(_script, { tables }) {
      const client = readingClient(shard);
      try {
        const known = new Set((await userTables(client)).map((name) => name.toLowerCase()));
        const missing = tables.filter((name) => !known.has(name.toLowerCase()));
        if (missing.length === 0) return;
        throw new DosqlError("not-found", `no such table: ${missing.join(", ")}`);
      } finally {
        await client.close();
      }
    },
    async *exported(_script, options) {
      const client = readingClient(shard);
      try {
        await client.begin("read");
        yield* scriptText(client, options);
      } finally {
        await client.close();
      }
    },
  };
}

/** One transaction, so that a failure leaves everything as it was. */
async function ingest(database: LocalDatabase, shard: Shard, file: string): Promise<ImportReport> {
  const startedMs = systemClock.monotonicMs();
  const session = database.session({ integers: "bigint", uncounted: true });
  const inner = sessionClient(session, "the database", systemClock, async () => undefined);
  const counts = { rowsRead: 0, rowsWritten: 0 };
  let keysOff: ForeignKeyScript | null = null;
  const client = Object.create(inner, {
    run: {
      async value(sql: string) {
        keysOff?.meet(shard.texts.read(sql, false).text);
        const reply = await inner.run(sql);
        counts.rowsRead += reply.rows.length;
        counts.rowsWritten += reply.changes;
        return reply;
      },
    },
  }) as SqlClient;
  let turn = 0;
  try {
    if (await scriptKeysOff(() => readScript(file))) {
      // SQLite ignores it inside the transaction.
      await inner.run("PRAGMA foreign_keys = OFF");
      keysOff = new ForeignKeyScript(shard.writer.driver);
    }
    // Before the script, whose first statement may be a PRAGMA that means the transaction.
    await client.begin("write");
    const outcome = await runScript(client, readScript(file), {
      atomic: true,
      async progress() {
        turn += 1;
        if (turn % TURN_STATEMENTS === 0) await nextTurn();
        return false;
      },
    });
    if (outcome.failure !== undefined) {
      const { error, place } = outcome.failure;
      throw new DosqlError(error.code, `line ${place.line}: ${error.message}`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      });
    }
    return {
      statements: outcome.applied,
      ...counts,
      sizeBytes: database.sizeBytes,
      durationMs: systemClock.monotonicMs() - startedMs,
      bookmark: session.seen,
    };
  } finally {
    await client.close();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(0, resolve);
  });
}

function readingClient(shard: Shard): SqlClient {
  const driver = shard.openReader?.();
  if (driver === undefined) throw new DosqlError("bug", "a shard file without a reader");
  return driverClient(driver, "the database");
}
