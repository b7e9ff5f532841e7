/** An error as D1 throws it: the prefix before the message, the bare message as its cause. */
export function d1Error(prefix: string, message: string, cause?: unknown): Error {
  return new Error(`${prefix}: ${message}`, { cause: new Error(message, { cause }) });
}
