import { DosqlError } from "../../base/errors.ts";
import type { Files } from "../../ports/files.ts";
import { membersOf, parseJsonc } from "./jsonc.ts";
import { tomlTables } from "./toml-tables.ts";

/** What wrangler's settings say of a D1 database; null where they say nothing. */
export interface D1Settings {
  readonly binding: string | null;
  readonly dir: string | null;
  readonly table: string | null;
  /** Which files below `dir` are migrations, as a pattern that begins with `dir`. */
  readonly pattern: string | null;
}

/** Wrangler's settings as far as migrations go. */
export interface WranglerConfig {
  readonly file: string;
  readonly databases: readonly D1Settings[];
}

/** In wrangler's own order of preference. */
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/**
 * The D1 databases in the wrangler settings of a folder, or null when there are none. Settings of
 * single environments are not looked at.
 *
 * @throws DosqlError `bad-file` when the file cannot be read
 */
export function readWranglerConfig(files: Files, folder: string): WranglerConfig | null {
  for (const name of NAMES) {
    const file = files.join(folder, name);
    const text = files.readText(file);
    if (text === null) continue;
    const databases = name.endsWith(".toml") ? fromToml(file, text) : fromJson(file, text);
    return databases.length === 0 ? null : { file, databases };
  }
  return null;
}

function fromToml(file: string, text: string): D1Settings[] {
  const tables = tomlTables(text, "d1_databases");
  if (tables === null) {
    throw new DosqlError(
      "unsupported",
      `${file}: d1_databases is not written as [[d1_databases]]`,
      {
        hint: "write it so, or name the folder and the table by --folder, --format and --table",
      },
    );
  }
  return tables.map((table) =>
    settings(file, (key) => (table.has(key) ? table.get(key) : undefined)),
  );
}

function fromJson(file: string, text: string): D1Settings[] {
  const databases = membersOf(parseJsonc(file, text))["d1_databases"];
  if (!Array.isArray(databases)) return [];
  return databases.map((entry: unknown) => {
    const members = membersOf(entry);
    return settings(file, (key) => members[key]);
  });
}

function settings(file: string, value: (key: string) => unknown): D1Settings {
  const text = (key: string): string | null => {
    const found = value(key);
    if (found === undefined) return null;
    if (typeof found === "string" && found !== "") return found;
    throw new DosqlError("bad-file", `${file}: ${key} is not a string`);
  };
  return {
    binding: text("binding"),
    dir: text("migrations_dir"),
    table: text("migrations_table"),
    pattern: text("migrations_pattern"),
  };
}
