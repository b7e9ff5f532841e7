import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type {
  BackupProgress,
  EmbeddedAggregate,
  EmbeddedDriver,
  EmbeddedFunction,
  EmbeddedStatement,
} from "../ports/embedded-driver.ts";
import type { IntegerMode } from "../ports/sql-driver.ts";
import { EmbeddedDefaults, mentionsDurability } from "./embedded-defaults.ts";
import { guardScript, guardStatement } from "./embedded-guard.ts";
import { explainLimit } from "./embedded-limit.ts";
import { EmbeddedSyncStatement } from "./embedded-statement.ts";
import type { StatementHost } from "./embedded-statement.ts";
import { isBlank, readStatement } from "./embedded-text.ts";
import type { StatementFacts } from "./embedded-text.ts";
import { LruMap } from "./lru-map.ts";
import type { SyncDatabase, SyncRunResult, SyncStatement } from "./sync-database.ts";

/** Texts whose reading is remembered; a program that builds texts cannot fill memory. */
const TEXTS_KEPT = 1_000;

/** How a connection is used. */
export interface EmbeddedOptions {
  readonly readonly: boolean;
  /** Prefix of the tables that must not show; null for a file that is not ours. */
  readonly hiddenPrefix: string | null;
  /** Called once the connection is closed. */
  readonly onClose: () => void;
}

/** `SyncDatabase` over one connection. */
export class EmbeddedDatabase implements SyncDatabase, StatementHost {
  readonly #driver: EmbeddedDriver;
  readonly #defaults: EmbeddedDefaults;
  readonly #hiddenPrefix: string | null;
  readonly #onClose: () => void;
  readonly #facts = new LruMap<string, StatementFacts>(TEXTS_KEPT);
  #totalChanges: EmbeddedStatement | null = null;
  #hasUserFunctions = false;

  constructor(driver: EmbeddedDriver, options: EmbeddedOptions) {
    this.#driver = driver;
    this.#defaults = new EmbeddedDefaults(driver, options);
    this.#hiddenPrefix = options.hiddenPrefix;
    this.#onClose = options.onClose;
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction;
  }

  get hasUserFunctions(): boolean {
    return this.#hasUserFunctions;
  }

  prepare(given: string): SyncStatement {
    this.#defaults.apply();
    const prefix = this.#hiddenPrefix;
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
    return this.#describe(statement);
  }

  exec(given: string, trace: ((statement: string) => void) | null): void {
    this.#defaults.apply();
    const prefix = this.#hiddenPrefix;
    const sql = prefix === null ? given : guardScript(given, prefix);
    try {
      if (trace === null) this.#driver.exec(sql);
      else this.#execTraced(sql, trace);
    } catch (error) {
      throw explainLimit(error, sql);
    } finally {
      if (mentionsDurability(sql)) this.#defaults.noticePragmas(sql);
    }
  }

  runCounted(statement: EmbeddedStatement, params: Row, integers: IntegerMode): SyncRunResult {
    const before = this.#countChanges();
    const { changes, lastRowid } = statement.run(params, integers);
    return { changes: this.#countChanges() === before ? 0 : changes, lastRowid };
  }

  noticePragmas(sql: string): void {
    this.#defaults.noticePragmas(sql);
  }

  defineFunction(definition: EmbeddedFunction, body: (args: unknown[]) => unknown): void {
    this.#hasUserFunctions = true;
    this.#driver.defineFunction(definition, body);
  }

  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void {
    this.#hasUserFunctions = true;
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
    return this.#driver.serialize(schema);
  }

  close(): void {
    try {
      this.#driver.close();
    } finally {
      this.#onClose();
    }
  }

  #compile(sql: string): EmbeddedStatement | null {
    try {
      return this.#driver.prepare(sql);
    } catch (error) {
      throw explainLimit(error, sql);
    }
  }

  #describe(compiled: EmbeddedStatement): SyncStatement {
    const { text } = compiled;
    let facts = this.#facts.get(text);
    if (facts === undefined) {
      facts = readStatement(text);
      this.#facts.set(text, facts);
    }
    const reader = facts.reader ?? compiled.columns().length > 0;
    const statement = this.#bindable(compiled, facts);
    const readonly = facts.readonly ?? this.#isReadonly(facts.explained);
    const durability = facts.kind === "other" && mentionsDurability(text);
    return new EmbeddedSyncStatement(statement, { facts, reader, readonly, durability }, this);
  }

  #bindable(
    compiled: EmbeddedStatement,
    { numbered, parameters }: StatementFacts,
  ): EmbeddedStatement {
    const statement =
      numbered === null ? compiled : (this.#driver.prepare(numbered.sql) ?? compiled);
    if (statement !== compiled) statement.bindNames(numbered?.parameters ?? []);
    else if (parameters.length > 0) statement.bindNames(parameters);
    return statement;
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

  #execTraced(sql: string, trace: (statement: string) => void): void {
    let rest = sql;
    for (;;) {
      const statement = this.#driver.prepare(rest);
      if (statement === null) return;
      trace(statement.text.replace(/^[\s;]+/, ""));
      const rows = statement.iterate([]);
      while (rows.next().done !== true);
      rest = rest.slice(statement.text.length);
    }
  }
}

/** Operations by which SQLite takes a program for one that writes. */
function writes(opcode: unknown, p2: unknown): boolean {
  if (opcode === "Transaction") return p2 !== 0n;
  return opcode === "JournalMode" || opcode === "Checkpoint" || opcode === "Vacuum";
}
