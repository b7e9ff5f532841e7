import { pgError } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { SETTING_RULES } from "./rules.ts";
import type { SettingRule } from "./rules.ts";

interface Change {
  readonly name: string;
  readonly previous: string;
  /** SET LOCAL: the end of the transaction undoes it, however it ends. */
  readonly local: boolean;
}

/**
 * The settings of one session. As in Postgres, a change made in a transaction is undone with
 * it, and the client is told of changes when the session is ready for the next query.
 */
export class Settings {
  /** By name in lower case, as clients may write it. */
  readonly #rules = new Map<string, SettingRule>();
  /** By canonical name. */
  readonly #values = new Map<string, string>();
  /** What RESET goes back to: the values of the session's start. */
  #startValues: ReadonlyMap<string, string> = this.#values;
  /** What the client was last told. */
  readonly #told = new Map<string, string>();
  /** Changes of the open transaction, oldest first. */
  readonly #changes: Change[] = [];
  readonly #changed: (name: string, value: string) => void;
  #mayHaveNews = true;

  /** `changed` hears of every change, undone ones included, by canonical name. */
  constructor(changed: (name: string, value: string) => void) {
    this.#changed = changed;
    for (const rule of SETTING_RULES) {
      this.#rules.set(rule.name.toLowerCase(), rule);
      this.#values.set(rule.name, rule.initial);
    }
  }

  /** The value under a canonical name. */
  get(name: string): string {
    return this.#values.get(name) ?? "";
  }

  /** The rule of a setting that a client named; throws 42704 when there is none. */
  rule(name: string): SettingRule {
    const rule = this.#rules.get(name.toLowerCase());
    if (rule === undefined) throw unknownSetting(name);
    return rule;
  }

  /** Sets what a client may set. */
  set(name: string, given: string, local: boolean): void {
    const rule = this.rule(name);
    this.#change(rule, settable(rule)(given, rule.name), local);
  }

  reset(name: string, local: boolean): void {
    const rule = this.rule(name);
    settable(rule);
    this.#change(rule, this.#startValues.get(rule.name) ?? rule.initial, local);
  }

  resetAll(): void {
    for (const rule of SETTING_RULES) {
      if (rule.parse !== null) this.reset(rule.name, false);
    }
  }

  /** Sets, by canonical name, what only the server sets: who the user is, how it is isolated. */
  assign(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** The startup packet is read: its values are what RESET goes back to. */
  started(): void {
    this.#startValues = new Map(this.#values);
    this.#changes.length = 0;
  }

  /** A mark in the list of changes, for a savepoint. */
  get mark(): number {
    return this.#changes.length;
  }

  /** Undoes the changes made since a mark. */
  undoTo(mark: number): void {
    while (this.#changes.length > mark) this.#undo(this.#changes.pop());
  }

  /** The transaction ended: its changes stay, but for the local ones. */
  commit(): void {
    if (this.#changes.length === 0) return;
    const lasting = new Map<string, string>();
    for (const { name, local } of this.#changes) {
      if (local) lasting.set(name, this.#lastingValue(name));
    }
    this.#changes.length = 0;
    for (const [name, value] of lasting) this.#store(name, value);
  }

  /** What a setting falls back to when its local changes are gone. */
  #lastingValue(name: string): string {
    let value = this.get(name);
    for (const change of this.#changes.toReversed()) {
      if (change.name !== name) continue;
      if (!change.local) break;
      value = change.previous;
    }
    return value;
  }

  /** Names and values that the client must hear of. */
  news(): readonly (readonly [name: string, value: string])[] {
    if (!this.#mayHaveNews) return [];
    this.#mayHaveNews = false;
    const news: (readonly [string, string])[] = [];
    for (const rule of SETTING_RULES) {
      const value = this.get(rule.name);
      if (!rule.reported || this.#told.get(rule.name) === value) continue;
      this.#told.set(rule.name, value);
      news.push([rule.name, value]);
    }
    return news;
  }

  /** Every setting, in the order of SHOW ALL. */
  all(): readonly (readonly [name: string, value: string, description: string])[] {
    return SETTING_RULES.map((rule) => [rule.name, this.get(rule.name), rule.description]);
  }

  #change(rule: SettingRule, value: string, local: boolean): void {
    this.#changes.push({ name: rule.name, previous: this.get(rule.name), local });
    this.#store(rule.name, value);
  }

  #undo(change: Change | undefined): void {
    if (change !== undefined) this.#store(change.name, change.previous);
  }

  #store(name: string, value: string): void {
    this.#values.set(name, value);
    this.#mayHaveNews = true;
    this.#changed(name, value);
  }
}

function settable(rule: SettingRule): NonNullable<SettingRule["parse"]> {
  if (rule.parse === null) {
    throw pgError("55P02", `parameter "${rule.name}" cannot be changed`);
  }
  return rule.parse;
}

function unknownSetting(name: string): PgError {
  return pgError("42704", `unrecognized configuration parameter "${name}"`);
}
