import { beforeAll, describe, expect, it } from "vitest";
import { POSTGRES } from "../../src/sql/dialect-postgres.ts";
import { illegalError, illegalReason } from "../../src/sql/illegal-postgres.ts";
import { type Token, tokenize } from "../../src/sql/lexer.ts";
import { stringValue } from "../../src/sql/string-value.ts";
import { oracleReady, parserComplaint, scanned } from "./postgres-oracle.ts";
import { freshRandom, type SeededRandom } from "./seeded-random.ts";

beforeAll(() => oracleReady);

function lex(sql: string): Token[] {
  return tokenize(sql, { dialect: POSTGRES, comments: true });
}

interface PostgresToken {
  readonly text: string;
  readonly tokenName: string;
  readonly keywordName: string;
}

/** The kind that a token of Postgres' scanner has here. */
function kindOf({ text, tokenName, keywordName }: PostgresToken): string {
  if (keywordName !== "NO_KEYWORD") return "identifier";
  switch (tokenName) {
    case "IDENT":
      return text.startsWith('"') ? "quoted" : "identifier";
    case "SCONST":
      return "string";
    case "ICONST":
      return "integer";
    case "FCONST":
      // An integer beyond 32 bits is a decimal for Postgres' parser.
      return /^(?:[\d_]+|0[xob][\da-f_]+)$/i.test(text) ? "integer" : "float";
    case "PARAM":
      return "parameter";
    case "SQL_COMMENT":
    case "C_COMMENT":
      return "comment";
    default:
      break;
  }
  if (/^[bx]'/i.test(text)) return "blob";
  if (/^u&'/i.test(text)) return "string";
  if (/^u&"/i.test(text)) return "quoted";
  if (/^(?:[,()[\].;:]|::|:=|\.\.|=>)$/.test(text)) return "punctuation";
  return /^[~!@#^&|`?+\-*/%<>=]+$/.test(text) ? "operator" : "illegal";
}

function wordOf(token: PostgresToken): string {
  const { text, keywordName } = token;
  if (keywordName !== "NO_KEYWORD") return text === "n" ? "NCHAR" : text.toUpperCase();
  const kind = kindOf(token);
  if (kind !== "operator" && kind !== "punctuation") return "";
  return text === "!=" ? "<>" : text;
}

/** The error of the first token that Postgres' scanner refuses, and the tokens before it. */
function firstError(sql: string, tokens: readonly Token[]): [Error, readonly Token[]] | null {
  for (const [index, token] of tokens.entries()) {
    const before = tokens.slice(0, index);
    if (token.kind === "illegal") {
      const reason = illegalReason(sql, token);
      if (reason !== "syntax error") return [illegalError(sql, token), before];
    } else if (token.kind === "string" && /^e/i.test(sql.charAt(token.start))) {
      try {
        stringValue(sql, token.start, token.end);
      } catch (error) {
        return [error as Error, before];
      }
    }
  }
  return null;
}

const GOES_ON_BEHIND_COMMENT = /'\s*--[^\n\r]*[\n\r]/;

/** Compares with the oracle; false where that has no say. */
function agrees(sql: string, note: string): boolean {
  const tokens = lex(sql);
  const error = firstError(sql, tokens);
  // The library's build lets a name follow a parameter, which the server does not, and no comment
  // stand where a string goes on, which the server does.
  if (error?.[0].message.startsWith("trailing junk after parameter") === true) return false;
  if (tokens.some(({ start, end }) => GOES_ON_BEHIND_COMMENT.test(sql.slice(start, end))))
    return false;
  const found = scanned(sql);
  if (found === "unknown") return false;
  if ("complaint" in found) {
    expect(error, `${note}: ${found.complaint}`).not.toBe(null);
    expect(error?.[0].message.slice(0, found.complaint.length), note).toBe(found.complaint);
  } else {
    expect(error, note).toBe(null);
  }
  let read = error?.[1] ?? tokens;
  // Without the quote behind it `N` is a name.
  if (error !== null && read.at(-1)?.word === "NCHAR") read = read.slice(0, -1);
  const ours = read.map(
    ({ kind, start, end, word }) => `${kind} ${word} ${sql.slice(start, end)} ${start}`,
  );
  const whole = "tokens" in found ? found : scanned(sql.slice(0, read.at(-1)?.end ?? 0));
  if (whole === "unknown" || !("tokens" in whole)) return false;
  const bytes = Buffer.from(sql);
  const theirs = whole.tokens.map((token) => {
    const text = bytes.subarray(token.start, token.end).toString();
    const word = wordOf({
      ...token,
      text: token.end === token.start + 1 ? token.text.toLowerCase() : text,
    });
    const start = bytes.subarray(0, token.start).toString().length;
    return `${kindOf({ ...token, text })} ${word} ${text} ${start}`;
  });
  expect(ours, note).toEqual(theirs);
  return true;
}

const ADVERSARIAL: readonly string[] = [
  ...[
    "a",
    '"a"',
    '"a""b"',
    'U&"d\\0061t"',
    "u&'x'",
    "U&",
    "U& 'x'",
    "U &'x'",
    "u&x",
    "U&1",
    "_a$1",
  ],
  ...[
    "é",
    "日本$x",
    "a\u00a0b",
    "\ufeffa",
    "\u{1d4b3}",
    "a\vb",
    "sElEcT",
    "nchar",
    "N'x'",
    "n 'x'",
  ],
  ...[
    "n''",
    "x''",
    "x'zz'",
    "b'102'",
    "B''",
    "b 'x'",
    "X'a''b'",
    "X'a'\n'b'",
    "e'a\\'b'",
    "E'\\\\'",
  ],
  ...["'a'\n'b'", "'a' 'b'", "'a'--x\n'b'", "'a'--x\r'b'", "'a' --x\n --y\n 'b'", "'a'/*x*/\n'b'"],
  ...["'a'\n/*x*/'b'", "'a'\n-'b'", "'a'\n--'b'", "'a'\n'b''c'\n\n'd'", "E'a'\n'\\n'", "'a'\nE'b'"],
  ...["'a'\n$$b$$", "U&'a'\n'b'", "$$a$$", "$a$b$a$", "$a$ $b$a$", "$a$$b$a$", "$é$x$é$", "$1$2$"],
  ...[
    "$a1$x$a1$",
    "$A$a$a$A$",
    "$$ $ $$",
    "$$a$b$$",
    "$a",
    "$",
    "$ a",
    "$a$b",
    "$1",
    "$12.5",
    "$0",
  ],
  ...["a$$b$$", "a$1", "1$1", "1$$a$$", "$2147483647", "$2147483648", "$00000000001", "$1::int"],
  ...[
    "1",
    "1_000",
    "1__0",
    "1_",
    "1.5",
    "1.",
    ".5",
    "1..2",
    "1...2",
    "1.5..2",
    "1.5.2",
    "1e5",
    "1e+5",
  ],
  ...[
    "1e",
    "1e+",
    "1e-x",
    "1.e5",
    "1.e",
    "1._5",
    ".5_0",
    "1_0.5_0e1_0",
    "1e5x",
    "1e5_",
    "1a",
    "1é",
  ],
  ...[
    "0x1F",
    "0xG",
    "0x",
    "0x_",
    "0x_1",
    "0x1_",
    "0x1g",
    "0x1.5",
    "0X1f",
    "0o17",
    "0o8",
    "0o",
    "0o18",
  ],
  ...[
    "0b1",
    "0b2",
    "0b12",
    "0b_1",
    "0b",
    "0x1$",
    "0x1e+5",
    "0b1e5",
    "00",
    "08",
    "0_8",
    "0e1",
    "1e1.5",
  ],
  ...["2147483648", "9223372036854775808", "0xffffffff", "0b1.", "1.2e3.4", "..5", ". 5", "1 .. 2"],
  ...[
    "a.b",
    "a..b",
    "a.1",
    "a::b",
    "a:::b",
    "a:=b",
    "a::=b",
    "a: :b",
    "[1:2]",
    "[:]",
    "a=>b",
    "a=>-b",
  ],
  ...[
    "a=-1",
    "a<-1",
    "a>=+1",
    "a?-1",
    "a@-1",
    "a@-",
    "a|-+b",
    "a<>-b",
    "a!=-b",
    "a!=b",
    "a<=>b",
    "<->",
  ],
  ...[
    "a-1",
    "a--1",
    "a+--1",
    "a+-1",
    "a+/*x*/",
    "a@/*x*/b",
    "a*/*x*/b",
    "a/*x*/b",
    "a|/*x",
    "a//*x*/",
  ],
  ...[
    "+-+-+",
    "*+-",
    "=+",
    "=+-@",
    "@=+-",
    "~-",
    "~~-",
    "!~~*",
    "->>",
    "#>>",
    "?|",
    "?&",
    "@@@",
    "&<|",
  ],
  ...[
    "^@",
    "`",
    "%%",
    "**",
    "!",
    "!!",
    "#",
    "/",
    "/*",
    "/**/",
    "/*/",
    "/*/*/",
    "/*/**/*/",
    "/***/",
    "--",
  ],
  ...[
    "/* /* */ */ a",
    "/*-- */a",
    "--a\rb",
    "--a\nb",
    "-- /*\n*/",
    "/*'*/'/*'",
    "'--'",
    "'/*'",
    '"--"',
  ],
  ...[
    "'",
    "'a",
    "'a''",
    '"',
    '"a',
    '""',
    '""""',
    '"" a',
    'U&""',
    'U&"',
    "U&'",
    "e'",
    "e'\\",
    "e'\\'",
    "b'",
  ],
  ...[
    "x'",
    "x'0\n",
    "$$",
    "$a$",
    "$a$ $$",
    "{",
    "}",
    "\\",
    "a\\b",
    "\u0001",
    "\u007f",
    "a\u007fb",
    ";;",
  ],
  ...["e'\\u0041'", "e'\\u12'", "e'\\ud83d\\ude00'", "e'\\ud83d'", "e'\\ude00'", "e'\\U0001F600'"],
  ...["e'\\x41\\101\\b'", "e'\\xff'", "e'\\xc3\\xa9'", "e'\\000'", "e'\\u0000'", "e'\\U00110000'"],
  ...[`${"=".repeat(63)}1`, `${"=".repeat(64)}1`, `${"+".repeat(70)}1`, `@${"+".repeat(63)}`],
];

const PIECES = [
  ...[
    "'",
    '"',
    "$",
    "$$",
    "$a$",
    "$1",
    "E'",
    "e'\\",
    "U&'",
    'U&"',
    "N'",
    "B'",
    "X'",
    "x'1F'",
    "b'01'",
  ],
  ...[
    "'a'",
    "''",
    "'a''b'",
    '"a"',
    '"a""b"',
    "\\",
    "\\'",
    "\\u0041",
    "\\x4",
    "\\7",
    "u&",
    "a",
    "e",
    "n",
  ],
  ...[
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "\f",
    "\v",
    "--",
    "--x\n",
    "/*",
    "*/",
    "/*a*/",
    "/**",
    "é",
    "日本",
  ],
  ...[
    "\u00a0",
    "\u{1f600}",
    "SELECT",
    "nchar",
    "uescape",
    "1",
    "1_0",
    "0x1F",
    "0b",
    "0o7",
    "1.",
    ".5",
  ],
  ...[
    "1e5",
    "1e+",
    "..",
    ".",
    ":",
    "::",
    ":=",
    "=>",
    "=",
    "<",
    ">",
    "<=",
    "<>",
    "!=",
    "!",
    "~",
    "@",
    "#",
  ],
  ...[
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "&",
    "|",
    "`",
    "?",
    "->",
    "->>",
    "@>",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
  ],
  ...["{", "_", "b", "x", "7", "_5", "a$b", "$a"],
];

function soup(random: SeededRandom): string {
  let text = "";
  for (let i = 1 + random.below(7); i > 0; i--) {
    text += random.pick(PIECES);
    if (random.below(4) === 0) text += " ";
  }
  return text;
}

describe("Postgres' own scanner", () => {
  it.each(ADVERSARIAL)("reads %j alike", (sql) => {
    agrees(sql, JSON.stringify(sql));
  });

  it("reads any soup alike", () => {
    const random = freshRandom("postgres scanner");
    let compared = 0;
    for (let round = 0; round < 20_000; round++) {
      const sql = soup(random);
      const note = `seed ${random.seed} round ${round} ${JSON.stringify(sql)}`;
      if (agrees(sql, note)) compared++;
    }
    console.log(`${compared} of 20000 compared`);
    expect(compared).toBeGreaterThan(18_000);
  });

  it("reads any characters alike", () => {
    const random = freshRandom("postgres characters");
    const characters = "'\"$\\-/*.:=<>@+eEuUxXnNbB01_aé\n ";
    for (let round = 0; round < 20_000; round++) {
      let sql = "";
      for (let i = random.below(12); i >= 0; i--) {
        sql += characters.charAt(random.below(characters.length));
      }
      agrees(sql, `seed ${random.seed} round ${round} ${JSON.stringify(sql)}`);
    }
  });
});

describe("what Postgres says to an illegal token", () => {
  it.each([
    ...["'a", '"a', "e'a\\'", "U&'a", 'U&"a', "b'01", "x'1F", "n'a", '""', 'U&""', "$a$ $b$", "$$"],
    ...[
      "/* /* */",
      "1a",
      "1é2",
      "1e+",
      "1.5e",
      "1_",
      "0x",
      "0x_",
      "0o",
      "0b",
      "0b12",
      "0xg",
      "1_a",
    ],
    ...["$2147483648", "=".repeat(64), "{", "\\", "$", "$a", "e'\\u12'", "e'a\\u12", "e'\\ud83dx'"],
    ...["e'\\ud83d\\u0041'", "e'\\ude00'", "e'\\U00110000'", "e'\\u0000'", "e'\\xff'", "e'\\xc3('"],
    ...["e'\\377\\x00'", "e'\\ud83d", "e'\\ud83d\\u1'"],
  ])("is said of %s", (text) => {
    const sql = `SELECT ${text}`;
    const token = lex(sql).find(({ kind }) => kind !== "identifier" || text.startsWith("n"));
    const error = firstError(sql, lex(sql))?.[0] ?? (token && illegalError(sql, token));
    const complaint = parserComplaint(sql);
    expect(error?.message).toBe(complaint?.message);
    const at = (error as { at?: number } | undefined)?.at ?? 0;
    expect(at).toBe(complaint?.at);
  });

  it("is none where a string goes on behind a comment", () => {
    for (const sql of [
      "'a'--x\n'b'",
      "'a' --x\r --y\n\n'b'",
      "'a'\n--'c'\n'b'",
      "'a'\n'' --\n'b'",
    ]) {
      expect(lex(sql)).toEqual([{ kind: "string", start: 0, end: sql.length, word: "" }]);
      expect(stringValue(sql, 0, sql.length)).toBe("ab");
    }
    for (const sql of ["'a'--x", "'a'--x\n--'b'", "'a'--x\n-'b'", "'a'/**/\n'b'", "'a' 'b'"]) {
      expect(lex(sql)[0]).toEqual({ kind: "string", start: 0, end: 3, word: "" });
    }
  });

  it("is more than the oracle's of a name behind a parameter", () => {
    expect(illegalError("$1a", lex("$1a")[0] as Token).message).toBe(
      'trailing junk after parameter at or near "$1a"',
    );
  });

  it("names a NUL", () => {
    const [, token] = lex("a \0 b");
    expect(token && illegalReason("a \0 b", token)).toMatch(/^invalid byte sequence/);
  });
});
