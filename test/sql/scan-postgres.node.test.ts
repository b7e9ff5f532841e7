import { beforeAll, describe, expect, it } from "vitest";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { illegalError, illegalReason } from "../../src/sql/lex/illegal-postgres.ts";
import { type Token, tokenize } from "../../src/sql/lex/lexer.ts";
import { stringValue } from "../../src/sql/lex/string-value.ts";
import { oracleReady, parserComplaint, scanned } from "./postgres-oracle.ts";
import { ADVERSARIAL, POSTGRES_PIECES } from "./postgres-tokens.ts";
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

function soup(random: SeededRandom): string {
  let text = "";
  for (let i = 1 + random.below(7); i > 0; i--) {
    text += random.pick(POSTGRES_PIECES);
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
