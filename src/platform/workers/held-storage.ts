import { DosqlError } from "../../base/errors.ts";
import type { DurableSql } from "./durable-storage.ts";

/** What of a Durable Object's `ctx` holding it needs. */
export interface HoldableObject {
  readonly storage: {
    readonly sql: DurableSql;
    sync(): Promise<void>;
    transaction<T>(body: () => Promise<T>): Promise<T>;
  };
  blockConcurrencyWhile<T>(body: () => Promise<T>): Promise<T>;
  abort(reason?: string): void;
}

/**
 * Runs a transaction in which keys and CHECKs are not enforced, while nobody else is served: the
 * runtime resets the object after 30 s of that, which rolls it back. The two switches can only be
 * set while nothing is written.
 *
 * @throws what `body` throws, and then nothing has changed
 */
export async function holdStorage<T>(object: HoldableObject, body: () => Promise<T>): Promise<T> {
  const { storage } = object;
  const outcome = await object.blockConcurrencyWhile(async () => {
    await storage.sync();
    try {
      enforce(storage.sql, false);
      return { value: await storage.transaction(body) };
    } catch (error) {
      // Thrown from here it would reset the object.
      return { error };
    } finally {
      await storage.sync();
      if (!enforce(storage.sql, true)) object.abort("foreign keys could not be enforced again");
    }
  });
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

/** Whether it is so now. */
function enforce(sql: DurableSql, on: boolean): boolean {
  for (const text of [
    `PRAGMA foreign_keys = ${on ? "ON" : "OFF"}`,
    `PRAGMA ignore_check_constraints = ${on ? "OFF" : "ON"}`,
  ]) {
    for (const _row of sql.exec(text).raw());
  }
  const [row] = Array.from(sql.exec("PRAGMA foreign_keys").raw());
  const isOn = row?.[0] === 1;
  if (isOn !== on && !on) throw new DosqlError("busy", "foreign keys cannot be set aside now");
  return isOn === on;
}
