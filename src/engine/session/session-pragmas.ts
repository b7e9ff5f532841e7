import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import { EmulatedPragmas } from "../text/emulated-pragma.ts";
import type { PragmaAnswer } from "../text/emulated-pragma.ts";
import { KeptPragmas } from "../text/kept-pragmas.ts";
import type { Shard } from "../shard.ts";
import type { SessionOptions } from "./session.ts";
import type { Steps } from "./steps.ts";
import type { TransactionControl } from "./transaction-control.ts";

/** What the engine answers of one session's PRAGMAs, instead of SQLite. */
export class SessionPragmas {
  readonly kept: KeptPragmas;
  readonly #shard: Shard;
  readonly #control: TransactionControl;
  readonly #integers: IntegerMode;
  /** As D1, which has no settings, and whose home is to refuse them. */
  readonly #keeps: boolean;
  /** Null where SQLite answers them all itself, or is to refuse them itself. */
  readonly #emulated: EmulatedPragmas | null;

  constructor(shard: Shard, control: TransactionControl, options: SessionOptions) {
    this.#shard = shard;
    this.#control = control;
    this.#integers = options.integers ?? "bigint";
    const { driver } = shard.writer;
    const lacks = !driver.caps.transactionStatements;
    const asHome = lacks && options.pragmas === "home";
    this.#keeps = !asHome && options.whole !== true;
    this.#emulated =
      lacks && !asHome ? new EmulatedPragmas(driver, () => shard.changes.schemaVersion) : null;
    this.kept = new KeptPragmas({
      get inTransaction() {
        return control.status === "explicit";
      },
      standing(name) {
        if (lacks) return null;
        const [row] = driver.prepare(`PRAGMA ${name}`).all([], "bigint");
        return row?.[0] ?? null;
      },
      raise(name, value) {
        if (!lacks) driver.exec(`PRAGMA ${name} = ${String(value)}`);
      },
    });
  }

  /** Whether the session reads only, by its own wish. */
  get queryOnly(): boolean {
    return this.#keeps && this.kept.queryOnly;
  }

  /** Whether `auto_vacuum` is the file's to change, which SQLite does at its next VACUUM. */
  vacuums({ name, hasValue }: PragmaStatement): boolean {
    return this.#keeps && this.#emulated === null && hasValue && name === "auto_vacuum";
  }

  /** The names of the columns of an answer; null where SQLite knows. */
  columns(pragma: PragmaStatement): readonly string[] | null {
    if (this.vacuums(pragma)) return [];
    return this.#keeps ? this.kept.columns(pragma) : null;
  }

  /** Whether the engine itself writes into the file what it says: a number of a header. */
  writes(pragma: PragmaStatement): boolean {
    return pragma.hasValue && (this.#emulated?.columns(pragma) ?? null) !== null;
  }

  /** As `answer`; what is written, or is to hold for all, waits for its turn. */
  *answerInTurn(pragma: PragmaStatement): Steps<PragmaAnswer | null> {
    const writes = this.writes(pragma);
    const raises = this.#keeps && this.kept.raises(pragma);
    if (!writes && !raises) return this.answer(pragma);
    const held = this.#shard.lease.heldBy(this.#control);
    yield* this.#control.takeLease();
    try {
      return this.answer(pragma);
    } finally {
      if (!held) this.#control.releaseLease(writes);
    }
  }

  /** Null for a PRAGMA that is SQLite's to answer. */
  answer(pragma: PragmaStatement): PragmaAnswer | null {
    if (this.vacuums(pragma)) return null;
    const answer =
      (this.#keeps ? this.kept.answer(pragma) : null) ?? this.#emulated?.answer(pragma) ?? null;
    if (answer === null || this.#integers === "bigint") return answer;
    const rows = answer.rows.map((row) => row.map((v) => (typeof v === "bigint" ? Number(v) : v)));
    return { ...answer, rows };
  }
}
