/** An object that writes a line, and tells what it found in its environment. */
export interface Writing {
  write(): Promise<unknown>;
}

/** What the application's settings bind. */
export interface Env {
  readonly DB: D1Database;
  readonly ROOM: {
    idFromName(name: string): DurableObjectId;
    get(id: DurableObjectId): Writing;
  };
  readonly GREETING: string;
}
