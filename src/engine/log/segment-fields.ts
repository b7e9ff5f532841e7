import { DosqlError } from "../../base/errors.ts";

/** Reads the fields of a JSON value that may be anything. */
export class FieldReader {
  readonly #value: unknown;
  readonly #what: string;
  readonly #path: string;

  private constructor(value: unknown, what: string, path: string) {
    this.#value = value;
    this.#what = what;
    this.#path = path;
  }

  /** @throws DosqlError `bad-file` for a text that is no JSON */
  static parse(text: string, what: string): FieldReader {
    try {
      return new FieldReader(JSON.parse(text) as unknown, what, "header");
    } catch (cause) {
      throw new DosqlError("bad-file", `${what} is damaged: its header is no JSON`, { cause });
    }
  }

  /** The error of a field that is not what it should be. */
  wrong(name: string): DosqlError {
    return new DosqlError("bad-file", `${this.#what} is damaged: ${this.#path}.${name} is wrong`);
  }

  text(name: string): string {
    const value = this.#field(name);
    if (typeof value !== "string") throw this.wrong(name);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#field(name);
    if (typeof value !== "boolean") throw this.wrong(name);
    return value;
  }

  /** A whole number from 0 on. */
  whole(name: string): number {
    return this.#at(name).itself();
  }

  /** A whole number of any sign. */
  integer(name: string): number {
    const value = this.#field(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw this.wrong(name);
    return value;
  }

  nullableText(name: string): string | null {
    return this.#field(name) === null ? null : this.text(name);
  }

  part<T>(name: string, read: (fields: FieldReader) => T): T {
    return read(this.#at(name));
  }

  nullable<T>(name: string, read: (fields: FieldReader) => T): T | null {
    return this.#field(name) === null ? null : read(this.#at(name));
  }

  list<T>(name: string, read: (fields: FieldReader) => T): T[] {
    return this.#at(name).items().map(read);
  }

  /** The value itself, a whole number from 0 on. */
  itself(): number {
    const value = this.#value;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.wrong("value");
  }

  /** The value itself, a text. */
  itselfText(): string {
    if (typeof this.#value === "string") return this.#value;
    throw this.wrong("value");
  }

  /** The members of the value itself, a list. */
  items(): FieldReader[] {
    if (!Array.isArray(this.#value)) throw this.wrong("value");
    return this.#value.map(
      (item: unknown, i) => new FieldReader(item, this.#what, `${this.#path}[${i}]`),
    );
  }

  #at(name: string): FieldReader {
    return new FieldReader(this.#field(name), this.#what, `${this.#path}.${name}`);
  }

  #field(name: string): unknown {
    const value = this.#value;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) {
      throw this.wrong(name);
    }
    return (value as Record<string, unknown>)[name];
  }
}
