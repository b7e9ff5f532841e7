import { DosqlError } from "../../src/base/errors.ts";
import type { Parsed } from "../../src/sql/ast/statement.ts";
import type { Dialect } from "../../src/sql/lex/dialect.ts";
import type { SeededRandom } from "../../test/sql/seeded-random.ts";
import { mutate } from "./mutate.ts";
import { reportLine, type ReportLine } from "./report-line.ts";

/** One grammar, and statements to begin with. */
export interface FuzzTarget {
  readonly name: string;
  readonly dialect: Dialect;
  readonly parse: (sql: string) => Parsed;
  readonly statements: readonly string[];
}

/** No input of a few kilobytes may take longer. */
const LIMIT_MS = 50;

/** An input that took too long may have met a slow moment of the machine: it gets more tries. */
const TRIES = 5;

const CHARACTERS = [
  ..."()[]{};,.*+-/<>=~!@#%^&|?$:'\"`\\_0aZ \n\t\0",
  ...["--", "/*", "*/", "$$", "$a$", "E'", "U&'", "x'", "0x", "1e", "::", "\u00e9", "\ud83d", "😀"],
];

/** A statement with some characters deleted, put in or repeated, or cut off, or joined. */
function scramble(sql: string, random: SeededRandom, statements: readonly string[]): string {
  const at = random.below(sql.length + 1);
  switch (random.below(6)) {
    case 0:
      return sql.slice(0, at);
    case 1:
      return sql.slice(0, at) + sql.slice(at + 1 + random.below(8));
    case 2:
      return sql.slice(0, at) + random.pick(CHARACTERS) + sql.slice(at);
    case 3: {
      const piece = sql.slice(at, at + 1 + random.below(20));
      return sql.slice(0, at) + piece.repeat(1 + random.below(100)) + sql.slice(at);
    }
    case 4: {
      const other = random.pick(statements);
      return sql.slice(0, at) + other.slice(random.below(other.length));
    }
    default:
      return random.pick(CHARACTERS).repeat(1 + random.below(3000)) + sql.slice(at);
  }
}

/** How long parsing takes, and what it throws that no user should see; null when it is fine. */
function tryOnce(target: FuzzTarget, sql: string): { timeMs: number; crash: string | null } {
  const started = performance.now();
  let crash: string | null = null;
  try {
    target.parse(sql);
  } catch (error) {
    const known = error instanceof DosqlError && error.code !== "bug";
    if (!known) crash = String(error instanceof Error ? (error.stack ?? error) : error);
  }
  return { timeMs: performance.now() - started, crash };
}

/**
 * Parses mutated statements: none may crash the parser (throw anything but a `DosqlError`) or
 * hold it for longer than 50 ms.
 *
 * @param onProgress Told how many inputs are done, now and then.
 */
export function fuzz(
  target: FuzzTarget,
  count: number,
  random: SeededRandom,
  onProgress: (done: number) => void = () => undefined,
): ReportLine {
  const { name, dialect, statements } = target;
  const failures: string[] = [];
  let failed = 0;
  let slowestMs = 0;
  for (let done = 0; done < count; done++) {
    if (done % 50_000 === 0) onProgress(done);
    let sql = random.pick(statements);
    for (let times = 1 + random.below(3); times > 0; times--) {
      sql =
        random.below(2) === 0 ? mutate(sql, dialect, random) : scramble(sql, random, statements);
    }
    const { timeMs: firstMs, crash } = tryOnce(target, sql);
    let timeMs = firstMs;
    for (let i = 1; i < TRIES && timeMs > LIMIT_MS; i++) {
      timeMs = Math.min(timeMs, tryOnce(target, sql).timeMs);
    }
    slowestMs = Math.max(slowestMs, timeMs);
    if (crash === null && timeMs <= LIMIT_MS) continue;
    failed++;
    const why = crash ?? `${timeMs.toFixed(0)} ms`;
    if (failures.length < 20) failures.push(`${JSON.stringify(sql.slice(0, 300))}: ${why}`);
  }
  const seeds = `seed ${random.seed}, slowest ${slowestMs.toFixed(1)} ms`;
  return reportLine(`${name}, fuzz`, count, count - failed, [seeds, ...failures]);
}
