import type { Alarm } from "../../ports/alarm.ts";

/** What the alarm needs of `ctx.storage`. */
export interface AlarmStorage {
  getAlarm(): Promise<number | null>;
  setAlarm(scheduledTime: number): Promise<void>;
}

/**
 * A Durable Object's one alarm. The runtime rings it again when the object was reset before its
 * handler ended. Nothing else may set it.
 */
export class ObjectAlarm implements Alarm {
  readonly #storage: AlarmStorage;
  #dueMs: number | null = null;

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  get dueMs(): number | null {
    return this.#dueMs;
  }

  /** What an earlier life of the object has set. Nothing may be set before that is known. */
  async load(): Promise<void> {
    this.#dueMs = await this.#storage.getAlarm();
  }

  /** Called in the event of a write, so that the runtime stores both or neither. */
  set(dueMs: number): void {
    this.#dueMs = dueMs;
    // The output gate waits for it; a storage that fails resets the object.
    this.#storage.setAlarm(dueMs).catch(() => undefined);
  }

  rang(): void {
    this.#dueMs = null;
  }
}
