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

/** A generator with a fresh seed, which is printed so that a failure can be repeated. */
export function freshRandom(what: string): SeededRandom {
  const seed = Date.now() % 2 ** 31;
  console.log(`${what}: seed ${seed}`);
  return new SeededRandom(seed);
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
