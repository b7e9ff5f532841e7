import type { ChangeSource } from "../ports/change-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Crypto } from "../ports/crypto.ts";
import type { Files } from "../ports/files.ts";
import type { HttpFetch } from "../ports/http-fetch.ts";
import type { SqlClient } from "../ports/sql-client.ts";
import type { LineReader, TextSink } from "../ports/terminal.ts";
import type { OwnerRecord } from "../server/data-folder.ts";
import type { RestoreReport, RestoreRequest, RestoreStep } from "../server/restore-report.ts";
import type { RunningServer } from "../server/running-server.ts";
import type { ServeConfig } from "../server/serve-config.ts";
import type { ChangeReport } from "../server/change-report.ts";
import type { CheckpointReport, VacuumReport } from "../server/upkeep-report.ts";

/** Versions that `info` and `--version` print. */
export interface Versions {
  readonly dosql: string;
  readonly node: string;
  readonly sqlite: string;
  /** Format of what lies in a data folder. */
  readonly format: number;
}

/** Standard input. */
export interface CliInput {
  readonly isTerminal: boolean;
  chunks(): AsyncIterable<Uint8Array>;
  /** A line editor whose history lies in a file; no history when null. */
  lines(historyFile: string | null): LineReader;
}

/** An embedded database to open. */
export interface LocalTarget {
  /** A data folder, or a SQLite file that exists. */
  readonly kind: "folder" | "file";
  readonly path: string;
  /** Make a data folder when there is none. */
  readonly create: boolean;
  /** Statements can be cancelled while they run: costs a process. */
  readonly cancellable: boolean;
}

/** Everything the command line needs of its home. */
export interface CliHost {
  readonly out: TextSink;
  readonly err: TextSink;
  readonly input: CliInput;
  readonly clock: Clock;
  readonly files: Files;
  readonly crypto: Pick<Crypto, "sha256" | "hmacSha256" | "timingSafeEqual">;
  readonly versions: Versions;
  environment(name: string): string | undefined;
  /** The bytes of a file, in pieces. */
  fileChunks(path: string): AsyncIterable<Uint8Array>;
  /** A file that is written in pieces and appears under its name only when it is whole. */
  createFile(path: string): Promise<FileDraft>;
  /** Opens a data folder or a SQLite file in this process. */
  openLocal(target: LocalTarget): Promise<SqlClient>;
  openRemote(url: string, notice: (message: string) => void): Promise<SqlClient>;
  /**
   * The changes of a running server.
   *
   * @param url the address of its HTTP side
   */
  openChanges(url: string, token: string): Promise<ChangeSource>;
  /** The changes of a data folder, which this process owns until the source is closed. */
  openLocalChanges(path: string): Promise<ChangeSource>;
  /**
   * What a database file says of its change log, while others may have it open.
   *
   * @param archive the folder of its archive, which need not be there; null without one
   */
  changeReport(file: string, archive: string | null): Promise<ChangeReport>;
  /** Asks an HTTP server. */
  readonly fetch: HttpFetch;
  /**
   * A bare SQLite file: an existing one to read, or a new one to fill; one without a name is gone
   * when it is closed.
   */
  openSqlite(path: string, mode: "read" | "create"): SqlClient;
  /** Makes a data folder that holds a database as it was; null when the user stopped it. */
  restore(request: RestoreRequest, step: RestoreStep): Promise<RestoreReport | null>;
  /** Archives and trims the change log of a data folder. */
  checkpoint(data: string): Promise<CheckpointReport>;
  /** Gives unused space of a data folder's database back. */
  vacuum(data: string, keepMs: number | null): Promise<VacuumReport>;
  /** Who owns a data folder now; null when nobody does or there is none. */
  folderOwner(path: string): OwnerRecord | "unknown" | null;
  startServer(config: ServeConfig): Promise<RunningServer>;
  /** Calls back on SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void;
  /** The process waits for something that does not keep it alive, until the returned call. */
  keepAlive(): () => void;
  /** Lets events in: signals, the terminal. */
  pause(): Promise<void>;
}

/** A file under construction. */
export interface FileDraft {
  write(text: string): Promise<void>;
  /** Makes it durable and moves it to its name. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}
