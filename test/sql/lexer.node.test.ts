import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { keywordUse, SQLITE_KEYWORDS } from "../../src/sql/lex/keywords.ts";
import { tokenize } from "../../src/sql/lex/lexer.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

const database = new DatabaseSync(":memory:");

function complaint(sql: string): string | null {
  try {
    database.prepare(sql);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** SQLite's parser refuses `#1` and numbers with misplaced separators, not its tokenizer. */
function isRefusedLater(illegal: string): boolean {
  return /^#\d/.test(illegal) || /^[\d.]\S*_/.test(illegal);
}

describe("SQLite's own tokenizer", () => {
  it("finds the same first illegal token, and stops at a token of ours", () => {
    const random = freshRandom("tokenizer oracle");
    const seen = { unrecognized: 0, near: 0 };
    for (let round = 0; round < 20_000; round++) {
      // Without the lone surrogate, which becomes another character on its way to SQLite.
      const sql = `SELECT ${sqlSoup(random, 1 + random.below(6))}`.replaceAll("\ud800", "");
      const message = complaint(sql);
      const note = `seed ${random.seed} round ${round} ${JSON.stringify(sql)}: ${message}`;
      const unrecognized = /^unrecognized token: "(.*)"$/s.exec(message ?? "");
      const near = /^near "(.*)": syntax error$/s.exec(message ?? "");
      const tokens = tokenize(sql);
      const texts = tokens.map(({ start, end }) => sql.slice(start, end));
      if (unrecognized) {
        seen.unrecognized++;
        const illegal = texts.filter((_, index) => tokens[index]?.kind === "illegal");
        const named = unrecognized[1] ?? "";
        // The message shows a number with half of its separators gone.
        const garbled = /^[\d.]/.test(named) && illegal.some(isRefusedLater);
        if (!garbled) expect(illegal, note).toContain(named);
        const before = illegal.slice(0, Math.max(0, illegal.indexOf(named)));
        expect(
          before.filter((text) => !isRefusedLater(text)),
          note,
        ).toEqual([]);
      } else if (near) {
        seen.near++;
        expect(texts, note).toContain(near[1]);
      }
    }
    expect(seen.unrecognized).toBeGreaterThan(1000);
    expect(seen.near).toBeGreaterThan(1000);
  });

  it.each([
    ...["1_000", "1_0.0_1", "0xff_ff", "1__0", "1_", "_1", "1_.5", "1._5", "1e_5", "1e5_", "0x_1"],
    ...[".5", "5.", "5.e1", "5e", "5e+", "0x", "0xg", "x'1'", "x'12'", "x'1g'", "$a(", "$a(b)"],
  ])("accepts %s exactly when no token of it is illegal", (text) => {
    const message = complaint(`SELECT ${text}`);
    const refused = message !== null && !message.startsWith("no such column");
    expect(tokenize(text).some(({ kind }) => kind === "illegal")).toBe(refused);
  });
});

describe("keywords", () => {
  const words = [...SQLITE_KEYWORDS.uses.keys()];

  it.each(words)("%s is used as SQLite uses it", (word) => {
    const asName = complaint(`SELECT 1 AS ${word}`) === null;
    const asAlias = complaint(`SELECT 1 FROM (SELECT 1) ${word}`) === null;
    const use = !asName ? "reserved" : asAlias ? "free" : "join";
    expect(keywordUse(word)).toBe(use);
    expect(keywordUse(word.toLowerCase())).toBe(use);
  });

  it("are all there", () => {
    expect(words).toHaveLength(148);
    // A word that is no keyword is a name in every place.
    for (const word of ["start", "work", "true", "changes", "rowid", "abc"]) {
      expect(keywordUse(word)).toBe(null);
      expect(complaint(`SELECT 1 AS ${word} FROM (SELECT 1) ${word}`)).toBe(null);
    }
  });
});
