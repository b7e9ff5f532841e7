import { DosqlError } from "../../base/errors.ts";
import type { Files } from "../../ports/files.ts";
import { membersOf, parseJsonc } from "./jsonc.ts";

/** One entry of drizzle's `meta/_journal.json`. */
export interface JournalEntry {
  readonly idx: number;
  readonly whenMs: number;
  /** The file's name without `.sql`. */
  readonly tag: string;
}

/** Drizzle's journal; `members` is all of it as it was read, to be written back. */
export interface Journal {
  readonly file: string;
  readonly entries: readonly JournalEntry[];
  readonly members: Readonly<Record<string, unknown>>;
}

/** The dialects whose files are SQLite's SQL. */
const DIALECTS = new Set<unknown>(["sqlite", "turso"]);

/** Where the journal of a folder is, whether or not it is there. */
export function journalFile(files: Files, folder: string): string {
  return files.join(folder, "meta", "_journal.json");
}

/**
 * Reads the journal of a drizzle folder.
 *
 * @throws DosqlError `bad-file` when it is no journal, `unsupported` for another dialect
 */
export function readJournal(files: Files, folder: string): Journal {
  const file = journalFile(files, folder);
  const text = files.readText(file);
  if (text === null) throw new DosqlError("bad-file", `${file} does not exist`);
  const members = membersOf(parseJsonc(file, text));
  const { dialect, entries } = members;
  if (!DIALECTS.has(dialect)) {
    throw new DosqlError(
      "unsupported",
      `${file} is of drizzle's dialect ${JSON.stringify(dialect)}`,
      {
        hint: "only migrations for sqlite can be applied here",
      },
    );
  }
  if (!Array.isArray(entries)) throw new DosqlError("bad-file", `${file} has no list of entries`);
  return { file, members, entries: entries.map((entry: unknown) => readEntry(file, entry)) };
}

function readEntry(file: string, entry: unknown): JournalEntry {
  const { idx, when, tag } = membersOf(entry);
  const named = typeof tag === "string" && tag !== "" && !/[\\/]/.test(tag);
  if (named && typeof idx === "number" && typeof when === "number") {
    return { idx, whenMs: when, tag };
  }
  throw new DosqlError("bad-file", `${file}: an entry lacks idx, when or tag`, {
    hint: `this is the entry: ${JSON.stringify(entry).slice(0, 100)}`,
  });
}
