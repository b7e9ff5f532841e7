/** A server, and how to come in. Survives structured cloning. */
export interface PipeTarget {
  /** For messages: the address without its password. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  /** Path of a unix socket, which counts instead of host and port; null for TCP. */
  readonly socket: string | null;
  readonly tls: PipeTls | null;
  readonly user: string;
  readonly password: string | null;
  /** The startup packet's other parameters. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /**
   * The other side is a program that may be busy with something else: how long it may be so
   * before an exchange fails with `busy`, and nothing was sent. Absent: a server, always there.
   */
  readonly patienceMs?: number;
}

/** TLS whose certificate is checked. */
export interface PipeTls {
  /** A file of certificates to trust; null for those that the system trusts. */
  readonly caFile: string | null;
}

/**
 * A connection of Postgres' protocol to a server, for a program that waits for each answer on its
 * own thread.
 */
export interface SyncPipe {
  /**
   * Connects and logs in.
   *
   * @throws DosqlError `connection` when nobody answers, `busy`, `authentication` when we may not
   * come in, `no-such-database`, `unsupported` when the server does not know a protocol option
   */
  connect(): void;
  /**
   * Sends messages that end with one Sync or Query. Nothing else is sent before `finish`.
   *
   * @throws DosqlError `connection` when the connection is in an unknown state
   */
  begin(request: Uint8Array): void;
  /**
   * Waits for all answers up to ReadyForQuery: bytes that are good until the next `begin`. Null:
   * the connection had ended before, and nothing was sent.
   *
   * @throws DosqlError `connection` when it ended meanwhile: whether the messages were heard is
   * unknown; `busy` when nothing was sent, because of `patienceMs`
   */
  finish(): Uint8Array | null;
  close(): void;
}
