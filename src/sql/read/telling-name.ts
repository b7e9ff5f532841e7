/** What SQLite has that tells of objects which a statement does not name, or reaches them. */
const NAMES = [
  "sqlite_(?:temp_)?(?:master|schema)",
  "sqlite_stat[14]",
  "sqlite_db(?:page|data|ptr)",
  "sqlite_stmt",
  "pragma_\\w+",
  "dbstat",
  "load_extension",
  "fts3_tokenizer",
  "rtreecheck",
].join("|");

/** Finds no less than the texts that hold such a name, in one cheap scan. */
export const TELLING_NAME: RegExp = new RegExp(NAMES, "i");

const ALONE = new RegExp(`^(?:${NAMES})$`, "i");

const SHORTEST = "dbstat".length;
const LONGEST = "pragma_reverse_unordered_selects".length;

/** Whether a text is such a name, and nothing else. */
export function isTellingText(text: string): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST && ALONE.test(text);
}
