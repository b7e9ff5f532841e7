import { quoteText } from "../quote.ts";

/** SQLite names the automatic indexes of a table after it. */
const AUTOMATIC_INDEX = "sqlite_autoindex_";

/** Tells the names of the engine's objects from those of users, in a text and in SQL. */
export class HiddenNames {
  /** In lower case. */
  readonly prefix: string;
  /**
   * The prefix without its last character: a virtual table of that name would make tables that
   * begin with all of it.
   */
  readonly root: string;

  /** @param prefix Such as `_cf_dosql_`: ASCII that ends in `_`. */
  constructor(prefix: string) {
    this.prefix = prefix.toLowerCase();
    this.root = this.prefix.slice(0, -1);
  }

  /** Whether a name is, or would become, one of the engine's. */
  has(name: string): boolean {
    const folded = name.slice(0, AUTOMATIC_INDEX.length + this.prefix.length).toLowerCase();
    if (folded.startsWith(AUTOMATIC_INDEX)) return folded.endsWith(this.prefix);
    return folded.startsWith(this.prefix) || folded === this.root;
  }

  /**
   * A condition in SQL: true for values that are names of the engine's, false or NULL for others.
   * It calls no function, because a program can put its own in the place of SQLite's.
   */
  condition(value: string): string {
    return between(value, this.prefix);
  }

  /**
   * As `condition`, true also for the automatic indexes of the engine's tables, and for the table
   * that an alarm brings into a Durable Object: it shows in the schema, as in D1, but nobody may
   * ask for its columns, so a query for those of all tables would fail.
   */
  indexCondition(value: string): string {
    const indexes = between(value, AUTOMATIC_INDEX + this.prefix);
    const own = `${between(value, this.prefix)} OR ${indexes}`;
    return this.prefix === "_dosql_" ? `${own} OR ${value} COLLATE NOCASE = '_cf_METADATA'` : own;
  }
}

/** Whether a value begins with `start`: the character behind its last one, `_`, ends the range. */
function between(value: string, start: string): string {
  const end = start.replace(/_$/, "`");
  return `${value} COLLATE NOCASE BETWEEN ${quoteText(start)} AND ${quoteText(end)}`;
}
