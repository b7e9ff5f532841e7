import { describe, expect, it } from "vitest";
import { SQLITE } from "../../src/sql/lex/dialect.ts";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { identifierName, Lexer, tokenize } from "../../src/sql/lex/lexer.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

/** Tokens in short: kind and text. */
function read(sql: string, comments = false): string[] {
  return tokenize(sql, { comments }).map(
    ({ kind, start, end }) => `${kind} ${sql.slice(start, end)}`,
  );
}

const ONE_TOKEN: readonly (readonly [kind: string, texts: readonly string[]])[] = [
  ["identifier", ["a", "_a", "a$b", "é", "日本", "x", "xa", "X1", "select", "a1_", "𝒳"]],
  ["quoted", ['"a"', '"a""b"', '""', "`a`", "`a``b`", "[a]", "[]", '[a"b]', '"a\nb"']],
  ["string", ["''", "'a'", "'it''s'", "'--'", "'/*'", "'a\nb'", "''''"]],
  ["blob", ["x''", "x'00ff'", "X'AbCd'"]],
  ["integer", ["0", "42", "0x1F", "0Xff", "1_000", "0xff_ff", "9223372036854775808", "00"]],
  ["float", ["1.", ".5", "1.5", "1e5", "1E+5", "1.e-5", "1_0.0_1e1_0", "9e999"]],
  ["parameter", ["?", "?1", "?0", ":a", "@a", "$a", "#a", "$1", ":1", "$a::b", ":é"]],
  ["operator", ["+", "-", "*", "/", "%", "&", "|", "~", "||", "<<", ">>", "<", "<=", ">", ">="]],
  ["operator", ["=", "==", "<>", "!=", "->", "->>"]],
  ["punctuation", ["(", ")", ",", ";", "."]],
  ["illegal", ["'a", '"a', "`a", "[a", "x'0'", "x'0g'", "x'", "12a", "0x", "0xg", "1__0", "1_"]],
  ["illegal", ["1e", "1.5e", "0x1_", "!", "^", "{", "}", "\\", "]", "#1", ":", "@", "$", "\u0001"]],
  ["illegal", ["$a(b", "\v", "\0", "\0 'rest"]],
];

describe("a token alone", () => {
  it.each(ONE_TOKEN)("is %s", (kind, texts) => {
    for (const text of texts) {
      expect(read(text), JSON.stringify(text)).toEqual([`${kind} ${text}`]);
    }
  });

  it("may be a parameter as Tcl writes them", () => {
    expect(read("$a::b(c)")).toEqual(["parameter $a::b(c)"]);
    expect(read("$a(b::c)d")).toEqual(["parameter $a(b::c)", "identifier d"]);
    expect(read("$a::b(c d")).toEqual(["illegal $a::b(c", "identifier d"]);
    expect(read("$(a)")).toEqual(["illegal $", "punctuation (", "identifier a", "punctuation )"]);
  });
});

describe("tokens in a row", () => {
  it.each([
    ["a.b", ["identifier a", "punctuation .", "identifier b"]],
    ["1..2", ["float 1.", "float .2"]],
    ["1.2.3", ["float 1.2", "float .3"]],
    ["a-1", ["identifier a", "operator -", "integer 1"]],
    ["a--1", ["identifier a"]],
    ["a->>'b'", ["identifier a", "operator ->>", "string 'b'"]],
    ["a<-1", ["identifier a", "operator <", "operator -", "integer 1"]],
    ["a|||b", ["identifier a", "operator ||", "operator |", "identifier b"]],
    ["===", ["operator ==", "operator ="]],
    ["1.5e+", ["illegal 1.5e", "operator +"]],
    ["!a", ["illegal !", "identifier a"]],
    ["'a'b", ["string 'a'", "identifier b"]],
    ["x 'ab'", ["identifier x", "string 'ab'"]],
    ["?1a", ["parameter ?1", "identifier a"]],
    ["a/*b*/c", ["identifier a", "identifier c"]],
    ["a/*b", ["identifier a"]],
    ["a/*", ["identifier a", "operator /", "operator *"]],
    ["/*/a*/b", ["identifier b"]],
    ["/**/a", ["identifier a"]],
    ["\ufeffa\ufeff", ["identifier a\ufeff"]],
    [" \va", ["identifier a"]],
    ["a\0b", ["identifier a", "illegal \0b"]],
    ["'a\0b'", ["illegal 'a", "illegal \0b'"]],
    ["/*a\0b*/c", ["illegal \0b*/c"]],
    ["12ab cd", ["illegal 12ab", "identifier cd"]],
    ["x'12 34' 5", ["illegal x'12 34'", "integer 5"]],
  ])("%j", (sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });

  it("keeps comments on request", () => {
    expect(read("a -- b\n/* c */ d --", true)).toEqual([
      "identifier a",
      "comment -- b",
      "comment /* c */",
      "identifier d",
      "comment --",
    ]);
  });
});

describe("words", () => {
  it("are keywords in upper case, operators and punctuation", () => {
    const words = tokenize("sElEcT a, \"select\" <> 'b' ->> current_timestamp").map((t) => t.word);
    expect(words).toEqual(["SELECT", "", ",", "", "<>", "", "->>", "CURRENT_TIMESTAMP"]);
  });

  it("are only ASCII keywords", () => {
    expect(tokenize("ſelect Kelvin selec selects").map((t) => t.word)).toEqual(["", "", "", ""]);
  });
});

describe("identifierName", () => {
  it.each([
    ["a", "a"],
    ['"a""b"', 'a"b'],
    ["`a``b`", "a`b"],
    ["[a]", "a"],
    ["'it''s'", "it's"],
    ['"a``b"', "a``b"],
  ])("%s is %s", (sql, name) => {
    const [token] = tokenize(sql);
    expect(token && identifierName(sql, token)).toBe(name);
  });
});

const SPACE = { sqlite: /^[ \t\n\v\f\r\ufeff]*$/, postgres: /^[ \t\n\v\f\r]*$/ };

describe.each([SQLITE, POSTGRES])("any text in $name", (dialect) => {
  const space = SPACE[dialect.name];

  it("is covered by its tokens, and what is between is space", () => {
    const random = freshRandom("lexer soup");
    for (let round = 0; round < 3000; round++) {
      const sql = sqlSoup(random, random.below(30));
      let at = 0;
      for (const token of tokenize(sql, { comments: true, dialect })) {
        const note = `seed ${random.seed} round ${round} ${JSON.stringify(sql)}`;
        expect(sql.slice(at, token.start), note).toMatch(space);
        expect(token.end, note).toBeGreaterThan(token.start);
        at = token.end;
      }
      expect(sql.slice(at)).toMatch(space);
    }
  });

  it("is read without a throw when it is only bytes", () => {
    const random = freshRandom("lexer bytes");
    for (let round = 0; round < 2000; round++) {
      const codes = Array.from({ length: random.below(40) }, () => random.below(300));
      const sql = String.fromCharCode(...codes);
      const lexer = new Lexer(sql, { comments: true, dialect });
      let at = 0;
      while (lexer.next()) {
        expect(lexer.start).toBeGreaterThanOrEqual(at);
        at = lexer.end;
      }
      expect(lexer.kind).toBe("end");
    }
  });

  it("is read again from any token on", () => {
    const random = freshRandom("lexer seek");
    for (let round = 0; round < 1000; round++) {
      const sql = sqlSoup(random, random.below(12));
      const tokens = tokenize(sql, { dialect });
      for (const [index, { start }] of tokens.entries()) {
        // A byte order mark or a vertical tab is space by what stands before it.
        if (/[\ufeff\v]/.test(sql.charAt(start))) continue;
        const lexer = new Lexer(sql, { dialect });
        lexer.end = start;
        const rest = [];
        while (lexer.next()) rest.push(lexer.start);
        expect(rest).toEqual(tokens.slice(index).map((token) => token.start));
      }
    }
  });

  it("is read in time that grows with its length", () => {
    const pieces = ["'", '"', "[", "/*", "x'1", "$a(", "1_", "--", "((((", "- - ", "+", "<+", "@+"];
    pieces.push(
      "$a",
      "$a$",
      "$",
      "e'",
      "e'\\",
      "u&'",
      "'a'\n",
      "'a'--\n",
      "'a' ",
      "--\n",
      "*/",
      "1e",
      "/* ",
    );
    // Each of these made a lexer that looks ahead without bound take minutes.
    for (const piece of pieces) {
      const sql = piece.repeat(200_000);
      const lexer = new Lexer(sql, { dialect });
      while (lexer.next());
      expect(lexer.end).toBe(sql.length);
    }
  });
});
