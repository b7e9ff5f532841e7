/** What the API tells of a statement. */
export interface RestResult {
  readonly success: true;
  readonly meta: {
    readonly duration: number;
    readonly rows_read: number;
    readonly rows_written: number;
    readonly size_after: number;
  };
  readonly results: unknown;
}
