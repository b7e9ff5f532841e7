import { describe, expect, test } from "vitest";
import { nearest, parseArguments } from "../../src/cli/option-parser.ts";
import type { Grammar } from "../../src/cli/option-parser.ts";

const grammar: Grammar = {
  command: "serve",
  arguments: [{ name: "FILE", required: true, help: "" }],
  options: [
    { name: "data", kind: "text", help: "" },
    { name: "command", kind: "text", short: "c", help: "" },
    { name: "pg-port", kind: "count", help: "" },
    { name: "auth", kind: "text", choices: ["trust", "md5"], help: "" },
    { name: "allow-host", kind: "many", help: "" },
    { name: "json", kind: "flag", help: "" },
  ],
};

function failure(words: string[]): { message: string; hint: string | undefined } {
  try {
    parseArguments(grammar, words);
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint?: string };
    expect(code).toBe("invalid-argument");
    return { message, hint };
  }
  throw new Error("no error");
}

describe("what is understood", () => {
  test("every way to give a value", () => {
    const given = parseArguments(grammar, [
      ...["--data", "a b", "--pg-port=0", "-c", "SELECT -1", "--json", "x.sql"],
      ...["--allow-host", "one", "--allow-host=two"],
    ]);
    expect(given.text("data")).toBe("a b");
    expect(given.count("pg-port")).toBe(0);
    expect(given.text("command")).toBe("SELECT -1");
    expect(given.flag("json")).toBe(true);
    expect(given.many("allow-host")).toEqual(["one", "two"]);
    expect(given.arguments).toEqual(["x.sql"]);
  });

  test("what is absent is absent", () => {
    const given = parseArguments(grammar, ["x"]);
    expect(given.text("data")).toBe(undefined);
    expect(given.count("pg-port")).toBe(undefined);
    expect(given.flag("json")).toBe(false);
    expect(given.many("allow-host")).toEqual([]);
  });

  test("a dash alone is an argument, and so is all behind two", () => {
    expect(parseArguments(grammar, ["-"]).arguments).toEqual(["-"]);
    expect(parseArguments(grammar, ["--json", "--", "--json"]).arguments).toEqual(["--json"]);
  });

  test("a value may be empty or look like an option", () => {
    expect(parseArguments(grammar, ["x", "--data="]).text("data")).toBe("");
    expect(parseArguments(grammar, ["x", "--data", "--json"]).text("data")).toBe("--json");
  });
});

describe("what is refused", () => {
  test.each([
    [["x", "--dta", "y"], "unknown option --dta", "did you mean --data? see dosql serve --help"],
    [["x", "--pgport", "1"], "unknown option --pgport", "did you mean --pg-port?"],
    [["x", "--zzzzzz"], "unknown option --zzzzzz", "see dosql serve --help"],
    [["x", "-x"], "unknown option -x", "see dosql serve --help"],
    [["x", "--data"], "--data needs a value: TEXT", undefined],
    [["x", "--json=1"], "--json takes no value", undefined],
    [["x", "--pg-port", "http"], '--pg-port needs a number, not "http"', undefined],
    [["x", "--pg-port", "-1"], '--pg-port needs a number, not "-1"', undefined],
    [["x", "--auth", "ldap"], '--auth is one of trust, md5, not "ldap"', undefined],
    [["x", "--data", "a", "--data", "b"], "--data is given twice", undefined],
    [[], "FILE is missing", "see dosql serve --help"],
    [["x", "y"], 'unexpected argument "y"', "see dosql serve --help"],
  ])("%j", (words, message, hint) => {
    const found = failure(words);
    expect(found.message).toBe(message);
    if (hint === undefined) expect(found.hint).toBe(undefined);
    else expect(found.hint).toContain(hint);
  });

  test("suggestions are near, or a beginning", () => {
    expect(nearest("serv", ["serve", "sql"])).toBe("serve");
    expect(nearest("exprot", ["export", "import"])).toBe("export");
    expect(nearest("imp", ["export", "import"])).toBe("import");
    expect(nearest("delete", ["export", "import", "sql"])).toBe(null);
    expect(nearest("", ["sql"])).toBe(null);
  });
});
