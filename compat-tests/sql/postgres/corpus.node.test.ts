import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCorpusFolder } from "../corpus-file.ts";
import { Oracle } from "./oracle.ts";
import { comparePostgres, unexplained, type ComparedCorpus } from "./report.ts";
import type { PostgresComparison } from "./report.ts";

const LEAST_STATEMENTS = 3_000;
const LEAST_MUTANTS = 2_000;
/** In percent. */
const LEAST_VERDICTS = 99.5;
const LEAST_MUTANT_VERDICTS = 98;

describe("the committed Postgres corpus", () => {
  const statements = readCorpusFolder(path.join(import.meta.dirname, "corpus"));

  it("is large enough and names a section for each statement", () => {
    const own = statements.filter(({ file }) => file !== "orm.sql" && file !== "psql.sql");
    expect(own.length).toBeGreaterThanOrEqual(LEAST_STATEMENTS);
    expect(statements.filter(({ section }) => section === "")).toEqual([]);
  });

  it("has no statement twice", () => {
    expect(new Set(statements.map(({ sql }) => sql)).size).toBe(statements.length);
  });

  it("is accepted by PostgreSQL's parser", async () => {
    const oracle = await Oracle.load();
    const refused = statements.filter(({ sql }) => !oracle.accepts(sql));
    expect(refused).toEqual([]);
  });

  it("has statements that PostgreSQL's parser rejects", async () => {
    const oracle = await Oracle.load();
    const rejected = readCorpusFolder(path.join(import.meta.dirname, "rejected"));
    expect(rejected.length).toBeGreaterThan(500);
    expect(rejected.filter(({ sql }) => oracle.accepts(sql))).toEqual([]);
  });
});

describe("agreement with PostgreSQL's parser", () => {
  let found: PostgresComparison | null = null;

  beforeAll(async () => {
    found = await comparePostgres();
  }, 120_000);

  const all = (): PostgresComparison => {
    expect(found, "there is no parser").not.toBeNull();
    return found as PostgresComparison;
  };

  it("accepts and rejects the same statements of each corpus", () => {
    for (const corpus of all().corpora) {
      expect(percent(corpus), corpus.name).toBeGreaterThanOrEqual(LEAST_VERDICTS);
      expect(texts(corpus, "verdict"), corpus.name).toEqual([]);
    }
  });

  it("gives trees of the same shape", () => {
    for (const corpus of all().corpora) {
      expect(texts(corpus, "shape"), corpus.name).toEqual([]);
      expect([...corpus.agreement.shapeless], corpus.name).toEqual([]);
    }
  });

  it("prints what PostgreSQL reads as the same, and prints it again the same", () => {
    for (const corpus of all().corpora) {
      const { accept, print } = corpus.agreement;
      expect(print.count, corpus.name).toBe(accept.agreed);
      expect(texts(corpus, "print"), corpus.name).toEqual([]);
    }
  });

  it("rejects mutated statements as PostgreSQL does", () => {
    const { agreement, about } = all().mutations;
    const { reject } = agreement;
    expect(reject.count, about.join()).toBeGreaterThanOrEqual(LEAST_MUTANTS);
    const agreed = (100 * reject.agreed) / reject.count;
    expect(agreed, about.join()).toBeGreaterThanOrEqual(LEAST_MUTANT_VERDICTS);
  });

  it("takes each keyword for a name where PostgreSQL does", () => {
    expect(texts(all().keywords, "verdict")).toEqual([]);
  });

  it("lists no gap that has closed", () => {
    expect(all().stale).toEqual([]);
  });

  it("says why foreign statements are missing, when they are", (test) => {
    const { missing } = all();
    if (missing !== null) test.skip(`unavailable: ${missing}`);
  });
});

function percent({ agreement: { accept, reject } }: ComparedCorpus): number {
  const count = accept.count + reject.count;
  return count === 0 ? 100 : (100 * (accept.agreed + reject.agreed)) / count;
}

/** What no known gap explains, short enough to be read. */
function texts(corpus: ComparedCorpus, aspect: "verdict" | "shape" | "print"): string[] {
  return unexplained(corpus, aspect)
    .slice(0, 20)
    .map(({ key, text, sql }) => `${key} ${text.slice(0, 300)}: ${sql.slice(0, 200)}`);
}
