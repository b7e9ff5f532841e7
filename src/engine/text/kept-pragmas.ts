import { DosqlError } from "../../base/errors.ts";
import type { SqlValue } from "../../base/value.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import type { PragmaAnswer } from "./emulated-pragma.ts";
import { cannotSet } from "./pragma-policy.ts";
import { PRAGMA_SETTINGS } from "./pragma-setting.ts";
import type { PragmaSetting } from "./pragma-setting.ts";

/** Whoever's connection it is that many settings are kept for. */
export interface PragmaHome {
  /** What holds on the connection; null where nobody says. */
  standing(name: string): SqlValue;
  /** Sets what makes the file safer for everybody. */
  raise(name: string, value: SqlValue): void;
  /** Whether a transaction was begun by name. */
  readonly inTransaction: boolean;
}

/**
 * The settings that a program makes when it starts, where its connection is not its own: those for
 * speed and memory, and those that ask for less durability than there is, are remembered and
 * answered as SQLite answers them, while what holds goes on to hold (an acknowledged commit is as
 * durable as the server makes it). What would change a result, and cannot be had, is refused by
 * name.
 */
export class KeptPragmas {
  readonly #home: PragmaHome;
  readonly #values = new Map<string, SqlValue>();
  #lockTimeoutMs = 0;

  constructor(home: PragmaHome) {
    this.#home = home;
  }

  /** How long to wait for the write lease: what was said last, here or by `PRAGMA busy_timeout`. */
  get lockTimeoutMs(): number {
    const said = this.#values.get("busy_timeout");
    // 0 would wait for ever, where SQLite means not at all.
    return said === undefined ? this.#lockTimeoutMs : Math.max(1, Number(said));
  }

  set lockTimeoutMs(ms: number) {
    if (ms === this.#lockTimeoutMs) return;
    this.#lockTimeoutMs = ms;
    this.#values.delete("busy_timeout");
  }

  /** Whether the session reads only, by its own wish. */
  get queryOnly(): boolean {
    return this.#values.get("query_only") === 1n;
  }

  /** Whether it asks for more than holds: that is to be set between transactions. */
  raises(pragma: PragmaStatement): boolean {
    const setting = settingOf(pragma);
    if (setting?.raises !== true || !pragma.hasValue || this.#home.inTransaction) return false;
    const standing = this.#standing(pragma.name, setting);
    return Number(setting.take(pragma.value ?? "", standing, standing)) > Number(standing);
  }

  /** The columns of its answer; null for what is not kept here. */
  columns(pragma: PragmaStatement): readonly string[] | null {
    const setting = settingOf(pragma);
    if (setting === undefined) return null;
    const answers = pragma.hasValue ? setting.tells === true : setting.first !== null;
    return answers ? [setting.column ?? pragma.name] : [];
  }

  /**
   * Null for what is not kept here.
   *
   * @throws DosqlError `unsupported` for what cannot be had
   */
  answer(pragma: PragmaStatement): PragmaAnswer | null {
    const setting = settingOf(pragma);
    const columns = this.columns(pragma);
    if (setting === undefined || columns === null) return null;
    const { name, value = "" } = pragma;
    const standing = this.#standing(name, setting);
    let now = this.#values.get(name) ?? standing;
    if (pragma.hasValue) {
      if (setting.outside !== undefined && this.#home.inTransaction) {
        throw new DosqlError("sqlite", setting.outside, { sqlite: "SQLITE_ERROR" });
      }
      const taken = setting.take(value, now, standing);
      if (taken === null) throw cannotSet(name, setting.hint);
      if (setting.raises === true && Number(taken) > Number(standing)) {
        // Above EXTRA, SQLite has levels that are less than it.
        this.#home.raise(name, Number(taken) < 3 ? taken : 3n);
      }
      // What can only be as it is may become another one.
      if (taken !== standing || this.#values.has(name)) this.#values.set(name, taken);
      now = taken;
    }
    return { columns, rows: columns.length === 0 ? [] : [[now]] };
  }

  #standing(name: string, { first }: PragmaSetting): SqlValue {
    if (name === "busy_timeout") return BigInt(this.#lockTimeoutMs <= 1 ? 0 : this.#lockTimeoutMs);
    return first === null ? null : (this.#home.standing(name) ?? first);
  }
}

function settingOf({ name, schema = "main" }: PragmaStatement): PragmaSetting | undefined {
  return schema.toLowerCase() === "main" ? PRAGMA_SETTINGS.get(name) : undefined;
}
