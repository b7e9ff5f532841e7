import { DosqlError } from "../base/errors.ts";
import type { CliHost } from "./host.ts";

/** Any error as ours. What nobody translated is a bug. */
export function asDosqlError(error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DosqlError("bug", message, {
    hint: "please report this, with the output of the same command and --debug",
    cause: error,
  });
}

/** One clear line, a hint if there is one, the stack only when asked for. */
export async function reportError(host: CliHost, error: DosqlError, debug: boolean): Promise<void> {
  const lines = [`dosql: ${error.message}`];
  if (error.hint !== undefined) lines.push(`hint: ${error.hint}`);
  if (debug) lines.push(...stackLines(error));
  await host.err.write(`${lines.join("\n")}\n`);
}

function stackLines(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = error.stack === undefined ? [] : [error.stack];
  if (error.cause === undefined) return own;
  return [...own, "caused by:", ...stackLines(error.cause)];
}
