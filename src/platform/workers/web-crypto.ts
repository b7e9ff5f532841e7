/** HMAC-SHA-256 of texts under one key. */
export function keyedHash(secret: string): (text: string) => Promise<Uint8Array> {
  const utf8 = new TextEncoder();
  const usage = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", utf8.encode(secret), usage, false, ["sign"]);
  return async (text) =>
    new Uint8Array(await crypto.subtle.sign("HMAC", await key, utf8.encode(text)));
}

/** SHA-256 of a text's UTF-8. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** An MD5 that is fed piece by piece; for the checksums of uploads only. */
export function runningMd5(): {
  update(bytes: Uint8Array): Promise<void>;
  end(): Promise<string>;
} {
  const stream = new crypto.DigestStream("MD5");
  const writer = stream.getWriter();
  return {
    update: (bytes) => writer.write(bytes),
    async end() {
      await writer.close();
      const digest = new Uint8Array(await stream.digest);
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
}

/** Random bytes as hexadecimal digits. */
export function randomHex(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
