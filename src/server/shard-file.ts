import { DosqlError } from "../base/errors.ts";
import type { Files } from "../ports/files.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";

const MAGIC = "SQLite format 3\0";
/** Up to here a full check takes about a tenth of a second; of larger files the schema is read. */
const FULL_CHECK_BYTES = 32 * 1024 * 1024;
/**
 * What SQLite finds of an index of FTS that has no content of its own, which is its user's to
 * keep: without any content (`content=''`) it finds it always.
 */
const OF_VIRTUAL_TABLE = /^(?:malformed|unable to validate the) inverted index for FTS/;

/**
 * Looks at a SQLite file before it is served: better no start than wrong answers.
 *
 * @param open opens the file for reading only
 * @throws DosqlError `bad-file` for a file that is no database, or a corrupt one
 */
export function checkShardFile(
  files: Files,
  path: string,
  open: (path: string) => SqlDriver,
): void {
  const info = files.info(path);
  if (info === null) return;
  if (info.kind !== "file") throw new DosqlError("bad-file", `${path} is not a file`);
  if (info.sizeBytes === 0) return;
  const magic = new TextDecoder().decode(files.readStart(path, MAGIC.length));
  if (magic !== MAGIC) {
    throw new DosqlError("bad-file", `${path} is not a SQLite database`, {
      hint: "name another file; if it was one, its header is damaged: restore a backup",
    });
  }
  try {
    examine(path, open, info.sizeBytes <= FULL_CHECK_BYTES);
  } catch (error) {
    throw damaged(path, error);
  }
}

function examine(path: string, open: (path: string) => SqlDriver, fully: boolean): void {
  const driver = open(path);
  try {
    const sql = fully ? "PRAGMA quick_check" : "SELECT count(*) FROM sqlite_schema";
    const findings = driver
      .prepare(sql)
      .all([], "number")
      .map(([finding]) => String(finding));
    const damage = findings.find((finding) => finding !== "ok" && !OF_VIRTUAL_TABLE.test(finding));
    if (fully && damage !== undefined) {
      throw new DosqlError("bad-file", damage.replaceAll(/\s+/g, " "));
    }
  } finally {
    driver.close();
  }
}

function damaged(path: string, error: unknown): unknown {
  if (!(error instanceof DosqlError)) return error;
  const broken = /^SQLITE_(?:CORRUPT|NOTADB|FORMAT)/.test(error.sqlite ?? "");
  if (!broken && error.code !== "bad-file") return error;
  return new DosqlError("bad-file", `${path} is corrupt: ${error.message}`, {
    hint: "nothing was changed; restore a backup, or rescue what is left with sqlite3 .recover",
    cause: error,
  });
}
