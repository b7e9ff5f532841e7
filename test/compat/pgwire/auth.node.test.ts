import { createRequire } from "node:module";
import { serialize } from "pg-protocol";
import { describe, expect, test } from "vitest";
import type { AuthMethod, Authenticator } from "../../../src/compat/pgwire/auth/authenticator.ts";
import { fromBase64 } from "../../../src/compat/pgwire/auth/base64.ts";
import { finishScram, startScram } from "../../../src/compat/pgwire/auth/scram.ts";
import type { PasswordVerifier } from "../../../src/compat/pgwire/auth/verifier.ts";
import {
  deriveScramVerifier,
  formatVerifier,
  makeMd5Verifier,
  makeScramVerifier,
  matchesVerifier,
  parseVerifier,
} from "../../../src/compat/pgwire/auth/verifier.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { systemEntropy } from "../../../src/platform/node/entropy.ts";
import { authenticatorOf, PASSWORD, serverParts } from "./server.ts";
import type { Message } from "./wire-client.ts";
import { short, WireClient } from "./wire-client.ts";

// node-postgres' own half of the exchange.
const sasl = createRequire(import.meta.url)("pg/lib/crypto/sasl.js");

const ports = { crypto: nodeCrypto, entropy: systemEntropy };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function client(
  method: AuthMethod,
  verifier: PasswordVerifier | null = makeScramVerifier(PASSWORD, ports),
  given: Partial<Authenticator> & { loopback?: boolean } = {},
): WireClient {
  const { loopback = true, ...rest } = given;
  const authenticator = authenticatorOf({
    method: () => method,
    role: (name) => (name === "ada" ? { name, verifier, superuser: false } : null),
    ...rest,
  });
  return new WireClient(serverParts(null, { authenticator }), { peer: { loopback } });
}

const hello = (user = "ada"): Uint8Array => serialize.startup({ user });

/** Logs in as node-postgres does; answers what came after the last message. */
async function scram(wire: WireClient, password: string, user = "ada"): Promise<Message[]> {
  wire.send(hello(user));
  const [offer] = wire.take();
  const session = sasl.startSession(offer?.["mechanisms"]);
  wire.send(serialize.sendSASLInitialResponseMessage(session.mechanism, session.response));
  const [challenge] = wire.take();
  await sasl.continueSession(session, password, challenge?.["data"]);
  wire.send(serialize.sendSCRAMClientFinalMessage(session.response));
  const rest = wire.take();
  const last = rest.find(({ name }) => name === "authenticationSASLFinal");
  if (last !== undefined) sasl.finalizeSession(session, last["data"]);
  return rest;
}

describe("SCRAM-SHA-256", () => {
  test("RFC 7677's example", () => {
    const salt = fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==") ?? new Uint8Array();
    const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const exchange = {
      verifier: deriveScramVerifier("pencil", salt, 4096, nodeCrypto),
      nonce,
      gs2Header: "n,,",
      clientFirstBare: "n=user,r=rOprNGfwEbeRWgbNEkqO",
      serverFirst: `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
    };
    const final = (proof: string): string => `c=biws,r=${nonce},p=${proof}`;
    expect(
      finishScram(exchange, final("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), nodeCrypto),
    ).toBe("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    expect(
      finishScram(exchange, final("eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), nodeCrypto),
    ).toBeNull();
  });

  test("node-postgres logs in, and the server proves itself", async () => {
    const rest = await scram(client("scram-sha-256"), PASSWORD);
    // No database is there, so the login ends with that; the password was right.
    expect(short(rest)).toEqual(["authenticationSASLFinal", "authenticationOk", "FATAL 3D000"]);
  });

  test.each(["gr\u00fcn\u00a0\u2168", "\u00aa", "p\u00e4\u00adss", "パスワード", "💥 boom"])(
    "the password %j is prepared alike on both sides",
    async (password) => {
      const wire = client("scram-sha-256", makeScramVerifier(password, ports));
      expect(short(await scram(wire, password))).toContain("authenticationOk");
    },
  );

  test("PostgreSQL 15.18 makes the same keys of a password", () => {
    const made =
      "SCRAM-SHA-256$4096:Tih9Y9pVUa+c3BcF18aDlQ==$" +
      "c8BPwJ1FRtTTS3nhCMTfiykjxY8chkJb2WgPkIsV/AM=:S7X/uItYXEwNooOiqA6NOmmKtlOXufxkXOKyRUvo04A=";
    const verifier = parseVerifier(made);
    if (verifier?.kind !== "scram-sha-256") throw new Error("not read");
    const { salt, iterations } = verifier;
    const derived = deriveScramVerifier("gr\u00fcn\u00a0\u2168", salt, iterations, nodeCrypto);
    expect(formatVerifier(derived)).toBe(made);
  });

  test("a wrong password and an unknown user hear the same", async () => {
    const wrong = await scram(client("scram-sha-256"), "guess");
    const unknown = await scram(client("scram-sha-256"), PASSWORD, "eve");
    const without = await scram(client("scram-sha-256", null), PASSWORD);
    for (const rest of [wrong, unknown, without]) expect(short(rest)).toEqual(["FATAL 28P01"]);
    expect(wrong[0]?.["message"]).toBe('password authentication failed for user "ada"');
    expect(unknown[0]?.["message"]).toBe('password authentication failed for user "eve"');
  });

  test("an unknown user sees the same salt each time, and another one's is different", () => {
    const saltOf = (user: string): string => {
      const wire = client("scram-sha-256");
      wire.send(hello(user));
      wire.send(serialize.sendSASLInitialResponseMessage("SCRAM-SHA-256", "n,,n=,r=abc"));
      const data: string = wire.take().at(-1)?.["data"];
      expect(data).toMatch(/,i=4096$/);
      return /,s=([^,]*),/.exec(data)?.[1] ?? "";
    };
    expect(saltOf("eve")).toBe(saltOf("eve"));
    expect(saltOf("eve")).not.toBe(saltOf("mallory"));
    expect(saltOf("eve")).toHaveLength(saltOf("ada").length);
  });

  test("a client that has channel binding may say that it saw none", () => {
    const verifier = makeScramVerifier(PASSWORD, ports);
    expect(startScram("y,,n=,r=abc", verifier, new Uint8Array(18)).gs2Header).toBe("y,,");
  });

  test.each([
    ["p=tls-server-end-point,,n=,r=abc", "08P01"],
    ["x,,n=,r=abc", "08P01"],
    ["n,a=eve,n=,r=abc", "0A000"],
    ["n,,m=ext,n=,r=abc", "0A000"],
    ["n,,r=abc", "08P01"],
    ["n,,n=", "08P01"],
    ["n,,n=,r=a\u00e4", "08P01"],
    ["n,,n=,r=", "08P01"],
    ["", "08P01"],
    ["n", "08P01"],
  ])("the first message %j ends with %s", (first, sqlState) => {
    const wire = client("scram-sha-256");
    wire.send(hello());
    wire.send(serialize.sendSASLInitialResponseMessage("SCRAM-SHA-256", first));
    expect(short(wire.take()).at(-1)).toBe(`FATAL ${sqlState}`);
    expect(wire.ended).toBe(true);
  });

  test.each([
    ["another nonce", (m: string) => m.replace(/r=[^,]*/, "r=abc")],
    ["another binding", (m: string) => m.replace("c=biws", "c=eSws")],
    ["no proof", (m: string) => m.replace(/,p=.*/, "")],
    ["a short proof", (m: string) => m.replace(/,p=.*/, ",p=AAAA")],
    ["a proof that is not base64", (m: string) => m.replace(/,p=.*/, ",p=!")],
  ])("the final message with %s is refused", async (_, damage) => {
    const wire = client("scram-sha-256");
    wire.send(hello());
    const session = sasl.startSession(["SCRAM-SHA-256"]);
    wire.send(serialize.sendSASLInitialResponseMessage(session.mechanism, session.response));
    await sasl.continueSession(session, PASSWORD, wire.take().at(-1)?.["data"]);
    wire.send(serialize.sendSCRAMClientFinalMessage(damage(session.response)));
    expect(short(wire.take())).toEqual(["FATAL 08P01"]);
  });

  test("only one mechanism is offered, and no other is taken", () => {
    const wire = client("scram-sha-256");
    wire.send(hello());
    expect(wire.take().at(-1)?.["mechanisms"]).toEqual(["SCRAM-SHA-256"]);
    wire.send(serialize.sendSASLInitialResponseMessage("SCRAM-SHA-256-PLUS", "p=x,,n=,r=a"));
    expect(short(wire.take())).toEqual(["FATAL 08P01"]);
  });
});

describe("md5 and cleartext", () => {
  const md5 = makeMd5Verifier(PASSWORD, "ada", nodeCrypto);

  test("PostgreSQL 15.18 makes the same md5 of a password", () => {
    const made = "md536bcff31b062fd3833e9b5840188d723";
    expect(formatVerifier(makeMd5Verifier(PASSWORD, "md5_ada", nodeCrypto))).toBe(made);
  });

  test.each([
    ["ada", PASSWORD, "authenticationOk"],
    ["ada", "guess", "FATAL 28P01"],
    ["eve", PASSWORD, "FATAL 28P01"],
  ])("md5: %s with %j", (user, password, answer) => {
    const wire = client("md5", md5);
    wire.send(hello(user));
    const [challenge] = wire.take();
    expect(challenge?.name).toBe("authenticationMD5Password");
    const inner = makeMd5Verifier(password, user, nodeCrypto).hex;
    const bytes = Buffer.concat([Buffer.from(inner), challenge?.["salt"]]);
    wire.send(serialize.password(`md5${Buffer.from(nodeCrypto.md5(bytes)).toString("hex")}`));
    expect(short(wire.take())[0]).toBe(answer);
  });

  test("md5 asks for SCRAM when that is what is stored", async () => {
    expect(short(await scram(client("md5"), PASSWORD))).toContain("authenticationOk");
  });

  test.each([
    ["ada", PASSWORD, "authenticationOk"],
    ["ada", "guess", "FATAL 28P01"],
    ["ada", "", "FATAL 28P01"],
    ["eve", PASSWORD, "FATAL 28P01"],
  ])("cleartext: %s with %j", (user, password, answer) => {
    for (const verifier of [makeScramVerifier(PASSWORD, ports), md5]) {
      const wire = client("cleartext", verifier);
      wire.send(hello(user));
      expect(short(wire.take())).toEqual(["authenticationCleartextPassword"]);
      wire.send(serialize.password(password));
      expect(short(wire.take())[0]).toBe(answer);
    }
  });

  test("a verifier knows its password and no other", () => {
    for (const verifier of [makeScramVerifier(PASSWORD, ports), md5]) {
      expect(matchesVerifier(PASSWORD, "ada", verifier, nodeCrypto)).toBe(true);
      expect(matchesVerifier(`${PASSWORD} `, "ada", verifier, nodeCrypto)).toBe(false);
    }
  });
});

describe("who gets in without a password", () => {
  test("trust: a loopback peer with a role", () => {
    const wire = client("trust");
    wire.send(hello());
    expect(short(wire.take())).toEqual(["authenticationOk", "FATAL 3D000"]);
  });

  test("trust: nobody from elsewhere, whatever the authenticator says", () => {
    const wire = client("trust", null, { loopback: false });
    wire.send(hello());
    expect(short(wire.take())).toEqual(["FATAL 28000"]);
  });

  test("trust: no unknown user", () => {
    const wire = client("trust");
    wire.send(hello("eve"));
    expect(short(wire.take())).toEqual(["FATAL 28000"]);
  });

  test("reject", () => {
    const wire = client("reject");
    wire.send(hello());
    expect(short(wire.take())).toEqual(["FATAL 28000"]);
    expect(wire.ended).toBe(true);
  });

  test("roles may be looked up elsewhere", async () => {
    const wire = client("trust", null, {
      role: (name) => Promise.resolve({ name, verifier: null, superuser: false }),
    });
    wire.send(hello());
    expect(wire.take()).toEqual([]);
    expect(short(await wire.until("error"))).toEqual(["authenticationOk", "FATAL 3D000"]);
  });

  test("a lookup that fails ends the connection", async () => {
    const wire = client("trust", null, { role: () => Promise.reject(new Error("gone")) });
    wire.send(hello());
    expect(short(await wire.until("error"))).toEqual(["FATAL XX000"]);
  });
});

describe("what comes instead of a password", () => {
  test("another message", () => {
    const wire = client("cleartext");
    wire.send(hello(), serialize.query("select 1"));
    expect(short(wire.take()).at(-1)).toBe("FATAL 08P01");
  });

  test("a message that is too long, by its header alone", () => {
    const wire = client("cleartext");
    wire.send(hello(), new Uint8Array([0x70, 0, 1, 0, 0]));
    expect(short(wire.take()).at(-1)).toBe("FATAL 08P01");
  });

  test("bytes that are not UTF-8", () => {
    const wire = client("cleartext");
    wire.send(hello(), new Uint8Array([0x70, 0, 0, 0, 6, 0xff, 0]));
    expect(short(wire.take()).at(-1)).toBe("FATAL 22021");
  });

  test("a response with a length that lies", () => {
    const wire = client("scram-sha-256");
    const name = [...utf8("SCRAM-SHA-256"), 0];
    const body = [...name, 0x7f, 0xff, 0xff, 0xff];
    wire.send(hello(), new Uint8Array([0x70, 0, 0, 0, 4 + body.length, ...body]));
    expect(short(wire.take()).at(-1)).toBe("FATAL 08P01");
  });
});
