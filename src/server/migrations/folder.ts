import { DosqlError } from "../../base/errors.ts";
import type { Files } from "../../ports/files.ts";
import { journalFile } from "./drizzle-journal.ts";
import { USUAL_TABLES } from "./migration.ts";
import type { MigrationFormat, MigrationLayout } from "./migration.ts";
import { readWranglerConfig } from "./wrangler-config.ts";
import type { D1Settings, WranglerConfig } from "./wrangler-config.ts";

/** What the user said; the rest is found out. */
export interface FolderChoice {
  /** Where wrangler's settings and the usual folders are looked for. */
  readonly base: string;
  readonly folder?: string | undefined;
  readonly format?: MigrationFormat | undefined;
  readonly table?: string | undefined;
}

/** A folder of migrations: how it is laid out, and the table that keeps its books. */
export interface MigrationFolder {
  readonly path: string;
  readonly layout: MigrationLayout;
  readonly table: string;
  /** Whether a migration is a file, or a folder that holds `migration.sql`. */
  readonly holds: "files" | "folders";
}

/** The file inside a folder that is one migration. */
export const FOLDER_MIGRATION = "migration.sql";

const PLAIN_FOLDER = ".do/migrations";
const WRANGLER_FOLDER = "migrations";
const DRIZZLE_FOLDER = "drizzle";

/**
 * Finds the folder of migrations, by what was chosen, by wrangler's settings, by the usual names.
 *
 * @throws DosqlError `bad-file` when there is none, or not of the format chosen; `invalid-argument`
 * when there are several, or whose it is cannot be told
 */
export function findFolder(files: Files, choice: FolderChoice): MigrationFolder {
  const finder = new FolderFinder(files, choice);
  if (choice.folder === undefined) return finder.describe(finder.find());
  if (files.info(choice.folder)?.kind === "folder") return finder.describe(choice.folder);
  throw new DosqlError("bad-file", `there is no folder ${choice.folder}`, {
    hint: "dosql migrate new NAME makes it",
  });
}

/**
 * The folder for a new migration: the one that is there, or the one to make.
 *
 * @throws DosqlError as `findFolder`, but not when there is none
 */
export function folderForNew(files: Files, choice: FolderChoice): MigrationFolder {
  const finder = new FolderFinder(files, choice);
  const path = choice.folder ?? finder.findAny();
  return path === null ? finder.first() : finder.describe(path);
}

class FolderFinder {
  readonly #files: Files;
  readonly #choice: FolderChoice;
  readonly #config: WranglerConfig | null;

  constructor(files: Files, choice: FolderChoice) {
    this.#files = files;
    this.#choice = choice;
    this.#config = readWranglerConfig(files, choice.base);
  }

  find(): string {
    const found = this.findAny();
    if (found !== null) return found;
    const { format } = this.#choice;
    const what = format === undefined ? "" : ` of the format ${format}`;
    const usual = this.#usual().join(", ");
    throw new DosqlError("bad-file", `there is no folder of migrations${what}`, {
      hint: `looked for ${usual}; name it by --folder, or begin with dosql migrate new NAME`,
    });
  }

  /** The one usual folder that is there and of the format asked for; null when there is none. */
  findAny(): string | null {
    const there = this.#usual().filter((path) => this.#isFolder(path) && this.#fits(path));
    const filled = there.filter((path) => this.#isFilled(path));
    const [found = there[0] ?? null, ...others] = filled;
    if (others.length === 0) return found;
    const all = filled.join(", ");
    throw new DosqlError("invalid-argument", `several folders hold migrations: ${all}`, {
      hint: "choose one by --folder",
    });
  }

  /** The folder to begin with where there is none. */
  first(): MigrationFolder {
    const format = this.#choice.format ?? (this.#config === null ? "plain" : "wrangler");
    const [configured = this.#inBase(WRANGLER_FOLDER)] = this.#configured();
    return this.describe(format === "plain" ? this.#inBase(PLAIN_FOLDER) : configured, format);
  }

  describe(path: string, format: MigrationFormat | null = this.#formatOf(path)): MigrationFolder {
    if (this.#has(path, "migration_lock.toml")) {
      throw new DosqlError("unsupported", `${path} is Prisma's folder of migrations`, {
        hint: "dosql migrate knows wrangler's, drizzle's and plain folders",
      });
    }
    if (format === null) {
      throw new DosqlError("invalid-argument", `whose migrations ${path} holds cannot be told`, {
        hint: "say --format wrangler, drizzle or plain",
      });
    }
    const { table } = this.#choice;
    if (format === "plain") {
      return { path, layout: "plain", table: table ?? USUAL_TABLES.plain, holds: "files" };
    }
    if (format === "drizzle") {
      return { path, ...this.#drizzleLayout(path), table: table ?? USUAL_TABLES.drizzle };
    }
    const databases = this.#databases(path);
    return {
      path,
      layout: "wrangler",
      table: table ?? this.#agreed(databases, "table") ?? USUAL_TABLES.wrangler,
      holds: heldBy(this.#agreed(databases, "pattern"), databases[0]?.dir ?? WRANGLER_FOLDER),
    };
  }

  #usual(): string[] {
    const standard = [WRANGLER_FOLDER, DRIZZLE_FOLDER, PLAIN_FOLDER];
    const all = [...this.#configured(), ...standard.map((name) => this.#inBase(name))];
    return [...new Map(all.map((path) => [this.#files.absolute(path), path])).values()];
  }

  #configured(): string[] {
    return (this.#config?.databases ?? []).map(({ dir }) => this.#inBase(dir ?? WRANGLER_FOLDER));
  }

  #inBase(name: string): string {
    const path = name.replace(/(?<=.)[\\/]+$/, "");
    return /^(?:[\\/]|[a-z]:)/i.test(path) ? path : this.#files.join(this.#choice.base, path);
  }

  /** The D1 databases whose migrations lie in a folder. */
  #databases(path: string): readonly D1Settings[] {
    const absolute = this.#files.absolute(path);
    return (this.#config?.databases ?? []).filter(
      ({ dir }) => this.#files.absolute(this.#inBase(dir ?? WRANGLER_FOLDER)) === absolute,
    );
  }

  #formatOf(path: string): MigrationFormat | null {
    const { format } = this.#choice;
    if (format !== undefined) return format;
    // Wrangler applies what its settings name, also when drizzle-kit wrote it.
    if (this.#databases(path).some(({ dir }) => dir !== null)) return "wrangler";
    if (this.#isDrizzles(path)) return "drizzle";
    if (this.#endsWith(path, PLAIN_FOLDER)) return "plain";
    return this.#isWranglers(path) ? "wrangler" : null;
  }

  #fits(path: string): boolean {
    switch (this.#choice.format) {
      case undefined:
        return this.#formatOf(path) !== null;
      case "wrangler":
        return this.#isWranglers(path);
      case "drizzle":
        return this.#isDrizzles(path);
      case "plain":
        return this.#endsWith(path, PLAIN_FOLDER);
    }
  }

  #isWranglers(path: string): boolean {
    if (this.#databases(path).length > 0) return true;
    return this.#endsWith(path, WRANGLER_FOLDER) && !this.#endsWith(path, PLAIN_FOLDER);
  }

  #isDrizzles(path: string): boolean {
    return this.#files.info(journalFile(this.#files, path)) !== null || this.#holdsFolders(path);
  }

  #isFilled(path: string): boolean {
    if (this.#isDrizzles(path)) return true;
    return this.#files.list(path).some((name) => name.endsWith(".sql"));
  }

  #holdsFolders(path: string): boolean {
    if (!this.#isFolder(path)) return false;
    return this.#files.list(path).some((name) => this.#has(path, name, FOLDER_MIGRATION));
  }

  #drizzleLayout(path: string): Pick<MigrationFolder, "layout" | "holds"> {
    if (this.#files.info(journalFile(this.#files, path)) !== null) {
      return { layout: "drizzle-journal", holds: "files" };
    }
    if (this.#holdsFolders(path)) return { layout: "drizzle-folders", holds: "folders" };
    throw new DosqlError("bad-file", `${path} is no folder of drizzle's`, {
      hint: "drizzle-kit generate makes one: meta/_journal.json, or a folder per migration",
    });
  }

  /** A setting, when all databases that share the folder agree on it. */
  #agreed(databases: readonly D1Settings[], key: "table" | "pattern"): string | null {
    const [first = null, ...others] = new Set(databases.map((database) => database[key]));
    if (others.length === 0) return first;
    const names = databases.map(({ binding }) => binding ?? "?").join(", ");
    const file = this.#config?.file ?? "";
    throw new DosqlError(
      "invalid-argument",
      `${file}: ${names} share a folder, but not their migrations_${key}`,
      { hint: key === "table" ? "choose one by --table" : "give each its own migrations_dir" },
    );
  }

  #isFolder(path: string): boolean {
    return this.#files.info(path)?.kind === "folder";
  }

  #has(...parts: readonly string[]): boolean {
    return this.#files.info(this.#files.join(...parts)) !== null;
  }

  #endsWith(path: string, folder: string): boolean {
    const absolute = this.#files.absolute(path).replaceAll("\\", "/");
    return `/${absolute}`.endsWith(`/${folder}`);
  }
}

function heldBy(pattern: string | null, folder: string): "files" | "folders" {
  if (pattern === null) return "files";
  const clean = (text: string): string => text.replaceAll("\\", "/").replace(/^\.\//, "");
  const dir = clean(folder).replace(/\/+$/, "");
  if (clean(pattern) === `${dir}/*.sql`) return "files";
  if (clean(pattern) === `${dir}/*/${FOLDER_MIGRATION}`) return "folders";
  throw new DosqlError("unsupported", `migrations_pattern ${JSON.stringify(pattern)}`, {
    hint: `known are ${dir}/*.sql and ${dir}/*/${FOLDER_MIGRATION}`,
  });
}
