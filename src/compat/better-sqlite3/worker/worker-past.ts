import { DosqlError } from "../../../base/errors.ts";
import type { SyncDatabase, SyncStatement } from "../../../engine/session/sync-database.ts";
import type { PointInTime } from "../../../engine/time/point-in-time.ts";
import type { WorkerConnection } from "./worker-connection.ts";
import type { WorkerHost } from "./worker-host.ts";
import { WorkerStatement } from "./worker-statement.ts";

/**
 * A database in another process as it was. The process has it, beside the one it is of; one that
 * takes the place of a process that ended is asked for it again.
 */
export class WorkerPast implements SyncDatabase, WorkerHost {
  readonly connection: WorkerConnection;
  readonly number: number;
  /** Nothing of the program's is called. */
  readonly watched = false;
  readonly #host: WorkerHost;
  readonly #point: PointInTime;
  #generation = 0;

  /** @throws DosqlError as `PastSyncDatabase` */
  constructor(host: WorkerHost, point: PointInTime) {
    this.connection = host.connection;
    this.number = host.nextId();
    this.#host = host;
    this.#point = point;
    this.enter();
  }

  get inTransaction(): boolean {
    return this.#known && this.connection.ask({ op: "inside", database: this.number }) === true;
  }

  nextId(): number {
    return this.#host.nextId();
  }

  enter(): void {
    this.connection.settle();
    this.connection.connect();
    if (this.#known) return;
    this.connection.ask({ op: "at", database: this.number, point: this.#point });
    this.#generation = this.connection.generation;
  }

  ran(): void {}

  prepare(sql: string): SyncStatement {
    return new WorkerStatement(this, sql);
  }

  exec(sql: string): void {
    this.enter();
    this.connection.ask({ op: "past", database: this.number, sql });
  }

  readonly defineFunction = (): never => refuse("a user function");
  readonly defineAggregate = (): never => refuse("a user function");
  readonly loadExtension = (): never => refuse("an extension");
  readonly setDefensive = (): never => refuse("unsafeMode");
  readonly backup = (): never => refuse("a backup");
  readonly serialize = (): never => refuse("serialize");

  close(): void {
    if (!this.connection.closed && this.#known) {
      this.connection.ask({ op: "shut", database: this.number });
    }
  }

  get #known(): boolean {
    return this.#generation === this.connection.generation;
  }
}

function refuse(what: string): never {
  throw new DosqlError("unsupported", `${what} as of a time is not supported`);
}
