/** What one prompt was answered with. */
export type LineEvent =
  | { readonly kind: "line"; readonly text: string }
  /** Ctrl-C while typing: the line is dropped. */
  | { readonly kind: "interrupt" }
  /** Ctrl-D, or the end of the input. */
  | { readonly kind: "end" };

/** A line editor with history. */
export interface LineReader {
  read(prompt: string): Promise<LineEvent>;
  /** Ctrl-C while no prompt waits for an answer. */
  onInterrupt(listener: () => void): void;
  close(): void;
}

/** Where text goes: standard output or standard error. */
export interface TextSink {
  /** Resolves when the reader has room again; rejects with `io` when it is gone. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Width in columns, asked afresh; null when it is no terminal. */
  readonly widthColumns: number | null;
}
