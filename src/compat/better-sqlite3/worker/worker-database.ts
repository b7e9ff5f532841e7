import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { SyncDatabase, SyncStatement } from "../../../engine/session/sync-database.ts";
import type { DatabaseProcess } from "../../../ports/database-process.ts";
import type {
  BackupProgress,
  EmbeddedAggregate,
  EmbeddedFunction,
} from "../../../ports/embedded-driver.ts";
import type { TableModule } from "../../../engine/virtual-table.ts";
import { WorkerConnection } from "./worker-connection.ts";
import type { WorkerHost } from "./worker-host.ts";
import type { WorkerRequest, WorkerSettings } from "./worker-message.ts";
import { WorkerMemory } from "./worker-memory.ts";
import { WorkerStatement } from "./worker-statement.ts";
import { aggregateBody, functionBody, progressBody } from "./worker-bodies.ts";
import { tableBody, withoutRows } from "./worker-table.ts";

/** What a database in another process is made of. */
export interface WorkerParts {
  readonly settings: WorkerSettings;
  readonly log: ((sql: string) => void) | null;
  readonly start: () => DatabaseProcess;
  readonly folder: () => string;
}

/** `SyncDatabase` in another process, which can be ended in the middle of a statement. */
export class WorkerDatabase implements SyncDatabase, WorkerHost {
  readonly connection: WorkerConnection;
  /** The process tells the log, and hears no more of it than a database here would. */
  readonly logs = true;
  readonly number = 0;
  watched = false;
  readonly #closing = new Set<() => void>();
  readonly #memory: WorkerMemory;
  readonly #volatile: boolean;
  #settings: WorkerSettings;
  #lastId = 0;

  /** @throws what the library throws at opening, DosqlError */
  constructor({ settings, log, start, folder }: WorkerParts) {
    const { source } = settings;
    const volatile = typeof source !== "string" || source === "" || source === ":memory:";
    this.#settings = settings;
    this.#volatile = volatile;
    this.#memory = new WorkerMemory(folder);
    if (volatile && settings.limitMs > 0) throw cannotEnd();
    this.connection = new WorkerConnection({
      start,
      folder,
      volatile,
      restore: (connection, first) => this.#restore(connection, first),
    });
    if (log !== null) this.connection.callbacks.listen(log);
    this.connection.connect();
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  enter(): void {}

  /** Calls `listener` when the database is closed. */
  onClose(listener: () => void): void {
    this.#closing.add(listener);
  }

  ran(sql: string, params: Row): void {
    this.#memory.ran(sql, params);
  }

  /** How long a request may take from now on; 0: as long as it likes. */
  limit(ms: number): void {
    if (this.#volatile && ms > 0) throw cannotEnd();
    this.#settings = { ...this.#settings, limitMs: ms };
    this.connection.ask({ op: "limit", ms });
  }

  prepare(sql: string): SyncStatement {
    const statement = new WorkerStatement(this, sql);
    // Most pragmas act when they are compiled.
    this.#memory.prepared(sql);
    return statement;
  }

  exec(sql: string): void {
    this.connection.ask(
      { op: "exec", sql },
      /\b(?:commit|end|release)\b/i.test(sql) ? "always" : "alone",
    );
    this.#memory.ranScript(sql);
  }

  defineFunction(definition: EmbeddedFunction, call: (args: unknown[]) => unknown): void {
    const body = this.connection.callbacks.add(functionBody(call));
    this.#define(`function ${definition.name}`, { op: "function", body, definition });
  }

  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void {
    const body = this.connection.callbacks.add(aggregateBody(steps));
    const inverse = steps.inverse !== null;
    this.#define(`function ${definition.name}`, { op: "aggregate", body, definition, inverse });
  }

  defineTable(name: string, module: TableModule): void {
    const body = this.connection.callbacks.add(tableBody(name, module));
    const table = typeof module === "function" ? null : withoutRows(module);
    this.#define(`table ${name}`, { op: "table", body, name, table });
  }

  loadExtension(path: string, entryPoint?: string): void {
    const request = { op: "extension", path, entryPoint } as const;
    this.connection.ask(request);
    this.#memory.keep(`extension ${path} ${entryPoint ?? ""}`, request);
  }

  setDefensive(active: boolean): void {
    const request = { op: "defensive", active } as const;
    this.connection.ask(request);
    this.#memory.keep("defensive", request);
    this.watched ||= !active;
  }

  async backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress> {
    const { connection } = this;
    const body = connection.callbacks.add(progressBody(nextSlice));
    try {
      connection.ask({ op: "backup", body, schema, path });
      for (;;) {
        await connection.turn();
        const done = connection.ask({ op: "turn", body });
        if (done !== null) return done as BackupProgress;
      }
    } finally {
      connection.callbacks.remove(body);
    }
  }

  serialize(schema: string): Uint8Array {
    return this.connection.ask({ op: "serialize", schema }) as Uint8Array;
  }

  close(): void {
    for (const listener of this.#closing) listener();
    this.connection.close();
  }

  #define(key: string, request: WorkerRequest): void {
    this.connection.ask(request);
    this.#memory.keep(key, request);
    this.watched = true;
  }

  #restore(connection: WorkerConnection, first: boolean): void {
    // A file that somebody has removed does not come back empty.
    const settings = first
      ? this.#settings
      : { ...this.#settings, fileMustExist: true, again: true };
    connection.ask({ op: "open", settings });
    for (const { request, folder } of this.#memory.told) connection.askFrom(folder, request);
  }
}

function cannotEnd(): DosqlError {
  return new DosqlError("unsupported", "a database in memory cannot have a statement timeout", {
    hint: "it would end with the process that is ended",
  });
}
