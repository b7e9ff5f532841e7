import type { Row } from "../../base/value.ts";
import type { EmulatedPragmas, PragmaAnswer } from "../../engine/text/emulated-pragma.ts";
import { KeptPragmas } from "../../engine/text/kept-pragmas.ts";
import type {
  ColumnInfo,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../ports/sql-driver.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { readPragma } from "../../sql/read/pragma.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import { DosqlError } from "../../base/errors.ts";

/** What the runtime lets a program set (measured). */
const GRANTED: ReadonlySet<string> = new Set([
  "case_sensitive_like",
  "ignore_check_constraints",
  "legacy_alter_table",
  "recursive_triggers",
  "reverse_unordered_selects",
]);

/** What a program asks and sets when it starts, and the runtime denies. */
export class DurablePragmas {
  readonly #driver: Pick<SqlDriver, "prepare" | "inTransaction">;
  readonly #kept: KeptPragmas;
  readonly #emulated: EmulatedPragmas | null;

  /** @param emulated null where there is no place for a header's numbers */
  constructor(
    driver: Pick<SqlDriver, "prepare" | "inTransaction">,
    emulated: EmulatedPragmas | null,
  ) {
    this.#driver = driver;
    this.#emulated = emulated;
    this.#kept = new KeptPragmas({
      get inTransaction() {
        return driver.inTransaction;
      },
      standing: () => null,
      raise: () => undefined,
    });
  }

  /** Whether the program asked to be kept from writing. */
  get queryOnly(): boolean {
    return this.#kept.queryOnly;
  }

  /** Null for what is the runtime's to answer, or to refuse. */
  prepare(sql: string): PragmaAnswering | null {
    if (!/^\s*pragma\b/i.test(sql)) return null;
    const parsed = attemptSqlite(sql);
    if (parsed instanceof DosqlError || parsed.statement?.kind !== "pragma") return null;
    const pragma = readPragma(parsed.statement);
    const { name, hasValue } = pragma;
    if (GRANTED.has(name)) return null;
    for (const answers of [this.#kept, this.#emulated]) {
      const names = answers?.columns(pragma) ?? null;
      // A connection that may not write may not say these either.
      const writes = name === "journal_mode" || (hasValue && answers === this.#emulated);
      if (names !== null) {
        const answer = (): PragmaAnswer | null => named(name, answers, pragma);
        return new PragmaAnswering(this.#driver, answer, names, writes);
      }
    }
    return null;
  }
}

/** The reasons for which a shard refuses are not those of an object. */
function named(
  name: string,
  answers: KeptPragmas | EmulatedPragmas | null,
  pragma: PragmaStatement,
): PragmaAnswer | null {
  try {
    return answers?.answer(pragma) ?? null;
  } catch (error) {
    if (!(error instanceof DosqlError) || error.code !== "unsupported") throw error;
    throw new DosqlError("unsupported", `PRAGMA ${name} is not supported in a Durable Object`);
  }
}

/** It answers when it runs. */
export class PragmaAnswering implements DriverStatement {
  readonly #driver: Pick<SqlDriver, "prepare">;
  readonly #answer: () => PragmaAnswer | null;
  readonly #columns: readonly ColumnInfo[];
  readonly writes: boolean;

  constructor(
    driver: Pick<SqlDriver, "prepare">,
    answer: () => PragmaAnswer | null,
    names: readonly string[],
    writes: boolean,
  ) {
    this.#driver = driver;
    this.#answer = answer;
    this.writes = writes;
    this.#columns = names.map((name) => {
      return { name, table: null, column: null, declaredType: null };
    });
  }

  columns(): readonly ColumnInfo[] {
    return this.#columns;
  }

  all(_params: Row, integers: IntegerMode): Row[] {
    const rows = this.#answer()?.rows ?? [];
    if (integers === "bigint") return rows;
    return rows.map((row) => row.map((v) => (typeof v === "bigint" ? Number(v) : v)));
  }

  iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    return this.all(params, integers).values();
  }

  run(): RunResult {
    this.#answer();
    const asked = this.#driver.prepare("SELECT last_insert_rowid()").all([], "bigint");
    return { changes: 0, lastRowid: asked[0]?.[0] as bigint };
  }
}
