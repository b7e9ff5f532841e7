import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** One statement of a corpus and where it stands. */
export interface CorpusStatement {
  readonly sql: string;
  /** What the statement is there for: the text behind `--# ` above it. */
  readonly section: string;
  readonly file: string;
  /** 1-based line of its first character. */
  readonly line: number;
}

/**
 * Reads the statements of a corpus text. A blank line ends a statement, so that a statement may
 * hold any number of `;`; a line that begins with `--# ` opens a section.
 */
export function readCorpus(text: string, file: string): CorpusStatement[] {
  const statements: CorpusStatement[] = [];
  let section = "";
  let open: string[] = [];
  const lines = text.split("\n");
  for (const [index, line] of [...lines, ""].entries()) {
    if (line !== "" && !line.startsWith("--# ")) {
      open.push(line);
      continue;
    }
    if (open.length > 0) {
      statements.push({ sql: open.join("\n"), section, file, line: index - open.length + 1 });
    }
    open = [];
    if (line !== "") section = line.slice(4).trim();
  }
  return statements;
}

/** All statements of the `.sql` files of a folder, in the order of their names. */
export function readCorpusFolder(folder: string): CorpusStatement[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return files
    .sort()
    .flatMap((name) => readCorpus(readFileSync(path.join(folder, name), "utf8"), name));
}
