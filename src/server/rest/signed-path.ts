import { DosqlError } from "../../base/errors.ts";
import type { RestHost } from "./rest-host.ts";

/** Whoever asks for an address goes there at once; the token that asked may end soon. */
const VALID_MS = 600_000;
/** Names of scripts begin with the time, in a fixed width until the year 2286. */
const SCRIPT = /^\d{13}-[0-9a-f]{16,}$/;

/** A name for a script in transit. */
export function newScript(host: RestHost): string {
  return `${host.clock.nowMs()}-${host.randomHex()}`;
}

/**
 * Checks that a text is such a name.
 *
 * @throws DosqlError `invalid-argument`
 */
export function checkScript(text: unknown): string {
  if (typeof text === "string" && SCRIPT.test(text)) return text;
  throw new DosqlError("invalid-argument", "filename is what the upload was given");
}

/**
 * An address that needs no token: it allows one thing, with one script of one database of one
 * epoch, for ten minutes.
 *
 * @param path ends with the script's name
 */
export async function signedAddress(
  host: RestHost,
  base: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  const said = new URLSearchParams(query);
  const text = `${path}?${said.toString()}`;
  return `${base}${text}&signature=${await signatureOf(host, text)}`;
}

/** Whether somebody was given this address, less than ten minutes ago. */
export async function isSigned(
  host: RestHost,
  path: string,
  query: URLSearchParams,
): Promise<boolean> {
  const script = path.slice(path.lastIndexOf("/") + 1);
  const ageMs = host.clock.nowMs() - parseInt(script, 10);
  if (!SCRIPT.test(script) || ageMs > VALID_MS) return false;
  const said = new URLSearchParams(query.toString());
  said.delete("signature");
  // Two hashes of what is compared: where they part tells nothing about the signature.
  const [right, offered] = await Promise.all([
    signatureOf(host, await signatureOf(host, `${path}?${said.toString()}`)),
    signatureOf(host, query.get("signature") ?? ""),
  ]);
  return right === offered;
}

async function signatureOf(host: RestHost, text: string): Promise<string> {
  const bytes = await host.sign(`address ${text}`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
