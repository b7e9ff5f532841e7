import type { Session } from "../engine/session/session.ts";
import type { SqlClient, SqlReply } from "../ports/sql-client.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import type { Clock } from "../ports/clock.ts";

/** A session of an embedded database as the command line sees it; `end` closes what lies behind. */
export function sessionClient(
  session: Session,
  label: string,
  clock: Clock,
  end: () => Promise<void>,
): SqlClient {
  return {
    label,
    errorEndsTransaction: false,
    get inTransaction() {
      return session.transaction !== "none";
    },
    async run(sql) {
      const startedMs = clock.monotonicMs();
      const result = await session.execute(sql, []);
      return {
        columns: result.columns.map((column) => column.name),
        rows: result.rows,
        changes: result.changes,
        command: result.command,
        durationMs: clock.monotonicMs() - startedMs,
      };
    },
    async begin(kind) {
      await session.begin({ isolation: "serializable", readOnly: kind === "read" });
    },
    async commit() {
      await session.commit();
    },
    async rollback() {
      await session.rollback();
    },
    cancel() {
      session.cancel();
    },
    async close() {
      await session[Symbol.asyncDispose]();
      await end();
    },
  };
}

/** A bare SQLite file as the command line sees it: the source or the target of a copy. */
export function driverClient(driver: SqlDriver, label: string): SqlClient {
  const control = async (sql: string): Promise<void> => {
    driver.exec(sql);
  };
  return {
    label,
    errorEndsTransaction: false,
    get inTransaction() {
      return driver.inTransaction;
    },
    run: async (sql) => runDirectly(driver, sql),
    begin: (kind) => control(kind === "read" ? "BEGIN" : "BEGIN IMMEDIATE"),
    commit: () => control("COMMIT"),
    rollback: () => control("ROLLBACK"),
    // A statement on this thread cannot be interrupted.
    cancel() {},
    close: async () => driver.close(),
  };
}

function runDirectly(driver: SqlDriver, sql: string): SqlReply {
  const statement = driver.prepare(sql);
  const columns = statement.columns().map((column) => column.name);
  const head = /^\s*(\w+)/.exec(sql)?.[1] ?? "";
  const reply = { columns, command: head.toUpperCase(), durationMs: 0 };
  if (columns.length > 0) return { ...reply, rows: statement.all([], "bigint"), changes: 0 };
  return { ...reply, rows: [], changes: statement.run([]).changes };
}
