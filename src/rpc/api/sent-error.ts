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

/** Longer messages quote what the client wrote. */
const LONGEST_MESSAGE = 4096;

/**
 * An error as it may be kept: the server has it until the client lets its call go, asked or not.
 * It holds nothing of the call, as an error does by its cause and by a stack that nobody has read.
 */
export function keptError(error: unknown): DosqlError {
  const { code, message, ...details } = errorFields(error);
  const text = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
  // Written and read, or a part of a text would hold the whole.
  const part = JSON.parse(JSON.stringify(text)) as string;
  const kept = new DosqlError(error instanceof DosqlError ? code : "protocol", part, details);
  // Read once, it is a text.
  void kept.stack;
  return kept;
}
