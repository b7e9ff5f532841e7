/* For Drizzle's D1 tests: its `~/common`, and the packages `keyv` and `dotenv`. */

/** Nothing is left out. */
export function skipTests(): void {}

/** As much of a `Keyv` in memory as a test cache asks for. */
export default class Keyv {
  readonly #values = new Map<string, unknown>();

  async get(key: string): Promise<unknown> {
    return this.#values.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.#values.delete(key);
  }
}
