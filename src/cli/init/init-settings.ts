/** What an entry of the settings may hold. */
export type SettingValue =
  | string
  | readonly SettingValue[]
  | { readonly [key: string]: SettingValue };

/** An entry of a list in the settings, as `{ name: "DOSQL", class_name: "DoSQLShard" }`. */
export type SettingEntry = Readonly<Record<string, SettingValue>>;

/** Lists of the settings that take entries: keys from the root, joined by points. */
export type SettingList =
  | "d1_databases"
  | "durable_objects.bindings"
  | "migrations"
  | "unsafe.bindings";

/**
 * Wrangler's settings as a text in which single things are changed; every other character,
 * comments too, stays where it is. Only the top level: `env.*` has bindings of its own.
 */
export interface Settings {
  readonly text: string;
  /** The value of a string at the root; null when there is none. */
  string(key: string): string | null;
  setString(key: string, value: string): void;
  /** The strings of a list's entries: other values are left out. */
  entries(list: SettingList): readonly ReadonlyMap<string, string>[];
  append(list: SettingList, entry: SettingEntry): void;
  /** Changes a string of the list's entry at `index`. */
  setInEntry(list: SettingList, index: number, key: string, value: string): void;
  /** Whether a migration makes the Durable Object class, with SQLite as its storage. */
  makesClass(name: string): boolean;
  flags(): readonly string[];
  addFlag(flag: string): void;
  /** Whether there are sections for single environments. */
  hasEnvironments(): boolean;
}
