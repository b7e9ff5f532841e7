/** What every benchmark prints: ratios of one run, a table for people or JSON for programs. */
import { cpus, totalmem } from "node:os";

/** One comparison of ours with a reference. */
export interface Measurement {
  /** What was done, as `select, prepared, 8 clients`. */
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly reference: number;
  /** Ours to the reference's; more is better. */
  readonly ratio: number;
  /** The lowest and the highest ratio of the rounds: how far to trust the one above. */
  readonly range?: readonly [lowest: number, highest: number];
  /** The ratio wanted, or null for what is only reported. */
  readonly target: number | null;
}

/** A whole run. */
export interface BenchReport {
  readonly title: string;
  readonly date: string;
  readonly machine: string;
  /** Names and durability settings of both sides, and what else a reader must know. */
  readonly notes: readonly string[];
  readonly measurements: readonly Measurement[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The value that this share of all values does not pass. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Processor, memory and Node, without names of the machine. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${cpus().length} × ${model}, ${memory}, ${process.platform}, Node ${process.version}`;
}

/** Today, as reports quote it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function printReport(report: BenchReport, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify(report, null, 2));
    return;
  }
  console.log(`\n${report.title}, ${report.date}`);
  console.log(report.machine);
  for (const note of report.notes) console.log(note);
  console.log("");
  const head = ["", "unit", "DoSQL", "reference", "ratio", "rounds", "target"];
  const body = report.measurements.map((one) => [
    one.name,
    one.unit,
    amount(one.ours),
    amount(one.reference),
    one.ratio.toFixed(2),
    one.range === undefined ? "-" : one.range.map((ratio) => ratio.toFixed(2)).join("–"),
    target(one),
  ]);
  for (const line of aligned([head, ...body])) console.log(line);
}

function target({ target: wanted, ratio }: Measurement): string {
  if (wanted === null) return "-";
  return `${wanted.toFixed(2)} ${ratio >= wanted ? "met" : "MISSED"}`;
}

function amount(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value.toPrecision(3);
}

/** The first two columns to the left, numbers to the right, the last one to the left. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 || column === columns - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
