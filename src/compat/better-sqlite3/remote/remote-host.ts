import type { RemoteConnection } from "./remote-connection.ts";

/** What a statement needs of its database besides itself. */
export interface RemoteHost {
  readonly connection: RemoteConnection;
  readonly readonly: boolean;
  /** A name that no portal had. */
  portalName(): string;
  /** A text is about to run, after which others may compile to something else. */
  altering(sql: string): void;
  /** The connection's last inserted rowid. */
  lastRowid: bigint;
}
