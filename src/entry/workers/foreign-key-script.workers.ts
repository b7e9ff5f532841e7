import { turnsForeignKeysOff } from "../../engine/text/foreign-key-script.ts";
import type { Statement } from "../../engine/session/session.ts";
import type { Shard } from "../../engine/shard.ts";

/**
 * Runs statements in a Durable Object. For a script that turns foreign keys off everything else
 * in the object waits.
 */
export function runStatements<T>(
  ctx: DurableObjectState,
  shard: () => Shard,
  statements: readonly Statement[],
  run: () => T,
): T | Promise<T> {
  if (statements.length < 2 || !turnsForeignKeysOff(statements)) return run();
  return runWithKeysOff(ctx, shard, run);
}

/**
 * Runs what turns foreign keys off: SQLite switches only while no write waits to be committed, and
 * it switches for the whole object.
 */
export function runWithKeysOff<T>(
  ctx: DurableObjectState,
  shard: () => Shard,
  run: () => T,
): Promise<T> {
  return ctx.blockConcurrencyWhile(async () => {
    await ctx.storage.sync();
    try {
      return run();
    } finally {
      await ctx.storage.sync();
      // Where that fails, the object is reset, and begins with foreign keys on.
      shard().enforceForeignKeys(true);
    }
  });
}
