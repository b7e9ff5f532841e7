import { DosqlError } from "../../base/errors.ts";
import type { RestHost } from "./rest-host.ts";

/** As D1's: an hour. */
const VALID_MS = 3_600_000;
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

/** What an address allows: one thing, with one script of one database, for an hour. */
export async function signatureOf(host: RestHost, path: string): Promise<string> {
  const bytes = await host.sign(`address ${path}`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether somebody was given this address, less than an hour ago. */
export async function isSigned(
  host: RestHost,
  path: string,
  script: string,
  given: string,
): Promise<boolean> {
  const ageMs = host.clock.nowMs() - parseInt(script, 10);
  if (!SCRIPT.test(script) || ageMs > VALID_MS) return false;
  // Two hashes of what is compared: where they part tells nothing about the signature.
  const [right, offered] = await Promise.all([
    signatureOf(host, await signatureOf(host, path)),
    signatureOf(host, given),
  ]);
  return right === offered;
}
