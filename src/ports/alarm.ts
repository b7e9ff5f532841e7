/** One call that comes at a time, also when the process that asked for it is gone by then. */
export interface Alarm {
  /** When it comes, in milliseconds since 1970; null while none is set. */
  readonly dueMs: number | null;
  /** Takes the place of the one that is set. Durable together with what was written before. */
  set(dueMs: number): void;
  /** It came: none is set any more. */
  rang(): void;
}
