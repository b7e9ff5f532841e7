import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type {
  BackupProgress,
  EmbeddedAggregate,
  EmbeddedDriver,
  EmbeddedFunction,
  EmbeddedStatement,
} from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { AskingStatement } from "./asking-statement.ts";
import { EmbeddedDefaults, mentionsDurability } from "./embedded-defaults.ts";
import { guardScript, guardStatement } from "./embedded-guard.ts";
import { mayLimit, withoutLimit } from "./embedded-limit.ts";
import type { LimitedText } from "./embedded-limit.ts";
import { LONGEST_KEPT } from "../text/known-text.ts";
import { EmbeddedSyncStatement } from "./embedded-statement.ts";
import type { StatementHost } from "./embedded-statement.ts";
import { isBlank, readStatement } from "./embedded-text.ts";
import type { StatementFacts } from "./embedded-text.ts";
import { readWork } from "./embedded-work.ts";
import type { EmbeddedWork } from "./embedded-work.ts";
import type { EmbeddedShare, EmbeddedWriter } from "./embedded-writer.ts";
import { LimitedStatement } from "./limited-statement.ts";
import { LruMap } from "../text/lru-map.ts";
import { splitScript } from "../../sql/script/split.ts";
import type { EngineShare } from "./embedded-gate.ts";
import type { Shard } from "../shard.ts";
import type { SyncDatabase, SyncRunResult, SyncStatement } from "../session/sync-database.ts";

/** Texts whose reading is remembered; a program that builds texts cannot fill memory. */
const TEXTS_KEPT = 1_000;

/** How a connection is used. */
export interface EmbeddedOptions {
  readonly readonly: boolean;
  /** Prefix of the tables that must not show; null for a file that is not ours, as far as known. */
  readonly hiddenPrefix: string | null;
  /** The prefix in a file that is ours, which this one may attach. */
  readonly prefixElsewhere: string;
  /** What this process has on the file besides; null where there can be nothing. */
  readonly share: EmbeddedShare | null;
  /** Where its writes go, when the engine may have the file open too; never for a readonly one. */
  readonly writer: EmbeddedWriter | null;
  /**
   * Looks whether a plain file is one whose changes are captured, and answers with the prefix of
   * its hidden tables then. Asked once, before the first statement; must not wait for locks.
   */
  readonly discover: (() => string | null) | null;
  /** The bytes of a database without its hidden tables. */
  readonly withoutHidden: (bytes: Uint8Array, prefix: string) => Uint8Array;
  /** Called once the connection is closed. */
  readonly onClose: () => void;
}

/** `SyncDatabase` over one connection. */
export class EmbeddedDatabase implements SyncDatabase, StatementHost, EngineShare {
  readonly #driver: EmbeddedDriver;
  readonly #defaults: EmbeddedDefaults;
  readonly writer: EmbeddedWriter | null;
  #hiddenPrefix: string | null;
  readonly #prefixElsewhere: string;
  readonly #share: EmbeddedShare | null;
  readonly #withoutHidden: EmbeddedOptions["withoutHidden"];
  readonly #closing: (() => void)[];
  readonly #facts = new LruMap<string, StatementFacts>(TEXTS_KEPT);
  readonly #works = new LruMap<string, EmbeddedWork>(TEXTS_KEPT);
  #totalChanges: EmbeddedStatement | null = null;
  #lastRowid: EmbeddedStatement | null = null;
  #hasUserFunctions = false;

  constructor(driver: EmbeddedDriver, options: EmbeddedOptions) {
    this.#driver = driver;
    const { discover } = options;
    this.#defaults = new EmbeddedDefaults(driver, {
      readonly: options.readonly,
      begin: () => (this.#hiddenPrefix ??= discover?.() ?? null),
    });
    this.#hiddenPrefix = options.hiddenPrefix;
    this.#prefixElsewhere = options.prefixElsewhere;
    this.writer = options.writer;
    this.#share = options.share;
    this.#withoutHidden = options.withoutHidden;
    this.#closing = [options.onClose];
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction && this.writer?.standsAlone !== true;
  }

  /** The engine's shard on the file, for as long as this connection is open; null for none. */
  get shard(): Shard | null {
    const shard = this.#share?.shard ?? null;
    if (shard !== null) this.#share?.keep();
    return shard;
  }

  /** Calls `listener` when the connection closes, before the shard may. */
  onClose(listener: () => void): void {
    this.#closing.unshift(listener);
  }

  get hasUserFunctions(): boolean {
    return this.#hasUserFunctions;
  }

  prepare(given: string): SyncStatement {
    this.#defaults.apply();
    const prefix = this.#prefixFor(given);
    const sql = prefix === null ? given : guardStatement(given, prefix);
    const statement = this.#compile(sql);
    if (statement === null) {
      throw new DosqlError("invalid-argument", "The supplied SQL string contains no statements");
    }
    if (statement.text.length < sql.length && !isBlank(sql.slice(statement.text.length))) {
      throw new DosqlError(
        "invalid-argument",
        "The supplied SQL string contains more than one statement",
      );
    }
    const described = this.#describe(statement);
    // Most pragmas act when they are compiled.
    if (mentionsTriggerPragma(sql)) this.writer?.noticeTriggerPragma();
    return described;
  }

  exec(given: string, trace: ((statement: string) => void) | null): void {
    this.#defaults.apply();
    const prefix = this.#prefixFor(given);
    const sql = prefix === null ? given : guardScript(given, prefix);
    try {
      const whole = trace === null && this.writer?.joined !== true && !mayLimit(sql);
      if (whole) this.#driver.exec(sql);
      else this.#execEach(sql, trace);
    } finally {
      if (mentionsDurability(sql)) this.#defaults.noticePragmas(sql);
      if (mentionsTriggerPragma(sql)) this.writer?.noticeTriggerPragma();
    }
  }

  readWork(sql: string): EmbeddedWork {
    let work = this.#works.get(sql);
    if (work === undefined) {
      work = readWork(sql);
      if (sql.length <= LONGEST_KEPT) this.#works.set(sql, work);
    }
    return work;
  }

  runCounted(statement: EmbeddedStatement, params: Row, integers: IntegerMode): SyncRunResult {
    const before = this.#countChanges();
    const { changes, lastRowid } = statement.run(params, integers);
    return { changes: this.#countChanges() === before ? 0 : changes, lastRowid };
  }

  lastRowid(integers: IntegerMode): number | bigint {
    this.#lastRowid ??= this.#driver.prepare("SELECT last_insert_rowid()");
    const rowid = this.#lastRowid?.first([], "bigint")?.[0] as bigint;
    return integers === "bigint" ? rowid : Number(rowid);
  }

  noticePragmas(sql: string): void {
    this.#defaults.noticePragmas(sql);
  }

  defineFunction(definition: EmbeddedFunction, body: (args: unknown[]) => unknown): void {
    this.#hasUserFunctions = true;
    this.writer?.counts.defined(definition.name);
    this.#driver.defineFunction(definition, body);
  }

  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void {
    this.#hasUserFunctions = true;
    this.writer?.counts.defined(definition.name);
    this.#driver.defineAggregate(definition, steps);
  }

  loadExtension(path: string, entryPoint?: string): void {
    this.#hasUserFunctions = true;
    this.#driver.loadExtension(path, entryPoint);
  }

  setDefensive(active: boolean): void {
    this.#driver.setDefensive(active);
  }

  backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress> {
    return this.#driver.backup(schema, path, nextSlice);
  }

  serialize(schema: string): Uint8Array {
    const bytes = this.#driver.serialize(schema);
    const prefix = this.#hiddenPrefix ?? this.writer?.hiddenPrefix ?? null;
    return prefix === null ? bytes : this.#withoutHidden(bytes, prefix);
  }

  close(): void {
    try {
      this.#driver.close();
    } finally {
      this.writer?.close();
      for (const close of this.#closing.splice(0)) close();
    }
  }

  /** A file that the engine has open is its own, too, and so may be one that is attached. */
  #prefixFor(sql: string): string | null {
    if (this.#hiddenPrefix === null) {
      const attaches = /attach/i.test(sql);
      this.#hiddenPrefix = attaches ? this.#prefixElsewhere : (this.writer?.hiddenPrefix ?? null);
    }
    return this.#hiddenPrefix;
  }

  #compile(sql: string): EmbeddedStatement | null {
    try {
      return this.#driver.prepare(sql);
    } catch (error) {
      const [first] = mayLimit(sql) ? splitScript(sql) : [];
      const limited = first === undefined ? null : this.#withoutLimit(error, first.text);
      if (limited === null || first === undefined) throw error;
      const inner = this.#driver.prepare(limited.sql);
      const value = this.#driver.prepare("SELECT ?");
      if (inner === null || value === null) throw error;
      inner.bindNames(limited.parameters);
      return new LimitedStatement(sql.slice(0, sqlEnd(sql, first.end)), inner, value);
    }
  }

  #withoutLimit(error: unknown, sql: string): LimitedText | null {
    const search = withoutLimit(error, sql);
    let step = search.next();
    while (step.done !== true) {
      step = search.next(this.#driver.prepare(step.value)?.all([], "number") ?? []);
    }
    return step.value;
  }

  #describe(compiled: EmbeddedStatement): SyncStatement {
    const { text } = compiled;
    let facts = this.#facts.get(text);
    if (facts === undefined) {
      facts = readStatement(text);
      this.#facts.set(text, facts);
    }
    const reader = facts.reader ?? compiled.columns().length > 0;
    const statement = this.#asking(this.#bindable(compiled, facts), facts.parameters.length);
    const readonly = facts.readonly ?? this.#isReadonly(facts.explained);
    const durability = facts.kind === "other" && mentionsDurability(text);
    return new EmbeddedSyncStatement(statement, { facts, reader, readonly, durability }, this);
  }

  #bindable(
    compiled: EmbeddedStatement,
    { numbered, parameters }: StatementFacts,
  ): EmbeddedStatement {
    if (compiled instanceof LimitedStatement) return compiled;
    const statement =
      numbered === null ? compiled : (this.#driver.prepare(numbered.sql) ?? compiled);
    if (statement !== compiled) statement.bindNames(numbered?.parameters ?? []);
    else if (parameters.length > 0) statement.bindNames(parameters);
    return statement;
  }

  /** A statement that asks for the program's own counts gets them as parameters. */
  #asking(statement: EmbeddedStatement, parameterCount: number): EmbeddedStatement {
    const counts = this.writer?.counts;
    if (counts === undefined) return statement;
    const text = counts.read(statement.text, parameterCount);
    const inner = text === null ? null : this.#driver.prepare(text.sql);
    if (text !== null) inner?.bindNames(readStatement(text.sql).parameters);
    // A query whose views ask has them asked of SQLite; a change goes through `counts.count`.
    const work = counts.viewsAsk ? this.readWork(statement.text) : null;
    if (inner === null && work?.class.kind !== "read") return statement;
    return new AskingStatement(statement, inner ?? statement, (params) => {
      if (work?.class.kind === "read") counts.restore(work);
      return text === null ? params : counts.bind(params, text.asked);
    });
  }

  /** SQLite's own answer, by the program it compiled: it opens a write transaction or not. */
  #isReadonly(sql: string): boolean {
    const program = this.#driver.prepare(`EXPLAIN ${sql}`)?.all([], "bigint") ?? [];
    return !program.some(([, opcode, , p2]) => writes(opcode, p2));
  }

  #countChanges(): bigint {
    this.#totalChanges ??= this.#driver.prepare("SELECT total_changes()");
    return this.#totalChanges?.first([], "bigint")?.[0] as bigint;
  }

  #execEach(sql: string, trace: ((statement: string) => void) | null): void {
    let rest = sql;
    for (;;) {
      const statement = this.#compile(rest);
      if (statement === null) return;
      trace?.(unboundText(statement).replace(/^[\s;]+/, ""));
      if (this.writer === null) runThrough(statement);
      else {
        const asking = this.#asking(statement, 0);
        this.writer.perform(
          this.readWork(statement.text),
          () => runThrough(asking),
          () => null,
        );
      }
      rest = rest.slice(statement.text.length);
    }
  }
}

/** The text with NULL in the places of its parameters. */
function unboundText(statement: EmbeddedStatement): string {
  const { parameters } = readStatement(statement.text);
  if (parameters.length === 0) return statement.text;
  statement.bindNames(parameters);
  return statement.expanded(parameters.map(() => null));
}

/** Where a statement ends, with its `;`, that itself ends at `end`. */
function sqlEnd(sql: string, end: number): number {
  const semicolon = /^(?:\s|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*;/.exec(sql.slice(end));
  return end + (semicolon?.[0].length ?? 0);
}

/** Runs a statement to its end. A failed COMMIT that is not reset would hold on to what it read. */
function runThrough(statement: EmbeddedStatement): void {
  if (statement.columns().length === 0) {
    statement.run([], "bigint");
    return;
  }
  const rows = statement.iterate([]);
  while (rows.next().done !== true);
}

function mentionsTriggerPragma(sql: string): boolean {
  return /\brecursive_triggers\b/i.test(sql);
}

/** Operations by which SQLite takes a program for one that writes. */
function writes(opcode: unknown, p2: unknown): boolean {
  if (opcode === "Transaction") return p2 !== 0n;
  return opcode === "JournalMode" || opcode === "Checkpoint" || opcode === "Vacuum";
}
