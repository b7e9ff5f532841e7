import { describe, expect, test } from "vitest";
import { httpUrl, pgUrl, psqlCommand, serveConfig } from "../../src/server/serve-config.ts";
import type { ServeRequest } from "../../src/server/serve-config.ts";

function failure(request: Partial<ServeRequest>): { code: string; message: string } {
  try {
    serveConfig({ data: "d", ...request });
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("accepted");
}

describe("defaults", () => {
  test("without a password: trust, this machine only", () => {
    expect(serveConfig({ data: "d" })).toEqual({
      data: "d",
      host: "127.0.0.1",
      pgPort: 5432,
      httpPort: 8432,
      user: "dosql",
      database: "main",
      password: null,
      auth: "trust",
      allowedHosts: [],
      allowedOrigins: [],
      capture: null,
      archive: true,
      retention: { horizonMs: 86_400_000, maxEntries: 10_000_000, archiveMs: Infinity },
      maxConnections: 100,
    });
  });

  test("with one: SCRAM, anywhere", () => {
    expect(serveConfig({ data: "d", password: "x" }).auth).toBe("scram-sha-256");
    expect(serveConfig({ data: "d", password: "x", host: "0.0.0.0" }).host).toBe("0.0.0.0");
    expect(serveConfig({ data: "d", password: "x", host: "::", auth: "md5" }).auth).toBe("md5");
  });
});

describe("what would open the door", () => {
  test.each([
    [{ host: "0.0.0.0" }, "address", /without a password/],
    [{ host: "192.168.1.5" }, "address", /without a password/],
    [{ host: "0.0.0.0", password: "x", auth: "trust" }, "address", /without a password/],
    [{ host: "0.0.0.0", password: "x", auth: "password" }, "address", /cleartext/],
    [{ auth: "md5" }, "invalid-argument", /needs a password/],
    [{ auth: "ldap" }, "invalid-argument", /"ldap"/],
    [{ password: "" }, "invalid-argument", /empty/],
    [{ pgPort: 65_536 }, "invalid-argument", /--pg-port/],
    [{ maxConnections: 0 }, "invalid-argument", /nobody/],
  ])("%j is refused", (request, code, message) => {
    const error = failure(request);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test("on loopback the weaker methods are the user's choice", () => {
    for (const host of ["127.0.0.1", "::1", "localhost"]) {
      expect(serveConfig({ data: "d", host, password: "x", auth: "password" }).auth).toBe(
        "password",
      );
      expect(serveConfig({ data: "d", host }).auth).toBe("trust");
    }
  });
});

test("connection strings can be pasted", () => {
  const config = serveConfig({ data: "d", user: "o'neil@x" });
  const url = "postgresql://o'neil%40x@127.0.0.1:5433/main?options=-c%20dosql.dialect%3Dsqlite";
  expect(pgUrl(config, "127.0.0.1", 5433)).toBe(url);
  expect(psqlCommand(config, "127.0.0.1", 5433)).toBe(`psql "${url}"`);
  expect(pgUrl(config, "::1", 1)).toContain("@[::1]:1/main");
  expect(pgUrl(config, "0.0.0.0", 1)).toContain("@127.0.0.1:1/main");
  expect(httpUrl("::", 2)).toBe("http://127.0.0.1:2");
});
