import { describe, expect, it } from "vitest";
import { mayHoldHints, readHints } from "../../src/sql/lex/hint.ts";

function pairs(comment: string): string[] {
  return readHints(comment).map(({ name, value }) => `${name}=${value}`);
}

describe("readHints", () => {
  it.each([
    ["/*dosql_shard='42'*/", ["dosql_shard=42"]],
    [
      "/*dosql_shard='42',dosql_as_of='2026-11-20T10:00Z'*/",
      ["dosql_shard=42", "dosql_as_of=2026-11-20T10:00Z"],
    ],
    ["/* dosql_shard='42' , dosql_b='' */", ["dosql_shard=42", "dosql_b="]],
    ["/*\ndosql_shard='42',\n\tdosql_b='1'\n*/", ["dosql_shard=42", "dosql_b=1"]],
    ["/*traceparent='00-5bd6-01',dosql_shard='7',route='%2Fa%2Fb'*/", ["dosql_shard=7"]],
    ["/*dosql_a='1%2C2%20%27x%27',dosql_b='it\\'s'*/", ["dosql_a=1,2 'x'", "dosql_b=it's"]],
    ["/*dosql_%61='1'*/", ["dosql_a=1"]],
    ["/*dosql_a='x=y,z'*/", ["dosql_a=x=y,z"]],
    ["/*dosql_a='1+2'*/", ["dosql_a=1+2"]],
    ["/*dosql_a='\\\\'*/", ["dosql_a=\\"]],
    ["/*dosql_a='1',dosql_a='2'*/", ["dosql_a=1", "dosql_a=2"]],
    ["/*dosql_a='%zz',dosql_b='%E2%82%AC'*/", ["dosql_b=€"]],
  ])("%j", (comment, expected) => {
    expect(pairs(comment)).toEqual(expected);
  });

  it.each([
    ...[
      "/**/",
      "/* */",
      "/* see dosql_shard */",
      "/*dosql_shard=42*/",
      "/*dosql_shard='42'",
      "/*/",
    ],
    ...[
      "-- dosql_shard='42'",
      "/*dosql_shard='42' and more*/",
      "/*dosql_shard='4'2'*/",
      "/*shard='1'*/",
    ],
    ...[
      "/*dosql_shard='42',*/",
      "/*,dosql_shard='42'*/",
      "/*dosql_a='1'dosql_b='2'*/",
      "/*dosql_a='\\'*/",
    ],
    ...["/*xdosql_a='1'*/", "/*DOSQL_A='1'*/", "/*+ dosql_a='1' */", "/* a b, dosql_a='1' */"],
  ])("finds nothing in %j", (comment) => {
    expect(pairs(comment)).toEqual([]);
  });

  it("takes time that grows with the length", () => {
    for (const piece of ["dosql_a='1',", "\\'", " ", "dosql_", "dosql_a='", ",'", "=' "]) {
      readHints(`/*dosql_${piece.repeat(100_000)}*/`);
      readHints(`/*dosql_a='${piece.repeat(100_000)}*/`);
    }
  });
});

describe("mayHoldHints", () => {
  it("asks for the prefix", () => {
    expect(mayHoldHints("SELECT 1 /*dosql_shard='1'*/")).toBe(true);
    expect(mayHoldHints("SELECT 1 /* shard */")).toBe(false);
  });
});
