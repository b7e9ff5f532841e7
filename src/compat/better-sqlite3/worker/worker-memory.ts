import type { Row } from "../../../base/value.ts";
import { splitScript } from "../../../sql/script/split.ts";
import { expandedSql } from "../expanded-sql.ts";
import type { WorkerRequest } from "./worker-message.ts";

/** Statements that set something of the connection. */
const SETTING = /^(?:\s|--.*\n|\/\*[^]*?\*\/)*(pragma|attach|detach)\b/i;
const PRAGMA = /\bpragma\s+(?:(\w+)\s*\.\s*)?(\w+)\s*[=(]/i;
const ATTACHED = /\bas\s+(\S+?|(['"`[]).*)\s*;?\s*$/i;
const DETACHED = /\bdetach\s+(?:database\s+)?(\S+?|(['"`[]).*)\s*;?\s*$/i;
/** Pragmas that do or tell something when they are given a value, and set nothing. */
const ACTS = new RegExp(
  "^(?:.*_(?:info|xinfo|list|check|version)|application_id|auto_vacuum|encoding|" +
    "incremental_vacuum|optimize|page_size|shrink_memory|wal_checkpoint)$",
  "i",
);

/** What was asked, and where the program was: paths are meant from there. */
export interface Told {
  readonly request: WorkerRequest;
  readonly folder: string;
}

/**
 * What a connection was told and a new one must be told again: functions, tables, extensions,
 * settings, attached files. Not what it had in temporary tables.
 */
export class WorkerMemory {
  readonly #kept = new Map<string, Told>();
  readonly #folder: () => string;

  /** @param folder where the program is now */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  get told(): Iterable<Told> {
    return this.#kept.values();
  }

  keep(key: string, request: WorkerRequest): void {
    // The order is the one in which they were said last.
    this.#kept.delete(key);
    this.#kept.set(key, { request, folder: this.#folder() });
  }

  prepared(sql: string): void {
    if (/^pragma$/i.test(SETTING.exec(sql)?.[1] ?? "")) this.ran(sql, []);
  }

  ranScript(sql: string): void {
    if (!/pragma|attach|detach/i.test(sql)) return;
    for (const { text } of splitScript(sql)) this.ran(text, []);
  }

  ran(sql: string, params: Row): void {
    const [, word] = SETTING.exec(sql) ?? [];
    if (word === undefined) return;
    const text = expandedSql(sql, params);
    const request = { op: "exec", sql: text } as const;
    switch (word.toLowerCase()) {
      case "attach":
        this.keep(`${nameIn(ATTACHED, text)}.`, request);
        break;
      case "detach":
        this.#forget(`${nameIn(DETACHED, text)}.`);
        break;
      default: {
        const [, schema = "", pragma] = PRAGMA.exec(text) ?? [];
        if (pragma === undefined || ACTS.test(pragma)) return;
        this.keep(`${schema}.pragma ${pragma}`.toLowerCase(), request);
      }
    }
  }

  /** What was said of a database that is attached no more. */
  #forget(prefix: string): void {
    for (const key of this.#kept.keys()) {
      if (key.startsWith(prefix)) this.#kept.delete(key);
    }
  }
}

/** A name without its quotes, in the case in which keys have it. */
function nameIn(pattern: RegExp, sql: string): string {
  const name = pattern.exec(sql)?.[1] ?? "";
  return name.replace(/^(['"`[])(.*)['"`\]]$/, "$2").toLowerCase();
}
