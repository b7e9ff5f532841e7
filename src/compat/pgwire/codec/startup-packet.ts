import { DosqlError } from "../../../base/errors.ts";
import type { FieldReader } from "./fields.ts";

/** The newest protocol spoken here, as the client writes it: major in the high half. */
export const NEWEST_PROTOCOL = 0x0003_0002;

const CANCEL_REQUEST = 0x04d2_162e;
const SSL_REQUEST = 0x04d2_162f;
const GSSENC_REQUEST = 0x04d2_1630;

/** The longest cancel key that the protocol allows (3.2). */
const MAX_CANCEL_KEY_BYTES = 256;

/** A packet that comes before the session starts. */
export type StartupPacket =
  | { readonly kind: "ssl" }
  | { readonly kind: "gssenc" }
  | { readonly kind: "cancel"; readonly processId: number; readonly key: Uint8Array }
  | {
      readonly kind: "startup";
      /** Major version in the high half, minor in the low one. */
      readonly protocol: number;
      /** Names and values in the order they came. */
      readonly parameters: readonly (readonly [name: string, value: string])[];
    };

/** Reads a packet whose length has been checked. */
export function readStartupPacket(body: FieldReader): StartupPacket {
  const code = body.int32();
  if (code === SSL_REQUEST) return { kind: "ssl" };
  if (code === GSSENC_REQUEST) return { kind: "gssenc" };
  if (code === CANCEL_REQUEST) return readCancel(body);
  const parameters: (readonly [string, string])[] = [];
  // Another major version may lay out the rest differently: the version alone is looked at.
  if (code >>> 16 !== NEWEST_PROTOCOL >>> 16)
    return { kind: "startup", protocol: code, parameters };
  for (;;) {
    if (body.remaining === 0) throw malformed();
    const name = body.cstring();
    if (name === "") break;
    parameters.push([name, body.cstring()]);
  }
  if (body.remaining !== 0) throw malformed();
  return { kind: "startup", protocol: code, parameters };
}

function readCancel(body: FieldReader): StartupPacket {
  const processId = body.int32();
  if (body.remaining < 1 || body.remaining > MAX_CANCEL_KEY_BYTES) {
    throw new DosqlError("protocol", "invalid length of cancel request packet");
  }
  return { kind: "cancel", processId, key: body.bytes(body.remaining) };
}

function malformed(): DosqlError {
  return new DosqlError(
    "protocol",
    "invalid startup packet layout: expected terminator as last byte",
  );
}
