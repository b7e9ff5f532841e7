/** Random numbers that a seed repeats (mulberry32). */
export class SeededRandom {
  readonly seed: number;
  private state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.state = seed >>> 0;
  }

  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }
}

/** `SEED` of the environment, set by vitest.config.ts: workerd has no environment to ask. */
declare global {
  var TEST_SEED: string | undefined;
}

/**
 * The seed of a test, which is printed so that a failure can be repeated: `SEED=n` for all, a new
 * one with `SEED=fresh`, else always the same for `what`, so that a red run means a changed tree.
 */
export function seedFor(what: string): number {
  const asked = globalThis.TEST_SEED ?? process.env["SEED"] ?? "";
  const seed = asked === "fresh" ? Date.now() % 2 ** 31 : asked === "" ? hash(what) : Number(asked);
  if (!Number.isInteger(seed))
    throw new RangeError(`SEED=${asked} is neither "fresh" nor a number`);
  console.log(`${what}: seed ${seed}`);
  return seed;
}

/** A generator that starts at {@link seedFor}. */
export function freshRandom(what: string): SeededRandom {
  return new SeededRandom(seedFor(what));
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (Math.imul(value, 31) + character.charCodeAt(0)) >>> 1;
  return value;
}

const PIECES = [
  ...[
    "'",
    '"',
    "`",
    "[",
    "]",
    "--",
    "/*",
    "*/",
    "\n",
    " ",
    "\t",
    "\v",
    "\r\n",
    "\f",
    ";",
    ",",
    "(",
  ],
  ...[")", ".", "?", "?12", ":", "::", ":a", "@b", "$c", "$d::e(f)", "#g", "#1", "x'", "x'ab'"],
  ...[
    "X'0'",
    "0x1F",
    "0x",
    "12",
    "1_000",
    "1__0",
    "1.5e+3",
    ".5",
    "1e",
    "1e+",
    "9.",
    "+",
    "-",
    "->",
  ],
  ...[
    "->>",
    "*",
    "/",
    "%",
    "||",
    "|",
    "&",
    "~",
    "<",
    "<=",
    "<>",
    "<<",
    ">",
    ">=",
    ">>",
    "=",
    "==",
    "!=",
  ],
  ...[
    "!",
    "^",
    "{",
    "\\",
    "SELECT",
    "create",
    "trigger",
    "BEGIN",
    "end",
    "case",
    "a",
    "b_1",
    "é",
    "日本",
  ],
  ...["\u{1f600}", "\ufeff", "\ud800", "temp", "explain", "''", '""', "it''s", "\u0001", "_", "$"],
];

/** Text made of pieces of SQL, joined with and without space. */
export function sqlSoup(random: SeededRandom, pieces: number): string {
  let text = "";
  for (let i = 0; i < pieces; i++) {
    text += random.pick(PIECES);
    if (random.below(3) === 0) text += " ";
  }
  return text;
}
