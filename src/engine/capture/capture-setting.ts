/** Which tables of a database are captured. */
export interface CaptureSetting {
  readonly mode: "on" | "off";
  /** Tables left out while the mode is `on`. Names ignore case. */
  readonly except: readonly string[];
}

export const CAPTURE_ON: CaptureSetting = { mode: "on", except: [] };
export const CAPTURE_OFF: CaptureSetting = { mode: "off", except: [] };

export function isCaptured({ mode, except }: CaptureSetting, table: string): boolean {
  return mode === "on" && !except.some((name) => name.toLowerCase() === table.toLowerCase());
}
