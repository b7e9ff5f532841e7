import { DosqlError } from "../../base/errors.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Which tables of a database are captured. */
export interface CaptureSetting {
  readonly mode: "on" | "off";
  /** Tables left out while the mode is `on`. Names ignore case. */
  readonly except: readonly string[];
}

export const CAPTURE_ON: CaptureSetting = { mode: "on", except: [] };
export const CAPTURE_OFF: CaptureSetting = { mode: "off", except: [] };

/**
 * What a caller asks for.
 *
 * @throws DosqlError `invalid-argument`
 */
export function captureSetting(
  asked: "on" | "off" | { readonly except: readonly string[] },
): CaptureSetting {
  if (asked === "on") return CAPTURE_ON;
  if (asked === "off") return CAPTURE_OFF;
  const except = (asked as { readonly except?: unknown } | null)?.except;
  if (Array.isArray(except) && except.every((name) => typeof name === "string" && name !== "")) {
    return { mode: "on", except };
  }
  throw new DosqlError("invalid-argument", "capture is neither on, off nor { except: [tables] }");
}

export function isCaptured({ mode, except }: CaptureSetting, table: string): boolean {
  return mode === "on" && !except.some((name) => foldName(name) === foldName(table));
}

/** What is captured behind a commit entry, where it changes that; null else. */
export function settingFrom({ values }: Pick<LogEntry, "values">): CaptureSetting | null {
  const text = values[5];
  return typeof text === "string" ? (JSON.parse(text) as CaptureSetting) : null;
}

export function sameSetting(a: CaptureSetting, b: CaptureSetting): boolean {
  return a.mode === b.mode && a.except.join("\0") === b.except.join("\0");
}
