import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

/** What a server that asks for md5 wants to hear. */
export function md5Password(password: string, user: string, salt: Uint8Array): string {
  const inner = createHash("md5").update(password).update(user).digest("hex");
  return `md5${createHash("md5").update(inner).update(salt).digest("hex")}`;
}

const NONCE_BYTES = 18;
/** More rounds than this no honest server asks for; each connection would take seconds. */
const MOST_ROUNDS = 1_000_000;

/** The client's side of SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677). */
export class ScramClient {
  readonly #password: string;
  readonly #nonce = randomBytes(NONCE_BYTES).toString("base64");
  #serverSignature: Buffer | null = null;

  constructor(password: string) {
    // Postgres prepares passwords so (SASLprep); for those of ASCII nothing changes.
    this.#password = password.normalize("NFKC");
  }

  /** The first message; the server knows the user by the startup packet. */
  get first(): string {
    return `n,,n=,r=${this.#nonce}`;
  }

  /** The answer to the server's first message. */
  final(serverFirst: string): string {
    const [, nonce = "", salt = "", rounds = ""] =
      /^r=([^,]*),s=([^,]*),i=(\d+)/.exec(serverFirst) ?? [];
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce || Number(rounds) > MOST_ROUNDS) {
      throw new Error("the server's password exchange is malformed");
    }
    const salted = pbkdf2Sync(
      this.#password,
      Buffer.from(salt, "base64"),
      Number(rounds),
      32,
      "sha256",
    );
    const clientKey = hmac(salted, "Client Key");
    const withoutProof = `c=biws,r=${nonce}`;
    const signed = `n=,r=${this.#nonce},${serverFirst},${withoutProof}`;
    const signature = hmac(createHash("sha256").update(clientKey).digest(), signed);
    const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0)));
    this.#serverSignature = hmac(hmac(salted, "Server Key"), signed);
    return `${withoutProof},p=${proof.toString("base64")}`;
  }

  /** Whether the server has proved that it knows the password, too. */
  verifies(serverFinal: string): boolean {
    const given = Buffer.from(/^v=([^,]*)/.exec(serverFinal)?.[1] ?? "", "base64");
    const expected = this.#serverSignature;
    return (
      expected !== null && given.length === expected.length && timingSafeEqual(given, expected)
    );
  }
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
