import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { Statement } from "../../engine/session/session.ts";

/*
 * D1 takes several statements in one text. This file knows just enough of SQL to find where they
 * end, so that the client stays small: quoted things and comments, and that a trigger's body
 * ends with `; END`.
 */

/** D1's own words. */
const NO_STATEMENTS = "No SQL statements detected.";
const EMPTY_STATEMENT = "SQL code did not contain a statement.";

/** What comes before a statement: blanks, semicolons and comments; and its first sign. */
const HEAD = /^(?:[\s;]|--.*|\/\*[^]*?(?:\*\/|$))*(.?)/;

/** A comment, something quoted (a doubled quote makes two of them), a word, or one character. */
const TOKEN = /(--.*|\/\*[^]*?(?:\*\/|$))|(['"`])[^]*?(?:\2|$)|\[[^\]]*\]?|\w+|\S/g;

const TRIGGER = /^(?:EXPLAIN )?CREATE (?:TEMP\w* )?TRIGGER /;

/**
 * The single statements of each query.
 *
 * @throws DosqlError `sqlite` where there are none
 */
export function splitQueries(queries: readonly Statement[]): Statement[][] {
  const groups = queries.filter(saysSomething).map(({ sql, params }) => splitQuery(sql, params));
  if (groups.length === 0) throw new DosqlError("sqlite", NO_STATEMENTS);
  return groups;
}

/** D1 drops texts that are blank, but for indented comments. */
function saysSomething({ sql }: Statement): boolean {
  return sql.replace(/^\s+--.*/gm, "").trim() !== "";
}

/** The single statements of a D1 query; only the last one has parameters. */
export function splitQuery(sql: string, params: Row): Statement[] {
  const semicolon = sql.indexOf(";");
  const texts = semicolon < 0 || semicolon === sql.length - 1 ? [sql] : splitTexts(sql);
  return texts.map((text, i) => {
    if (HEAD.exec(text)?.[1] === "") throw new DosqlError("sqlite", EMPTY_STATEMENT);
    return { sql: text, params: i === texts.length - 1 ? params : [] };
  });
}

function splitTexts(sql: string): string[] {
  const texts: string[] = [];
  let start = 0;
  let words = "";
  for (const { 0: token, 1: comment, index } of sql.matchAll(TOKEN)) {
    // A semicolon with nothing before it belongs to what follows.
    if (comment !== undefined || (token === ";" && words === "")) continue;
    if (token === ";" && (!TRIGGER.test(words) || words.endsWith("; END "))) {
      texts.push(sql.slice(start, (start = index + 1)));
      words = "";
    } else {
      words += `${token.toUpperCase()} `;
    }
  }
  texts.push(sql.slice(start));
  // D1 counts offsets from the first sign of each statement, but for the first one.
  return texts.map((text, i) => (i > 0 ? text.trimStart() : text)).filter((text) => text !== "");
}
