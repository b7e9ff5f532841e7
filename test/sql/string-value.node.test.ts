import { beforeAll, describe, expect, it } from "vitest";
import type { DosqlError } from "../../src/base/errors.ts";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { identifierName, tokenize } from "../../src/sql/lex/lexer.ts";
import { postgresName } from "../../src/sql/lex/name-postgres.ts";
import { bitDigits, stringValue } from "../../src/sql/lex/string-value.ts";
import { isUnicodeEscape } from "../../src/sql/lex/unicode-escape.ts";
import { oracleReady, parsed, parserComplaint } from "./postgres-oracle.ts";
import { freshRandom, type SeededRandom } from "./seeded-random.ts";

beforeAll(() => oracleReady);

type Outcome = { readonly value: string } | { readonly message: string; readonly at: number };

function outcome(read: () => string): Outcome {
  try {
    return { value: read() };
  } catch (error) {
    const { message, at } = error as DosqlError;
    return { message, at: at ?? 0 };
  }
}

/** What the oracle makes of `SELECT`, a text and what follows it. */
function oracle(sql: string): Outcome {
  const complaint = parserComplaint(sql);
  if (complaint !== null) return complaint;
  const { val } = parsed(sql).SelectStmt.targetList[0].ResTarget;
  return { value: val.A_Const?.sval?.sval ?? val.ColumnRef?.fields[0].String.sval ?? "" };
}

const BEGINNING = "SELECT ";

function ours(text: string, escape?: string): Outcome {
  const sql = BEGINNING + text;
  const token = tokenize(sql, { dialect: POSTGRES })[1];
  if (token === undefined) throw new Error("no token");
  if (token.kind !== "string") return outcome(() => postgresName(sql, token, escape));
  return outcome(() => stringValue(sql, token.start, token.end, escape));
}

const STRINGS = [
  ...["''", "'a'", "'it''s'", "''''", "'a\\n'", "'a'\n'b'", "'a''b'\n\n'''c'", "'é日本\u{1f600}'"],
  ...["$$$$", "$$it's$$", "$a$ $$ $b$ $a$", "$é$'$é$", "$$a\n'b$$"],
  ...["E''", "e'it''s'", "e'\\'\\\\\\\"\\a\\b\\f\\n\\r\\t\\v\\z'", "e'\\\n'", "e'\\é\\\u{1f600}'"],
  ...["e'\\1\\12\\101\\1018'", "e'\\x4\\x41\\x414\\xg'", "e'\\u0041\\U00000042'", "e'\\8\\9'"],
  ...[
    "e'\\xe6\\x97\\xa5'",
    "e'\\346\\227\\245é'",
    "e'\\xEF\\xBB\\xBFa'",
    "e'\\xf0\\x9f\\x98\\x80'",
  ],
  ...[
    "e'\\ud83d\\ude00'",
    "e'\\U0000d83d\\ude00'",
    "e'a'\n'\\n'",
    "e'\\\\'\n''",
    "E'\\u2028\\ufeff'",
  ],
  ...["e'\\xff'", "e'a\\x80b'", "e'\\xc3'", "e'\\xc3('", "e'\\xe6\\x97'", "e'\\xed\\xa0\\x80'"],
  ...["e'\\xc0\\x80'", "e'\\xf4\\x90\\x80\\x80'", "e'\\xf8'", "e'é\\xc3'", "e'\\000'", "e'\\x0'"],
  ...[
    "e'\\400'",
    "e'\\777'",
    "e'\\u0000'",
    "e'\\U00110000'",
    "e'\\uffff'",
    "e'\\u12'",
    "e'\\u12g4'",
  ],
  ...[
    "e'\\U1234567'",
    "e'\\ud83d'",
    "e'\\ud83dx'",
    "e'\\ud83d\\n'",
    "e'\\ude00'",
    "e'\\ud83d\\u0041'",
  ],
  ...[
    "e'\\ud83d\\u1'",
    "e'\\ud83d'\n'\\ude00'",
    "U&''",
    "U&'a''b'",
    "U&'\\0061\\+000062'",
    "U&'\\\\'",
  ],
  ...[
    "U&'\\d83d\\de00'",
    "U&'\\+01F600'",
    "U&'\\d83d\\+00de00'",
    "U&'\\d83d'",
    "U&'\\de00'",
    "U&'\\'",
  ],
  ...[
    "U&'\\d83dx'",
    "U&'\\d83d\\\\'",
    "U&'\\d83d\\0041'",
    "U&'\\0000'",
    "U&'\\+110000'",
    "U&'\\+12345'",
  ],
  ...["U&'\\123'", "U&'\\x'", "U&'\\00'\n'41'", "U&'a'\n'\\0041'", "u&'é\\00e9'", "U&'\\+FFFFFF'"],
] as const;

describe("the value of a string", () => {
  it.each(STRINGS)("%j is what Postgres makes of it", (text) => {
    expect(ours(text)).toEqual(oracle(BEGINNING + text));
  });

  it("is what Postgres makes of any soup of escapes", () => {
    const random = freshRandom("string escapes");
    const seen = { values: 0, errors: 0 };
    for (let round = 0; round < 20_000; round++) {
      const text =
        random.below(3) === 0 ? `U&'${unicodeSoup(random)}'` : `E'${escapeSoup(random)}'`;
      const note = `seed ${random.seed} round ${round} ${JSON.stringify(text)}`;
      const found = ours(text);
      const theirs = oracle(BEGINNING + text);
      // Postgres shows the first byte of a character.
      const garbled = "message" in theirs && theirs.message.includes("\ufffd");
      if (garbled) expect(found, note).toHaveProperty("at", theirs.at);
      else expect(found, note).toEqual(theirs);
      seen["value" in found ? "values" : "errors"]++;
    }
    console.log(seen);
    expect(Math.min(seen.values, seen.errors)).toBeGreaterThan(3000);
  });

  it.each(["!", "é", "a", "A", "+", "'", '"', " ", "\n", "", "!!", "g", "\\", "$", "\u{1f600}"])(
    "takes %j for an escape as Postgres does",
    (escape) => {
      const sql = `SELECT U&'0041' UESCAPE '${escape.replaceAll("'", "''")}'`;
      expect(isUnicodeEscape(escape)).toBe(parserComplaint(sql) === null);
    },
  );

  it("has the escapes that UESCAPE names", () => {
    for (const text of ["U&'!0041\\!!'", "U&'a!004'", 'U&"!0041\\!!"', "U&'!d83d!de00'"]) {
      expect(ours(text, "!")).toEqual(oracle(`SELECT ${text} UESCAPE '!'`));
    }
  });
});

function escapeSoup(random: SeededRandom): string {
  const pieces = [
    "a",
    "é",
    "''",
    "'\n'",
    "\\\\",
    "\\'",
    "\\n",
    "\\x41",
    "\\x4",
    "\\101",
    "\\u0041",
  ];
  pieces.push("\\xc3", "\\xa9", "\\303\\251", "\\ud83d", "\\ude00", "\\U0001f600", "\\u00e9", "日");
  if (random.below(5) === 0)
    pieces.push("\\u", "\\u12", "\\xff", "\\0", "\\U0011", "\\u0000", "\\U");
  let text = "";
  for (let i = random.below(6); i >= 0; i--) text += random.pick(pieces);
  return text;
}

/** Only ASCII: beyond it Postgres says a wrong position. */
function unicodeSoup(random: SeededRandom): string {
  const pieces = ["a", "'\n'", "\\\\", "\\0041", "\\+000041", "\\d83d", "\\de00", "\\+01f600"];
  if (random.below(4) === 0) pieces.push("\\", "\\00", "\\+0041", "\\+110000", "\\0000", "41");
  let text = "";
  for (let i = random.below(6); i >= 0; i--) text += random.pick(pieces);
  return text;
}

describe("the name of an identifier", () => {
  const long = "abcdefghij".repeat(7);
  it.each([
    ...["a", "A", "aBc_1$", "É", "ÀbC", "İI", "日本A", '"A"', '"a""b"', '"é"', '""""', '" "'],
    ...['U&"A"', 'U&"d\\0061T\\+000061"', 'u&"a""b"', 'U&"\\d83d\\de00"', long, `"${long}"`],
    ...[`é${long}`, `"${"é".repeat(40)}"`, `"a${"é".repeat(40)}"`, `"${"日".repeat(30)}"`],
    ...[`"${"\u{1f600}".repeat(20)}"`, `"${"\\".repeat(70)}"`, `U&"${"\\00e9".repeat(40)}"`],
    ...[`"${"a".repeat(63)}"`, `"${"a".repeat(64)}"`, 'U&"\\12"', 'U&"\\d83d"', 'U&"\\0000"'],
  ])("%j is what Postgres makes of it", (text) => {
    expect(ours(text)).toEqual(oracle(BEGINNING + text));
    const sql = BEGINNING + text;
    const [, token] = tokenize(sql, { dialect: POSTGRES });
    expect(token && outcome(() => identifierName(sql, token, POSTGRES))).toEqual(ours(text));
  });

  it("is the type's before a national string", () => {
    expect(ours("N'x'")).toEqual({ value: "nchar" });
    expect(ours("n 'x'")).toEqual({ value: "n" });
  });
});

describe("the digits of a bit string", () => {
  it.each(["B'101'", "x'1F'", "X''", "b'1'\n'0'", "x'1'\n \n'z '"])("%j", (text) => {
    const { bsval } = parsed(BEGINNING + text).SelectStmt.targetList[0].ResTarget.val.A_Const.bsval;
    expect(text.charAt(0).toLowerCase() + bitDigits(text, 0, text.length)).toBe(bsval);
  });
});
