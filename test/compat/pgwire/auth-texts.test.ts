import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../../src/compat/pgwire/auth/base64.ts";
import { saslPrep } from "../../../src/compat/pgwire/auth/saslprep.ts";
import { formatVerifier, parseVerifier } from "../../../src/compat/pgwire/auth/verifier.ts";

describe("base64", () => {
  test("bytes of every length and value come back", () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
      const text = toBase64(bytes);
      expect(text).toBe(btoa(String.fromCharCode(...bytes)));
      expect(fromBase64(text)).toEqual(bytes);
    }
  });

  test.each(["a", "ab", "abc", "ab==c", "a===", "ab c", "abcd=", "=", "ab\n=", "äbcd"])(
    "%j is none",
    (text) => {
      expect(fromBase64(text)).toBeNull();
    },
  );
});

describe("SASLprep", () => {
  // The first five are RFC 4013's own examples.
  test.each([
    ["I\u00adX", "IX"],
    ["user", "user"],
    ["USER", "USER"],
    ["\u00aa", "a"],
    ["\u2168", "IX"],
    ["a\u00a0b", "a b"],
    ["\ufb01x", "fix"],
    ["p\u00e4ss", "p\u00e4ss"],
    ["pa\u0308ss", "p\u00e4ss"],
  ])("%j is prepared as %j", (password, prepared) => {
    expect(saslPrep(password)).toBe(prepared);
  });

  test.each([
    ["a control character", "\u0007"],
    ["right to left, ended by a digit", "\u0627\u00ad1"],
    ["letters of both directions", "\u0627\u00aa\u0628"],
    ["private use", "x\ue000\u00aa"],
    ["nothing left", "\u00ad"],
    ["ASCII as it is", "a~ b"],
  ])("%s: taken as it is", (_, password) => {
    expect(saslPrep(password)).toBe(password);
  });

  test("right to left text is prepared", () => {
    expect(saslPrep("\u0627\u00ad\u0628")).toBe("\u0627\u0628");
  });
});

describe("verifiers as text", () => {
  // Made by PostgreSQL 15.18: CREATE ROLE … PASSWORD 'correct horse'.
  const SCRAM =
    "SCRAM-SHA-256$4096:SNQ6vmEyUududlVBygw73g==$" +
    "1/Yrvz8oUqJiVeBR5XNkB9EXhRtIjNDHPphsghBKN5M=:SLXAC6MZtDmezzKVq9tFJSIKCvUuhVifhGvHrtgoGrw=";
  const MD5 = "md536bcff31b062fd3833e9b5840188d723";

  test.each([SCRAM, MD5])("%s is itself again", (text) => {
    const verifier = parseVerifier(text);
    expect(verifier).not.toBeNull();
    if (verifier !== null) expect(formatVerifier(verifier)).toBe(text);
  });

  test.each([
    "",
    "secret",
    "md5123",
    "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
    SCRAM.replace("4096", "-1"),
    SCRAM.replace(":", ";"),
    SCRAM.slice(0, -4),
    SCRAM.replace("SHA-256", "SHA-1"),
  ])("%j is none", (text) => {
    expect(parseVerifier(text)).toBeNull();
  });
});
