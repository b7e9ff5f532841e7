import { DosqlError } from "../../../base/errors.ts";
import type { Row, SqlValue } from "../../../base/value.ts";
import { readStatement } from "../../../engine/embedded/embedded-text.ts";
import type { StatementFacts } from "../../../engine/embedded/embedded-text.ts";
import type { SyncRunResult, SyncStatement } from "../../../engine/session/sync-database.ts";
import type { EmbeddedColumn } from "../../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";
import { expandedSql } from "../expanded-sql.ts";
import { onlyTells } from "../statement-text.ts";
import type { Reply } from "./remote-reply.ts";
import type { RemoteHost } from "./remote-host.ts";
import { RemoteRows } from "./remote-rows.ts";
import type { RemoteText } from "./remote-text.ts";

/** A text, read once. */
export interface RemoteParts {
  readonly text: RemoteText;
  readonly facts: StatementFacts;
  /** With what stood around it. */
  readonly shown: string;
}

/** Pragmas that act and answer: they are not compiled to be described. */
const ANSWERS = /^pragma\s+(?:\w+\s*\.\s*)?(?:optimize|wal_checkpoint)\b/i;

/** `SyncStatement` at a server. */
export class RemoteStatement implements SyncStatement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly parameters: readonly (string | null)[];
  readonly unsettledColumns: boolean;
  readonly #text: RemoteText;
  /** It is nothing for a readonly connection. */
  readonly #writes: boolean;
  readonly #shown: string;
  readonly #host: RemoteHost;

  constructor({ text, facts, shown }: RemoteParts, host: RemoteHost) {
    this.#text = text;
    this.#shown = shown;
    this.#host = host;
    this.reader = facts.reader ?? (text.columns.length > 0 || ANSWERS.test(text.sql));
    this.readonly = facts.readonly ?? isReadonly(facts.explained, text);
    this.#writes = !this.readonly && !onlyTells(text.sql, facts.explained);
    this.parameters = facts.parameters;
    this.unsettledColumns = facts.star;
  }

  columns(): readonly EmbeddedColumn[] {
    return this.#text.columns;
  }

  all(params: Row, integers: IntegerMode): Row[] {
    return this.#ask(params, integers, 0).rows;
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    return this.#ask(params, integers, 1).rows[0];
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    const row = this.first(params, "bigint");
    if (row === undefined) return undefined;
    const record: Record<string, SqlValue> = {};
    this.#text.columns.forEach(({ name }, index) => (record[name] = row[index] ?? null));
    return record;
  }

  iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    this.#refuseWrite();
    const { readonly: repeatable } = this;
    return new RemoteRows(this.#host, this.#text, { params, integers, repeatable });
  }

  run(params: Row, integers: IntegerMode): SyncRunResult {
    const reply = this.#ask(params, "bigint", 0);
    const { lastRowid } = this.#host;
    return {
      changes: reply.changes,
      lastRowid: integers === "bigint" ? lastRowid : Number(lastRowid),
    };
  }

  expanded(params: Row): string {
    return expandedSql(this.#shown, params);
  }

  #ask(params: Row, integers: IntegerMode, maxRows: number): Reply {
    this.#refuseWrite();
    const text = this.#text;
    const host = this.#host;
    host.altering(text.sql);
    const reply = host.connection.ask({
      integers,
      repeatable: this.readonly,
      write(writer) {
        const name = text.name(writer);
        writer.bind("", name, params);
        writer.execute("", maxRows);
        if (maxRows > 0) writer.closePortal("");
        writer.sync();
      },
    });
    text.heard(reply);
    host.lastRowid = reply.lastRowid ?? host.lastRowid;
    return reply;
  }

  #refuseWrite(): void {
    if (!this.#host.readonly || !this.#writes) return;
    throw new DosqlError("sqlite", "attempt to write a readonly database", {
      sqlite: "SQLITE_READONLY",
    });
  }
}

/** What EXPLAIN shows counts as what it explains. */
function isReadonly(explained: string, text: RemoteText): boolean {
  return (explained === text.sql ? null : readStatement(explained).readonly) ?? text.readonly;
}
