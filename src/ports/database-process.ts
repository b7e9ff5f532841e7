/**
 * A line between a program and the process that holds its database, as either end sees it. Both
 * wait for what they receive on their own thread, and speak in turns: nobody sends before the
 * other has nothing more to say.
 */
export interface MessageLine {
  /** Sends values as structured cloning knows them; to an end that is gone, nothing happens. */
  send(message: unknown): void;
  /** Waits for the next message. Null: the other end is gone. */
  receive(): unknown;
}

/** The program's end. */
export interface DatabaseProcess extends MessageLine {
  /** It is at something that was asked for ahead, and may take long. */
  ahead: boolean;
  /** Lets the process close its database, waits for that, and ends it; by force while ahead. */
  end(): void;
  /** Ends it in the middle of whatever it does. */
  kill(): void;
  /** Resolves in the next turn of the event loop. */
  turn(): Promise<void>;
  /**
   * Resolves when there may be news: the process has some or is gone, or somebody said so by
   * `stir`.
   *
   * @param withinMs it resolves so soon in any case, and keeps the program alive; null: it does
   * neither
   */
  news(withinMs: number | null): Promise<void>;
  /** Has those look who wait for news, in the next turn of the event loop. */
  stir(): void;
}

/** The process' end. */
export interface ProgramLine extends MessageLine {
  /** As `receive`, while the event loop turns. */
  receiveLater(): Promise<unknown>;
  /** Tells the program that there are news, whatever it does now. */
  nudge(): void;
  /** Lets the event loop turn: until `done`, and for a moment at most; or once. */
  turn(done: Promise<unknown> | null): Promise<void>;
  /** Something goes on here that would keep a program alive. */
  readonly busy: boolean;
  /** Goes where the program has gone: names of files are meant from there. */
  follow(folder: string): void;
  /** A steady reading, in milliseconds. */
  steadyMs(): number;
  readonly deadline: Deadline;
}

/** What ends the process when a request takes longer than it may. The program is told first. */
export interface Deadline {
  /** @param ms 0: none */
  set(ms: number): void;
  /** A request has come; one inside of another changes nothing. */
  begin(): void;
  /** It is answered: no end may come between this and the answer. */
  end(): void;
  /** What this request still does must not be cut off: nobody could say whether it was done. */
  spare(): void;
  /** The same for something to be said in the middle of it. */
  saying(say: () => void): void;
}
