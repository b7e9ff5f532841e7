import { beforeAll, describe, expect, it } from "vitest";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { keywordUse } from "../../src/sql/lex/keywords.ts";
import { AS_LABELS, POSTGRES_KEYWORDS } from "../../src/sql/lex/keywords-postgres.ts";
import { tokenize } from "../../src/sql/lex/lexer.ts";
import { oracleReady, parsed, parserComplaint, scanned } from "./postgres-oracle.ts";

beforeAll(() => oracleReady);

const CLASSES: Readonly<Record<string, string>> = {
  UNRESERVED_KEYWORD: "free",
  COL_NAME_KEYWORD: "column",
  TYPE_FUNC_NAME_KEYWORD: "type",
  RESERVED_KEYWORD: "reserved",
};

function labelOf(sql: string): string | undefined {
  return parsed(sql).SelectStmt.targetList[0].ResTarget.name;
}

describe("the keywords of Postgres", () => {
  const words = [...POSTGRES_KEYWORDS.uses.keys()];

  it("are all there", () => {
    expect(words).toHaveLength(494);
    expect(AS_LABELS.size).toBe(39);
    for (const word of [
      "nextval",
      "text2",
      "serial",
      "citext",
      "plan_",
      "rowid",
      "glob",
      "regexp",
    ]) {
      expect(keywordUse(word, POSTGRES_KEYWORDS)).toBe(null);
      expect(scanned(word)).toMatchObject({ tokens: [{ keywordName: "NO_KEYWORD" }] });
    }
  });

  it.each(words)("%s is used as Postgres uses it", (word) => {
    const use = keywordUse(word, POSTGRES_KEYWORDS);
    const found = scanned(word);
    const theirs = typeof found === "object" && "tokens" in found ? found.tokens[0] : undefined;
    expect(CLASSES[theirs?.keywordName ?? ""]).toBe(use);
    expect(parserComplaint(`SELECT 1 AS ${word}`)).toBe(null);
    const namesTable = parserComplaint(`CREATE TABLE ${word} (a int)`) === null;
    expect(namesTable).toBe(use === "free" || use === "column");
    if (use !== "column") {
      const namesFunction = parserComplaint(`SELECT ${word}(a.b.c)`) === null;
      // ANY and the like are no functions but may stand before a parenthesis, and `OPERATOR(…)` is
      // an operator.
      if (use !== "reserved" && word !== "OPERATOR") expect(namesFunction).toBe(true);
      expect(parserComplaint(`SELECT 1::${word}`) === null).toBe(use !== "reserved");
    }
    const sql = `SELECT 1 ${word}`;
    const isLabel = parserComplaint(sql) === null && labelOf(sql) === word.toLowerCase();
    expect(isLabel).toBe(!AS_LABELS.has(word));
  });

  it("are found in any case", () => {
    for (const word of words) {
      const mixed = word.charAt(0) + word.slice(1).toLowerCase();
      const dialect = POSTGRES;
      expect(tokenize(`${mixed} ${mixed}x x${mixed}`, { dialect }).map((t) => t.word)).toEqual(
        [word, `${word}X`, `X${word}`].map((text) => (words.includes(text) ? text : "")),
      );
    }
  });
});
