import { describe, expect, it } from "vitest";
import { isComplete, ScriptSplitter, splitScript } from "../../src/sql/script/split.ts";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

const TRIGGER = `CREATE TEMP TRIGGER "t;" AFTER UPDATE ON a WHEN new.x = ';' BEGIN
  UPDATE a SET x = CASE WHEN y THEN 1 ELSE CASE z WHEN 1 THEN 2 END END;
  INSERT INTO b VALUES (';'); -- END;
  SELECT 'END';
END`;

const SCRIPTS: readonly (readonly [script: string, texts: readonly string[]])[] = [
  ["", []],
  [" \n\t", []],
  [";", []],
  [" ; ;; ", []],
  ["-- only a comment", []],
  ["/* only; */;-- that", []],
  ["SELECT 1", ["SELECT 1"]],
  ["SELECT 1;", ["SELECT 1"]],
  ["\ufeffSELECT 1;\r\nSELECT 2;\r\n", ["SELECT 1", "SELECT 2"]],
  ["SELECT 1;SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["/*a*/ SELECT 1 /*b*/; -- c\n SELECT 2 -- d", ["SELECT 1", "SELECT 2"]],
  ["SELECT /*;*/ 1 --;\n, 2;", ["SELECT /*;*/ 1 --;\n, 2"]],
  ["SELECT ';', \";\", `;`, [;]; SELECT 2", ["SELECT ';', \";\", `;`, [;]", "SELECT 2"]],
  ["SELECT 'it''s;'; SELECT 2", ["SELECT 'it''s;'", "SELECT 2"]],
  ["SELECT 'open; SELECT 2", ["SELECT 'open; SELECT 2"]],
  ["SELECT 1 /* open; SELECT 2", ["SELECT 1"]],
  ["BEGIN; SELECT 1; END;", ["BEGIN", "SELECT 1", "END"]],
  ["SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2", ["SELECT CASE 1 WHEN 1 THEN 2 END", "SELECT 2"]],
  [`${TRIGGER}; SELECT 1;`, [TRIGGER, "SELECT 1"]],
  [`EXPLAIN QUERY PLAN ${TRIGGER}; SELECT 1;`, [`EXPLAIN QUERY PLAN ${TRIGGER}`, "SELECT 1"]],
  [`${TRIGGER}\n;\n${TRIGGER};`, [TRIGGER, TRIGGER]],
  [
    "CREATE TRIGGER a AFTER INSERT ON b BEGIN END; SELECT 1",
    ["CREATE TRIGGER a AFTER INSERT ON b BEGIN END", "SELECT 1"],
  ],
  [
    "CREATE TRIGGER begin DELETE ON b BEGIN SELECT 1; END; SELECT 2",
    ["CREATE TRIGGER begin DELETE ON b BEGIN SELECT 1; END", "SELECT 2"],
  ],
  ["CREATE TRIGGER broken; SELECT 1", ["CREATE TRIGGER broken", "SELECT 1"]],
  ["CREATE TABLE trigger(a); SELECT 1", ["CREATE TABLE trigger(a)", "SELECT 1"]],
  ["DROP TRIGGER a; SELECT 1", ["DROP TRIGGER a", "SELECT 1"]],
  ["SELECT 1; \0 SELECT 2; SELECT 3", ["SELECT 1", "\0 SELECT 2; SELECT 3"]],
];

/** The statements of a text that arrives in pieces. */
function splitChunks(chunks: readonly string[]): ReturnType<typeof splitScript> {
  const splitter = new ScriptSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

describe("splitScript", () => {
  it.each(SCRIPTS)("%j", (script, texts) => {
    const statements = splitScript(script);
    expect(statements.map(({ text }) => text)).toEqual(texts);
    for (const { text, start, end } of statements) expect(script.slice(start, end)).toBe(text);
  });
});

describe("ScriptSplitter", () => {
  it.each(SCRIPTS)("cut anywhere: %j", (script) => {
    const whole = splitScript(script);
    for (let cut = 0; cut <= script.length; cut++) {
      expect(splitChunks([script.slice(0, cut), script.slice(cut)]), `cut ${cut}`).toEqual(whole);
    }
    expect(splitChunks([...script].flatMap((c) => c.split("")))).toEqual(whole);
  });

  it("cuts nothing that is not a statement, whatever the text and the chunks", () => {
    const random = freshRandom("splitter");
    for (let round = 0; round < 1500; round++) {
      const script = sqlSoup(random, random.below(25));
      const chunks: string[] = [];
      for (let at = 0; at < script.length;) {
        const size = 1 + random.below(random.below(2) === 0 ? 3 : 20);
        chunks.push(script.slice(at, at + size));
        at += size;
      }
      const note = `seed ${random.seed} round ${round} ${JSON.stringify(chunks)}`;
      expect(splitChunks(chunks), note).toEqual(splitScript(script));
    }
  });

  it("gives a statement as soon as its semicolon is there", () => {
    const splitter = new ScriptSplitter();
    expect(splitter.push("SELECT 1; SELECT").map(({ text }) => text)).toEqual(["SELECT 1"]);
    expect(splitter.push(" 2;").map(({ text }) => text)).toEqual(["SELECT 2"]);
    expect(splitter.end()).toEqual([]);
  });

  it("refuses a statement over the limit, and only that", () => {
    const filler = "x".repeat(60);
    const splitter = new ScriptSplitter(100);
    for (let i = 0; i < 10; i++) {
      expect(splitter.push(`SELECT '${filler}';`)).toHaveLength(1);
    }
    const tooLong = expect.objectContaining({ name: "DosqlError", code: "limit" });
    splitter.push(`SELECT '${filler}`);
    expect(() => splitter.push(filler)).toThrow(tooLong);
    expect(() => new ScriptSplitter(100).push(`SELECT '${filler}${filler}';`)).toThrow(tooLong);
    expect(() => new ScriptSplitter(100).push(`-- ${filler}${filler}`)).toThrow(tooLong);
    const comments = new ScriptSplitter(100);
    for (let i = 0; i < 10; i++) expect(comments.push(`-- ${filler}\n`)).toEqual([]);
  });

  it("reads a long token in small chunks in time that grows with its length", () => {
    const splitter = new ScriptSplitter();
    splitter.push("SELECT '");
    for (let i = 0; i < 50_000; i++) splitter.push("0123456789".repeat(10));
    const [statement] = [...splitter.push("';"), ...splitter.end()];
    expect(statement?.text).toHaveLength(5_000_009);
  });

  it("reads many tokens in small chunks in time that grows with their number", () => {
    const splitter = new ScriptSplitter();
    splitter.push("SELECT 1");
    for (let i = 0; i < 200_000; i++) splitter.push(", 23");
    const [statement] = [...splitter.push(";"), ...splitter.end()];
    expect(statement?.text).toHaveLength(800_008);
  });
});

describe("isComplete", () => {
  it.each([
    ["", false],
    ["SELECT 1", false],
    ["SELECT 1;", true],
    ["SELECT 1; ", true],
    ["SELECT 1; -- done", true],
    ["SELECT 1; /* done */", true],
    ["SELECT 1; /* open", false],
    ["SELECT 1; /*/", false],
    ["SELECT 1; SELECT 2", false],
    ["SELECT ';", false],
    ["SELECT 1 -- ;", false],
    [`${TRIGGER}`, false],
    [`${TRIGGER};`, true],
    [TRIGGER.slice(0, -3), false],
    [";", true],
    ["-- only", false],
  ])("%j: %s", (sql, complete) => {
    expect(isComplete(sql)).toBe(complete);
  });
});

describe("a script of Postgres", () => {
  const texts = (sql: string): string[] => splitScript(sql, POSTGRES).map(({ text }) => text);

  it("knows its quotes and comments", () => {
    expect(
      texts("SELECT $$a;b$$; SELECT $t$;$t$; SELECT E'\\';'; /* /* ; */ ; */ SELECT 1"),
    ).toEqual(["SELECT $$a;b$$", "SELECT $t$;$t$", "SELECT E'\\';'", "SELECT 1"]);
  });

  it("ends no statement inside of parentheses or of a body", () => {
    const rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)";
    const body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; END";
    expect(texts(`${rule}; ${body}; BEGIN; END; SELECT 1`)).toEqual([
      rule,
      body,
      "BEGIN",
      "END",
      "SELECT 1",
    ]);
  });

  it("splits alike in chunks", () => {
    const script = "SELECT $$a;b$$; CREATE TABLE t (a int);\nSELECT 'x' -- ;\n'y;'; SELECT 1";
    for (let size = 1; size < 12; size++) {
      const splitter = new ScriptSplitter(undefined, POSTGRES);
      const found: string[] = [];
      for (let at = 0; at < script.length; at += size) {
        found.push(...splitter.push(script.slice(at, at + size)).map(({ text }) => text));
      }
      found.push(...splitter.end().map(({ text }) => text));
      expect(found).toEqual(texts(script));
    }
  });
});

describe("hints", () => {
  const hint = "/*dosql_as_of='2026-11-20'*/";
  const script = `-- one\n${hint} SELECT 1 /* two */; SELECT 2 ${hint} -- three\n; ${hint};`;
  const texts = [`${hint} SELECT 1`, `SELECT 2 ${hint}`];

  it("belong to the statement that they stand before or behind", () => {
    expect(splitScript(script).map(({ text }) => text)).toEqual(texts);
  });

  it("also where the script comes in pieces", () => {
    for (const size of [1, 5, 16]) {
      const splitter = new ScriptSplitter();
      const found: string[] = [];
      for (let at = 0; at < script.length; at += size) {
        found.push(...splitter.push(script.slice(at, at + size)).map(({ text }) => text));
      }
      found.push(...splitter.end().map(({ text }) => text));
      expect(found, `pieces of ${size}`).toEqual(texts);
    }
  });
});
