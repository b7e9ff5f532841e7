import type { Row } from "../../base/value.ts";
import { splitScript } from "../../sql/script/split.ts";
import { expandedSql } from "./expanded-sql.ts";
import type { WorkerRequest } from "./worker-message.ts";

/** Statements that set something of the connection. */
const SETTING = /^\s*(?:pragma|attach|detach)\b/i;
const PRAGMA = /^\s*pragma\s+(?:\w+\s*\.\s*)?(\w+)\s*[=(]/i;
/** Pragmas that do or tell something when they are given a value, and set nothing. */
const ACTS = new RegExp(
  "^(?:.*_(?:info|xinfo|list|check|version)|application_id|auto_vacuum|encoding|" +
    "incremental_vacuum|optimize|page_size|shrink_memory|wal_checkpoint)$",
  "i",
);

/**
 * What a connection was told and a new one must be told again: functions, tables, extensions,
 * settings, attached files. Not what it had in temporary tables.
 */
export class WorkerMemory {
  readonly #kept = new Map<string, WorkerRequest>();

  get requests(): Iterable<WorkerRequest> {
    return this.#kept.values();
  }

  keep(key: string, request: WorkerRequest): void {
    // The order is the one in which they were said last.
    this.#kept.delete(key);
    this.#kept.set(key, request);
  }

  prepared(sql: string): void {
    if (/^\s*pragma\b/i.test(sql)) this.ran(sql, []);
  }

  ranScript(sql: string): void {
    if (!/pragma|attach|detach/i.test(sql)) return;
    for (const { text } of splitScript(sql)) this.ran(text, []);
  }

  ran(sql: string, params: Row): void {
    if (!SETTING.test(sql)) return;
    const [, pragma] = PRAGMA.exec(sql) ?? [];
    if (/^\s*pragma/i.test(sql) && (pragma === undefined || ACTS.test(pragma))) return;
    const key = pragma === undefined ? `${sql} ${String(params)}` : `pragma ${pragma}`;
    this.keep(key.toLowerCase(), { op: "exec", sql: expandedSql(sql, params) });
  }
}
