/** What mocha's reporter `json` says. */
export interface Report {
  readonly stats: { readonly tests: number; readonly passes: number };
  readonly failures: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string };
  }[];
}
