import { DosqlError, errorFields } from "../../base/errors.ts";

/**
 * An error as it goes over the wire: the fields of `DosqlError` and nothing else, neither causes
 * nor stacks. What is no error of ours is the RPC's own complaint about a message.
 */
export function sentError(error: Error): Error {
  const sent =
    error instanceof DosqlError
      ? new DosqlError(error.code, error.message, errorFields(error))
      : new DosqlError("protocol", error.message);
  delete sent.stack;
  return sent;
}
