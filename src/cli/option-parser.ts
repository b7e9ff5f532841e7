import { DosqlError } from "../base/errors.ts";

/** One option of a command. */
export interface OptionSpec {
  /** Long name without the dashes. */
  readonly name: string;
  /** `flag` takes no value; `count` is a non-negative integer; `many` may be repeated. */
  readonly kind: "flag" | "text" | "count" | "many";
  /** What the value is called in `--help`. */
  readonly value?: string;
  /** One letter. */
  readonly short?: string;
  readonly help: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
}

/** One argument that is no option. */
export interface ArgumentSpec {
  readonly name: string;
  readonly required: boolean;
  readonly help: string;
}

/** What a command understands. */
export interface Grammar {
  readonly command: string;
  readonly options: readonly OptionSpec[];
  readonly arguments: readonly ArgumentSpec[];
}

/** What was given. Absent options are `undefined`, absent flags false. */
export interface ParsedArguments {
  readonly arguments: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  count(name: string): number | undefined;
  many(name: string): readonly string[];
}

/** Options that every command has. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: "help", kind: "flag", short: "h", help: "show this help" },
  { name: "debug", kind: "flag", help: "show where an error came from" },
];

/**
 * Reads the arguments of a command: `--name value`, `--name=value`, `-n value`, `--` before
 * arguments that begin with a dash.
 *
 * @throws DosqlError `invalid-argument` that names the argument at fault
 */
export function parseArguments(grammar: Grammar, given: readonly string[]): ParsedArguments {
  const specs = [...grammar.options, ...COMMON_OPTIONS];
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? "";
    if (word === "--") {
      rest.push(...given.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      rest.push(word);
      continue;
    }
    const { spec, inline } = findOption(grammar, specs, word);
    const value = spec.kind === "flag" ? flagValue(spec, inline) : (inline ?? given[++i]);
    addValue(values, spec, word, value);
  }
  checkArguments(grammar, rest);
  return reader(values, rest);
}

function findOption(
  grammar: Grammar,
  specs: readonly OptionSpec[],
  word: string,
): { spec: OptionSpec; inline: string | undefined } {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const inline = equals < 0 ? undefined : word.slice(equals + 1);
  const spec = specs.find((s) => `--${s.name}` === name || `-${s.short ?? ""}` === name);
  if (spec !== undefined && name !== "-") return { spec, inline };
  const guess = nearest(
    name.replace(/^-+/, ""),
    specs.map((s) => s.name),
  );
  throw usageError(grammar, `unknown option ${name}`, guess === null ? undefined : `--${guess}`);
}

function flagValue(spec: OptionSpec, inline: string | undefined): string {
  if (inline === undefined) return "";
  throw new DosqlError("invalid-argument", `--${spec.name} takes no value`);
}

function addValue(
  values: Map<string, string[]>,
  spec: OptionSpec,
  word: string,
  value: string | undefined,
): void {
  if (value === undefined) {
    throw new DosqlError("invalid-argument", `${word} needs a value: ${valueName(spec)}`);
  }
  if (spec.kind === "count" && !/^\d{1,9}$/.test(value)) {
    throw new DosqlError("invalid-argument", `--${spec.name} needs a number, not "${value}"`);
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const choices = spec.choices.join(", ");
    throw new DosqlError("invalid-argument", `--${spec.name} is one of ${choices}, not "${value}"`);
  }
  const before = values.get(spec.name) ?? [];
  if (before.length > 0 && spec.kind !== "many" && spec.kind !== "flag") {
    throw new DosqlError("invalid-argument", `--${spec.name} is given twice`);
  }
  values.set(spec.name, [...before, value]);
}

function checkArguments(grammar: Grammar, rest: readonly string[]): void {
  const missing = grammar.arguments[rest.length];
  if (missing?.required === true) throw usageError(grammar, `${missing.name} is missing`);
  if (rest.length > grammar.arguments.length) {
    throw usageError(grammar, `unexpected argument "${rest[grammar.arguments.length] ?? ""}"`);
  }
}

function usageError(grammar: Grammar, message: string, guess?: string): DosqlError {
  const help = `see dosql ${grammar.command} --help`;
  return new DosqlError("invalid-argument", message, {
    hint: guess === undefined ? help : `did you mean ${guess}? ${help}`,
  });
}

/** How an option's value is called. */
export function valueName(spec: OptionSpec): string {
  return spec.value ?? spec.choices?.join("|") ?? (spec.kind === "count" ? "N" : "TEXT");
}

function reader(values: Map<string, string[]>, rest: readonly string[]): ParsedArguments {
  const text = (name: string): string | undefined => values.get(name)?.[0];
  return {
    arguments: rest,
    flag: (name) => values.has(name),
    text,
    count: (name) => (text(name) === undefined ? undefined : Number(text(name))),
    many: (name) => values.get(name) ?? [],
  };
}

/** Farther words are not typing errors of each other. */
const MAX_DISTANCE = 2;

/** The known word that `word` was probably meant to be, or null. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = MAX_DISTANCE + 1;
  for (const candidate of known) {
    const distance = candidate.startsWith(word) && word !== "" ? 1 : editDistance(word, candidate);
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
