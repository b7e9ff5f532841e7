import type { Clock } from "../ports/clock.ts";
import type { TextSink } from "../ports/terminal.ts";
import { clip } from "./text-width.ts";

/** A terminal is redrawn this often: smooth for the eye, cheap for the work. */
const REDRAW_MS = 100;
/** Without a terminal one line now and then shows that something happens. */
const LINE_MS = 5_000;
const BAR_CELLS = 24;

/** How far a long command has come. */
export interface Progress {
  /** Between 0 and 1, or null when the end is not known. */
  update(part: number | null, note: string): Promise<void>;
  /** Takes the bar away. */
  clear(): Promise<void>;
}

/** A bar on a terminal, plain lines elsewhere. */
export function progressOn(sink: TextSink, clock: Clock, title: string): Progress {
  let shownMs = sink.isTerminal ? Number.NEGATIVE_INFINITY : clock.monotonicMs();
  let drawn = false;
  return {
    async update(part, note) {
      const nowMs = clock.monotonicMs();
      if (nowMs - shownMs < (sink.isTerminal ? REDRAW_MS : LINE_MS)) return;
      shownMs = nowMs;
      const percent = part === null ? "" : `${Math.floor(Math.min(1, part) * 100)} %`;
      if (!sink.isTerminal) {
        await sink.write(`${[title, percent, note].filter((text) => text !== "").join("  ")}\n`);
        return;
      }
      const line = [title, part === null ? "" : bar(part), percent, note];
      const text = line.filter((word) => word !== "").join("  ");
      drawn = true;
      await sink.write(`\r\x1b[K${clip(text, (sink.widthColumns || 80) - 1)}`);
    },
    async clear() {
      if (drawn) await sink.write("\r\x1b[K");
      drawn = false;
    },
  };
}

function bar(part: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, part)) * BAR_CELLS);
  return `[${"#".repeat(full)}${"·".repeat(BAR_CELLS - full)}]`;
}

/** Bytes for a reader. */
export function bytesText(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = sizeBytes / 1_000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ""}`;
}

/** A count with separators. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** A duration for a reader. */
export function durationText(durationMs: number): string {
  if (durationMs < 1_000) return `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`;
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
