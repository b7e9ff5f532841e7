/** An object given by a user, read member by member. */
export type Given = Readonly<Record<string, unknown>>;

/** Whether `name in options` is `true`, by a boolean; false when it is absent. */
export function booleanOption(options: Given, name: string): boolean {
  if (!(name in options)) return false;
  const value = options[name];
  if (typeof value !== "boolean") {
    throw new TypeError(`Expected the "${name}" option to be a boolean`);
  }
  return value;
}

/** A member that is a function, or null when it is absent, null or undefined. */
export function functionOption(
  options: Given,
  name: string,
): ((...args: unknown[]) => unknown) | null {
  const value = options[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "function") {
    throw new TypeError(`Expected the "${name}" option to be a function`);
  }
  return value as (...args: unknown[]) => unknown;
}

/** A string that is not empty, or the default when it is absent. */
export function nameOption(options: Given, name: string, byDefault: string): string {
  if (!(name in options)) return byDefault;
  const value = options[name];
  if (typeof value !== "string")
    throw new TypeError(`Expected the "${name}" option to be a string`);
  if (value === "") throw new TypeError(`The "${name}" option cannot be an empty string`);
  return value;
}

/** The options object that an API method got; an empty one for null and undefined. */
export function optionsArgument(value: unknown, position: "first" | "second"): Given {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object") {
    throw new TypeError(`Expected ${position} argument to be an options object`);
  }
  return value as Given;
}

export function stringArgument(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("Expected first argument to be a string");
  return value;
}

/** A switch such as `raw()`: true when nothing was given. */
export function toggleArgument(args: readonly unknown[]): boolean {
  if (args.length === 0) return true;
  const [value] = args;
  if (typeof value !== "boolean") throw new TypeError("Expected first argument to be a boolean");
  return value;
}
