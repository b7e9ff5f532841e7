import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a statement came to, as far as the counts show in it. */
export interface Told {
  readonly names: readonly string[];
  readonly rows: unknown;
  readonly error: string;
}

/** The same file for each session as a connection of its own, as SQLite alone serves it. */
export class Oracle implements Disposable {
  readonly folder: string = mkdtempSync(path.join(tmpdir(), "dosql-counts-"));
  readonly connections: DatabaseSync[] = [];

  connection(at: number): DatabaseSync {
    const file = path.join(this.folder, "plain.sqlite");
    this.connections[at] ??= new DatabaseSync(file, { timeout: 0 });
    this.connections[at].exec("PRAGMA journal_mode = WAL");
    return this.connections[at];
  }

  tell(at: number, sql: string, params: bigint[]): Told {
    try {
      const statement = this.connection(at).prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      const rows: unknown = statement.all(...params);
      return { names: statement.columns().map(({ name }) => name), rows, error: "" };
    } catch (error) {
      return { names: [], rows: [], error: (error as Error).message };
    }
  }

  lastRowid(at: number): unknown {
    const statement = this.connection(at).prepare("SELECT last_insert_rowid() AS r");
    statement.setReadBigInts(true);
    return statement.get()?.["r"];
  }

  [Symbol.dispose](): void {
    for (const connection of this.connections) connection.close();
    rmSync(this.folder, { recursive: true });
  }
}
