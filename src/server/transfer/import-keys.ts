/*
 * Foreign keys while a script runs in slices. SQLite looks at them when a transaction ends, and a
 * slice ends in the middle: so they are off, and looked at when all has been run.
 */
import { DosqlError } from "../../base/errors.ts";
import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import { attempt } from "../../engine/capture/statement-outcome.ts";
import type { Shard } from "../../engine/shard.ts";
import { ForeignKeyScript } from "../../engine/text/foreign-key-script.ts";
import { KeyReach } from "../../engine/text/key-reach.ts";
import type { KnownText } from "../../engine/text/known-text.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { foldName } from "../../sql/fold-name.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import type { ImportState } from "./import-state.ts";
import { isLongTable } from "./table-end.ts";

/** Looked at in one slice: a table with more rows is the last one. */
const LONG_ROWS = 50_000;

/** INSERTs that can neither replace a row nor change one. */
function isPlain(sql: string): boolean {
  if (!/^insert\s+into\b/i.test(sql)) return false;
  return !UPSERT.test(sql) || !UPSERT.test(sql.replace(/'[^']*'/g, ""));
}

const UPSERT = /\bon\s+conflict\b/i;

/** What a script in slices may do, while keys are off. It is told of each statement before. */
export class SlicedKeys {
  readonly #shard: Shard;
  readonly #keys: ForeignKeyScript;
  readonly #keysOff: boolean;
  /** As the schema is now; null when it must be read. */
  #reach: KeyReach | null = null;

  /** @param state where the script goes on */
  constructor(shard: Shard, { keysOff, keysOn }: Pick<ImportState, "keysOff" | "keysOn">) {
    this.#shard = shard;
    this.#keysOff = keysOff;
    this.#keys = new ForeignKeyScript(shard.writer.driver, keysOn);
  }

  /** What the script has made of the PRAGMA. */
  get keysOn(): boolean {
    return this.#keys.enforced;
  }

  /**
   * @throws DosqlError `limit` for what may have to reach other tables, which nothing does without
   * keys; `misuse` where a script that turns them off itself needs them
   */
  meet(sql: string): void {
    if (this.#keysOff) {
      if (this.keysOn || /\bforeign_keys\b/i.test(sql)) this.#read(sql, (text) => this.#own(text));
    } else if (!isPlain(sql)) {
      this.#read(sql, (text) => {
        if (text.class.kind !== "write" && text.class.kind !== "read") this.#reach = null;
        this.#refuse(text, "error" in attempt(() => this.#own(text)));
      });
    } else {
      // Plain rows are held against the keys at the end.
      this.#reach ??= new KeyReach(this.#shard.writer.driver);
      if (this.#reach.acts) this.#read(sql, (text) => this.#meetPlain(text));
    }
  }

  #own(text: KnownText): void {
    this.#keys.meet(text);
  }

  #meetPlain(text: KnownText): void {
    const table = foldName(text.change?.table ?? "");
    this.#refuse(text, table === "" || this.#reach?.actsOnInsert(table) === true);
  }

  #refuse({ class: { command } }: KnownText, isMet: boolean): void {
    if (!isMet) return;
    throw new DosqlError("limit", `${command} in a script of more than 16 MiB`, {
      hint:
        "such a script may only insert into tables with foreign keys, and nothing may follow " +
        "from that by a trigger and a key: put the statement into a script of its own, or turn " +
        "foreign keys off in this one",
    });
  }

  /** What cannot be read says so when it runs. */
  #read(sql: string, use: (text: KnownText) => void): void {
    const read = attempt(() => this.#shard.texts.read(sql, false).text);
    if (!("error" in read)) use(read.value);
  }
}

/** Rows whose keys are broken, by table; null where SQLite cannot tell. None says nothing. */
export type BrokenKeys = Readonly<Record<string, number | null>>;

/**
 * Looks at the keys of some tables.
 *
 * @param looked how many tables were looked at before
 * @returns how many are now; null when it was all
 */
export function countBroken(
  driver: SqlDriver,
  looked: number,
): { readonly looked: number | null; readonly broken: BrokenKeys } {
  const broken: Record<string, number | null> = {};
  const { tables } = readSchemaRows(driver);
  for (let at = looked; at < tables.length;) {
    const name = tables[at]?.name ?? "";
    at += 1;
    const table = quoteIdentifier(name);
    if (driver.prepare(`PRAGMA foreign_key_list(${table})`).all([], "number").length === 0)
      continue;
    const check = `SELECT count(*) FROM pragma_foreign_key_check(${quoteText(name)})`;
    const found = attempt(() => driver.prepare(check).all([], "number"));
    const count = "error" in found ? null : Number(found.value[0]?.[0]);
    if (count !== 0) broken[name] = count;
    if (isLongTable(driver, table, LONG_ROWS)) return { looked: at, broken };
  }
  return { looked: null, broken };
}

/** @throws DosqlError as a commit would */
export function requireKeys(now: BrokenKeys, before: BrokenKeys): void {
  for (const [table, count] of Object.entries(now)) {
    const known = before[table] === undefined ? 0 : before[table];
    if (known === null || (count !== null && count <= known)) continue;
    throw new DosqlError("sqlite", "FOREIGN KEY constraint failed", {
      sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
      hint: `of ${table}`,
    });
  }
}
