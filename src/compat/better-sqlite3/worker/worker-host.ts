import type { Row } from "../../../base/value.ts";
import type { WorkerConnection } from "./worker-connection.ts";

/** What a statement in another process needs of its database. */
export interface WorkerHost {
  readonly connection: WorkerConnection;
  /** By which the process knows it. */
  readonly number: number;
  /** Has the process know it. */
  enter(): void;
  /** Whether something of the program's may see which rows were read: then none before its time. */
  readonly watched: boolean;
  /** A number that no statement and no cursor had. */
  nextId(): number;
  /** A text was run without an error. */
  ran(sql: string, params: Row): void;
}
