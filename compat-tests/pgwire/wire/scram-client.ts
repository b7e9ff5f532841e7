import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/** The client's side of SCRAM-SHA-256 (RFC 5802, 7677) without channel binding. */
export class ScramClient {
  readonly #password: string;
  readonly #nonce = randomBytes(18).toString("base64");
  #serverSignature = "";

  constructor(password: string) {
    this.#password = password;
  }

  /** The first message; the name is empty, because Postgres takes it from the startup packet. */
  first(): string {
    return `n,,${this.#bare()}`;
  }

  /** The answer to the server's first message. */
  final(serverFirst: string): string {
    const fields = attributes(serverFirst);
    const nonce = fields["r"] ?? "";
    if (!nonce.startsWith(this.#nonce)) throw new Error("the server changed the client's nonce");
    const salt = Buffer.from(fields["s"] ?? "", "base64");
    const salted = pbkdf2Sync(this.#password, salt, Number(fields["i"]), 32, "sha256");
    const clientKey = hmac(salted, "Client Key");
    const storedKey = createHash("sha256").update(clientKey).digest();
    const withoutProof = `c=biws,r=${nonce}`;
    const signed = `${this.#bare()},${serverFirst},${withoutProof}`;
    const signature = hmac(storedKey, signed);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
    this.#serverSignature = hmac(hmac(salted, "Server Key"), signed).toString("base64");
    return `${withoutProof},p=${proof.toString("base64")}`;
  }

  /** Whether the server, too, knows the password. */
  accepts(serverFinal: string): boolean {
    return attributes(serverFinal)["v"] === this.#serverSignature;
  }

  #bare(): string {
    return `n=,r=${this.#nonce}`;
  }
}

function attributes(message: string): Record<string, string> {
  return Object.fromEntries(message.split(",").map((part) => [part.slice(0, 1), part.slice(2)]));
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
