import { DosqlError } from "../../../base/errors.ts";
import { isBlank, readStatement } from "../../../engine/embedded/embedded-text.ts";
import type { SyncDatabase, SyncStatement } from "../../../engine/session/sync-database.ts";
import type { BackupFiles } from "../../../ports/backup-files.ts";
import type { BackupProgress } from "../../../ports/embedded-driver.ts";
import type { SyncPipe } from "../../../ports/sync-pipe.ts";
import { splitScript } from "../../../sql/script/split.ts";
import { RemoteBackup, serializeRemote } from "./remote-backup.ts";
import { RemoteConnection } from "./remote-connection.ts";
import { RemoteStatement } from "./remote-statement.ts";
import type { RemoteHost } from "./remote-host.ts";
import type { RemoteParts } from "./remote-statement.ts";
import { RemoteText } from "./remote-text.ts";
import { PlainDatabase } from "../plain-database.ts";
import { beforeNul, endBehind } from "../statement-text.ts";

/** Texts whose reading is remembered; a program that builds texts cannot fill memory. */
const TEXTS_KEPT = 500;

/** What the facade itself sends around transactions: nothing is to be learnt of them. */
const CONTROLS = /^(?:BEGIN(?: (?:DEFERRED|IMMEDIATE|EXCLUSIVE))?|COMMIT|ROLLBACK)$/;

/** What makes, changes or takes back tables. */
const ALTERS = /\b(?:create|drop|alter|rollback)\b/i;

/** `SyncDatabase` at a server, over a pipe on which this thread can wait. */
export class RemoteDatabase extends PlainDatabase implements SyncDatabase, RemoteHost {
  readonly connection: RemoteConnection;
  readonly readonly: boolean;
  lastRowid = 0n;
  readonly #files: BackupFiles;
  #closed = false;
  readonly #texts = new Map<string, RemoteParts>();
  #lastName = 0;

  /**
   * @param files where backups go
   * @throws DosqlError as `SyncPipe.connect`
   */
  constructor(pipe: SyncPipe, files: BackupFiles, options: { readonly readonly: boolean }) {
    super();
    this.#files = files;
    this.connection = new RemoteConnection(pipe);
    this.readonly = options.readonly;
    this.connection.connect();
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  portalName(): string {
    return `p${++this.#lastName}`;
  }

  altering(sql: string): void {
    if (ALTERS.test(sql)) this.#texts.clear();
  }

  prepare(given: string): SyncStatement {
    const known = this.#texts.get(given) ?? this.#read(given);
    return new RemoteStatement(known, this);
  }

  exec(given: string, trace: ((statement: string) => void) | null): void {
    const sql = beforeNul(given);
    if (isBlank(sql)) return;
    if (trace === null && !this.readonly) this.#script(sql);
    else this.runEach(sql, "bigint", trace);
  }

  /** Also those that could be views over functions. */
  defineTable(): never {
    throw this.refusal("table()");
  }

  override backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress> {
    const backup = new RemoteBackup(this.connection, this.#files, () => this.#closed);
    return backup.run({ schema, path, nextSlice });
  }

  override serialize(schema: string): Uint8Array {
    return serializeRemote(this.connection, schema);
  }

  close(): void {
    this.#closed = true;
    this.connection.close();
  }

  protected refusal(member: string): DosqlError {
    return new DosqlError("unsupported", `${member} is not supported over a network`, {
      hint: "open the database where its file is",
    });
  }

  #script(sql: string): void {
    this.altering(sql);
    const reply = this.connection.ask({
      integers: "bigint",
      repeatable: false,
      write: (writer) => writer.query(sql),
    });
    this.lastRowid = reply.lastRowid ?? this.lastRowid;
  }

  #read(given: string): RemoteParts {
    const sql = beforeNul(given);
    const [first, second] = splitScript(sql);
    if (first === undefined) {
      throw new DosqlError("invalid-argument", "The supplied SQL string contains no statements");
    }
    const asked = first.text;
    const facts = readStatement(asked);
    const text = new RemoteText(asked, `s${++this.#lastName}`, this.connection);
    if (!CONTROLS.test(asked)) text.prepare();
    if (second !== undefined) {
      text.forget();
      throw new DosqlError(
        "invalid-argument",
        "The supplied SQL string contains more than one statement",
      );
    }
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined && this.#texts.size >= TEXTS_KEPT) this.#texts.delete(oldest);
    const parts = { text, facts, shown: sql.slice(0, endBehind(sql, first.end)) };
    this.#texts.set(given, parts);
    return parts;
  }
}
