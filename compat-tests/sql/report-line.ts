/** One measured number of a corpus report. */
export interface ReportLine {
  /** What was compared, as in `sqlite committed: accept/reject`. */
  readonly name: string;
  /** How many comparisons were made. */
  readonly count: number;
  /** How many of them agreed. */
  readonly agreed: number;
  /** `agreed` of `count`, from 0 to 100; 100 where nothing was compared. */
  readonly percent: number;
  /** Seeds, what was excluded and why, and the first differences: one text for each line. */
  readonly detail: readonly string[];
}

/** A report line with its percentage worked out. */
export function reportLine(
  name: string,
  count: number,
  agreed: number,
  detail: readonly string[] = [],
): ReportLine {
  return { name, count, agreed, percent: count === 0 ? 100 : (100 * agreed) / count, detail };
}
