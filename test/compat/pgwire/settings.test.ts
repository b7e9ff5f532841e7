import { describe, expect, test } from "vitest";
import { PgError } from "../../../src/compat/pgwire/errors.ts";
import { SETTING_RULES } from "../../../src/compat/pgwire/settings/rules.ts";
import { Settings } from "../../../src/compat/pgwire/settings/settings.ts";
import { durationMs } from "../../../src/compat/pgwire/settings/values.ts";
import { parseCommandLine } from "../../../src/compat/pgwire/startup/command-line.ts";

function started(): { settings: Settings; heard: string[] } {
  const heard: string[] = [];
  const settings = new Settings((name, value) => heard.push(`${name}=${value}`));
  settings.started();
  settings.news();
  return { settings, heard };
}

function stateOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof PgError) return error.report.sqlState;
    throw error;
  }
  return "taken";
}

describe("values", () => {
  const set = (name: string, given: string): string => {
    const { settings } = started();
    settings.set(name, given, false);
    return settings.get(settings.rule(name).name);
  };

  test("every initial value is one that could be set", () => {
    for (const { name, initial, parse } of SETTING_RULES) {
      if (parse !== null) expect(parse(initial, name)).toBe(initial);
    }
  });

  test.each([
    ["statement_timeout", "1500", "1500ms"],
    ["statement_timeout", " 2 s ", "2s"],
    ["statement_timeout", "1.5min", "90s"],
    ["statement_timeout", "48h", "2d"],
    ["statement_timeout", "1999us", "2ms"],
    ["statement_timeout", "0", "0"],
    ["datestyle", "iso", "ISO, MDY"],
    ["DateStyle", "iso, dmy", "ISO, DMY"],
    ["DateStyle", "European", "ISO, DMY"],
    ["client_encoding", "'utf-8'", "UTF8"],
    ["client_encoding", "UNICODE", "UTF8"],
    ["timezone", "Europe/Vienna", "Europe/Vienna"],
    ["timezone", "+02", "+02"],
    ["timezone", "utc", "utc"],
    ["extra_float_digits", "3", "3"],
    ["default_transaction_read_only", "TRUE", "on"],
    ["default_transaction_isolation", "Repeatable Read", "repeatable read"],
    ["search_path", '"$user", public', '"$user", public'],
    ["application_name", "grün", "gr?n"],
  ])("%s = %j is %j", (name, given, value) => {
    expect(set(name, given)).toBe(value);
  });

  test.each([
    ["statement_timeout", "1 fortnight", "22023"],
    ["statement_timeout", "2147483648", "22023"],
    ["DateStyle", "Postgres", "0A000"],
    ["DateStyle", "nonsense", "22023"],
    ["client_encoding", "LATIN1", "22023"],
    ["TimeZone", "Mars/Olympus", "22023"],
    ["extra_float_digits", "0", "0A000"],
    ["extra_float_digits", "4", "22023"],
    ["search_path", "tenant_1", "0A000"],
    ["standard_conforming_strings", "off", "0A000"],
    ["dosql.dialect", "postgres", "0A000"],
    ["dosql.dialect", "oracle", "22023"],
    ["server_version", "9.6", "55P02"],
    ["transaction_isolation", "serializable", "55P02"],
    ["jit", "off", "42704"],
  ])("%s = %j is refused with %s", (name, given, sqlState) => {
    expect(stateOf(() => set(name, given))).toBe(sqlState);
  });

  test("durations read back", () => {
    for (const text of ["0", "7ms", "90s", "5min", "3h", "2d"]) {
      expect(set("lock_timeout", text)).toBe(text);
    }
    expect(durationMs("90s")).toBe(90_000);
    expect(durationMs("0")).toBe(0);
  });
});

describe("changes", () => {
  test("are told once, and only when they changed something", () => {
    const { settings } = started();
    settings.set("application_name", "a", false);
    settings.set("lock_timeout", "1s", false);
    expect(settings.news()).toEqual([["application_name", "a"]]);
    expect(settings.news()).toEqual([]);
    settings.set("application_name", "a", false);
    expect(settings.news()).toEqual([]);
  });

  test("are undone with their transaction, newest first", () => {
    const { settings, heard } = started();
    settings.set("lock_timeout", "1s", false);
    settings.commit();
    settings.set("lock_timeout", "2s", false);
    const mark = settings.mark;
    settings.set("lock_timeout", "3s", false);
    settings.undoTo(mark);
    expect(settings.get("lock_timeout")).toBe("2s");
    settings.undoTo(0);
    expect(settings.get("lock_timeout")).toBe("1s");
    expect(heard.at(-1)).toBe("lock_timeout=1s");
  });

  test.each([
    ["set 2, local 3", "2s"],
    ["local 3, set 2", "2s"],
    ["local 2, local 3", "1s"],
    ["set 2, local 3, set 4, local 5", "4s"],
  ])("%s: %s is left after the commit", (script, left) => {
    const { settings } = started();
    settings.set("lock_timeout", "1s", false);
    settings.commit();
    for (const step of script.split(", ")) {
      const [word, seconds] = step.split(" ");
      settings.set("lock_timeout", `${seconds}s`, word === "local");
    }
    settings.commit();
    expect(settings.get("lock_timeout")).toBe(left);
  });

  test("RESET goes back to what the startup packet said", () => {
    const settings = new Settings(() => undefined);
    settings.set("application_name", "from the start", false);
    settings.started();
    settings.set("application_name", "later", false);
    settings.set("lock_timeout", "1s", false);
    settings.resetAll();
    expect(settings.get("application_name")).toBe("from the start");
    expect(settings.get("lock_timeout")).toBe("0");
  });
});

describe("options of the startup packet", () => {
  test.each([
    ["", []],
    ["-c a=b", [["a", "b"]]],
    ["-ca=b", [["a", "b"]]],
    ["--a=b", [["a", "b"]]],
    ["--statement-timeout=5s", [["statement_timeout", "5s"]]],
    [
      "  -c a=b\t-c\nc=d ",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["-c a=b\\ c\\\\d", [["a", "b c\\d"]]],
    ["-c a=", [["a", ""]]],
    ["-c a=b=c", [["a", "b=c"]]],
  ])("%j", (options, settings) => {
    expect(parseCommandLine(options)).toEqual(settings);
  });

  test.each(["-d 5", "x", "-c", "-c a", "--a", "-c =b"])("%j is refused", (options) => {
    expect(stateOf(() => parseCommandLine(options))).toBe("42601");
  });
});
