import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { logNames } from "../log/layout.ts";
import type { ChangeTraits, ReplaceMode } from "./replace-mode.ts";
import { REPLACE_MODE, replaceMode } from "./replace-mode.ts";
import type { Reach, Reentry } from "./schema-graph.ts";
import { SchemaGraph } from "./schema-graph.ts";
import type { SchemaRows } from "./schema-rows.ts";
import { readSchemaRows } from "./schema-rows.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What of a statement's entries must be settled. */
export type SettlingNeed = "nothing" | "candidates" | "all";

/**
 * Sees to it that rows which REPLACE deletes are logged: that the tables have the triggers for
 * it, and that those know what the statement that runs does about conflicts.
 */
export class ReplaceWatch {
  readonly #driver: SqlDriver;
  readonly #arm: (table: string) => boolean;
  /** Tables with BEFORE triggers of ours, lower case; null until asked for. */
  #armed: Set<string> | null = null;
  /** Some table got them since `forget`. */
  #hasArmed = false;
  #graph: SchemaGraph | null = null;
  #lastGraph: SchemaGraph | null = null;
  #mode: ReplaceMode | null = null;
  #setMode: DriverStatement | null = null;
  /** The schema's cookie when `#armed` was read. */
  #cookie: number | null = null;
  /** The connection has `recursive_triggers` on: then REPLACE fires delete triggers. */
  replaceFiresTriggers = false;

  /** @param arm gives a table its BEFORE triggers, if it is one that is captured */
  constructor(driver: SqlDriver, arm: (table: string) => boolean) {
    this.#driver = driver;
    this.#arm = arm;
  }

  /** After DDL, or when it was rolled back. */
  forget(): void {
    this.#armed = null;
    this.#hasArmed = false;
    this.#graph = null;
    this.#mode = null;
    this.#setMode = null;
  }

  /** After a rollback that took no DDL of the user's back; whether it may have taken triggers. */
  rolledBack(): boolean {
    this.#mode = null;
    return this.#hasArmed;
  }

  /** After another connection's writes; whether the schema may be another one. */
  resume(): boolean {
    this.#mode = null;
    return this.#cookie !== null && this.#readCookie() !== this.#cookie;
  }

  /** Before a statement that changes rows. */
  prepare(traits: ChangeTraits): SettlingNeed {
    const armed = this.#load();
    if (traits.unread !== null) {
      if (armed.size > 0) this.#enterMode(REPLACE_MODE.unsure);
      return this.unknownNeed;
    }
    const table = foldName(traits.table);
    const reach = this.#schemaGraph().reach(table);
    const logs = this.#enter(traits, table, reach, armed);
    return reach.reenters ? "all" : logs ? "candidates" : "nothing";
  }

  /** What must be settled where it is not known which tables changed. */
  get unknownNeed(): SettlingNeed {
    return this.#schemaGraph().someReenters ? "all" : "candidates";
  }

  /**
   * Whether a statement may fail in the middle, keep what it did, and leave out entries: those of
   * rows whose foreign keys it was acting on.
   */
  failsMidway({ table, unread }: ChangeTraits): boolean {
    return unread !== null || this.#schemaGraph().reach(foldName(table)).failsMidway;
  }

  /** Whether a table, lower case, may change while SQLite is busy with one of its rows. */
  reenters(table: string): boolean {
    return this.#schemaGraph().reenters(table);
  }

  /** How a table, lower case, may. */
  reentry(table: string): Reentry {
    return this.#schemaGraph().reentry(table);
  }

  /** After DDL: tables that triggers of the user's may REPLACE into. */
  armForTriggers(): void {
    const armed = this.#load();
    for (const table of this.#schemaGraph().replacedByTriggers) this.#ensureArmed(table, armed);
  }

  /** While the file is closed, what REPLACE does in other programs is noted, and decided later. */
  rest(): void {
    if (this.#load().size > 0) this.#enterMode(REPLACE_MODE.unsure);
  }

  /** Sets the mode; whether the statement may log candidates. */
  #enter(traits: ChangeTraits, table: string, reach: Reach, armed: Set<string>): boolean {
    if (this.replaceFiresTriggers) {
      if (armed.size > 0) this.#enterMode(REPLACE_MODE.never);
      return false;
    }
    // OR REPLACE holds in triggers too.
    const targets = traits.action === "REPLACE" ? [table, ...reach.written] : [];
    for (const target of targets) this.#ensureArmed(target, armed);
    if (armed.size === 0) return false;
    const mode = replaceMode(traits, reach);
    this.#enterMode(mode);
    return mode === REPLACE_MODE.declared ? reach.declared : mode !== REPLACE_MODE.never;
  }

  #ensureArmed(table: string, armed: Set<string>): void {
    if (armed.has(table) || !this.#arm(table)) return;
    this.#hasArmed = true;
    armed.add(table);
  }

  #enterMode(mode: ReplaceMode): void {
    this.#mode ??= this.#readMode();
    if (this.#mode === mode) return;
    this.#setMode ??= this.#driver.prepare(`UPDATE ${this.#flag} SET mode = ?1`);
    this.#setMode.run([BigInt(mode)]);
    this.#mode = mode;
  }

  #readMode(): ReplaceMode {
    const [row] = this.#driver.prepare(`SELECT mode FROM ${this.#flag}`).all([], "number");
    return Number(row?.[0]) as ReplaceMode;
  }

  get #flag(): string {
    return logNames(this.#driver.caps.hiddenPrefix).flag;
  }

  #load(): Set<string> {
    if (this.#armed !== null) return this.#armed;
    this.#armed = armedTables(readSchemaRows(this.#driver), this.#driver.caps.hiddenPrefix);
    this.#cookie = this.#readCookie();
    return this.#armed;
  }

  #schemaGraph(): SchemaGraph {
    if (this.#graph !== null) return this.#graph;
    this.#graph = new SchemaGraph(this.#driver, readSchemaRows(this.#driver), this.#lastGraph);
    this.#lastGraph = this.#graph;
    return this.#graph;
  }

  /** SQLite counts it up with each change of the schema. A Durable Object does not tell it. */
  #readCookie(): number {
    if (!this.#driver.caps.transactionStatements) return 0;
    const [row] = this.#driver.prepare("PRAGMA schema_version").all([], "number");
    return Number(row?.[0]);
  }
}

/** Tables, lower case, that have triggers which see REPLACE. */
export function armedTables({ engine }: SchemaRows, hiddenPrefix: string): Set<string> {
  const prefix = `${hiddenPrefix}before_`;
  return new Set(
    engine
      .filter(({ type, name }) => type === "trigger" && name.startsWith(prefix))
      .map(({ table }) => foldName(table)),
  );
}
