/** Bytes that come until somebody has had enough. */
export interface EndlessBytes extends AsyncIterable<Uint8Array> {
  /** Ends them now, also while they are waited for. */
  end(): void;
}

/** What a database says of its changes. */
export interface ChangeStatus {
  /** Which tables' changes are captured. */
  readonly capture: { readonly mode: "on" | "off"; readonly except: readonly string[] };
  /** The newest position of the change log. */
  readonly head: number;
  readonly slots: readonly SlotStatus[];
}

/** One replication slot. */
export interface SlotStatus {
  readonly name: string;
  readonly confirmedLsn: number;
  readonly lagEntries: number;
  /** Why it can no longer be used. */
  readonly lost: string | null;
  readonly active: boolean;
}

/** Where the command line reads changes: a server's HTTP side, or a database in this process. */
export interface ChangeSource {
  /** For messages. */
  readonly label: string;
  /**
   * The lines of the feed, in pieces. A connection that breaks throws `address`.
   *
   * @param query as of `GET /v1/changes`
   */
  lines(query: string): Promise<EndlessBytes>;
  status(): Promise<ChangeStatus>;
  /** @param from as the parameter of `POST /v1/slots`; null for its default */
  createSlot(name: string, from: string | null): Promise<void>;
  confirmSlot(name: string, lsn: number): Promise<void>;
  close(): Promise<void>;
}
