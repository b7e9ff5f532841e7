/**
 * Commands of SQLite's test scripts whose last argument in braces is SQL. What stands in braces
 * is not substituted by Tcl: a `$name` in it is a parameter of SQL.
 */
const COMMAND = new RegExp(
  String.raw`\b(?:do_(?:execsql|catchsql|eqp|timed_execsql|vmstep|select|searchcount)_test|` +
    String.raw`do_execsql_test_if_vtab|execsql[_a-z0-9]*|catchsql[_a-z0-9]*|stepsql|` +
    String.raw`db[0-9]* (?:eval|one|exists|onecolumn)|explain|uses_stmt_journal|` +
    // The name of a test, or a handle, may stand between the command and the text.
    String.raw`sqlite3_(?:exec|prepare|prepare_v2) [$]?\w+)(?:[ \t]+[^\s{}"\[\]]+){0,3}[ \t\\]*\n?[ \t]*\{`,
  "g",
);

/** The offset behind the brace that closes the one before `start`, or -1. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  return -1;
}

/** The SQL texts of a Tcl script, in the order in which they stand. */
export function sqlOfTcl(script: string): string[] {
  const texts: string[] = [];
  for (const match of script.matchAll(COMMAND)) {
    const start = match.index + match[0].length;
    const end = closingBrace(script, start);
    if (end > start) texts.push(script.slice(start, end));
  }
  return texts;
}

const TOKEN =
  /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\w$\u0080-\uffff]+|[\s\S]/g;

/**
 * The statements of a script, by SQLite's own rule: a `;` ends one, but in CREATE TRIGGER only
 * behind END. Not the splitter of the product, which this is a second opinion to.
 */
export function statementsOf(script: string): string[] {
  const statements: string[] = [];
  let text = "";
  let words: string[] = [];
  for (const [token] of script.matchAll(TOKEN)) {
    if (token !== ";" || isInTrigger(words)) text += token;
    else {
      statements.push(text.trim());
      text = "";
      words = [];
      continue;
    }
    if (/^\s$|^--|^\/\*/.test(token)) continue;
    words.push(token.toUpperCase());
  }
  statements.push(text.trim());
  return statements.filter((statement) => statement.replace(/--[^\n]*/g, "").trim() !== "");
}

function isInTrigger(words: readonly string[]): boolean {
  const head = words.filter(
    (word) => !["EXPLAIN", "QUERY", "PLAN", "TEMP", "TEMPORARY"].includes(word),
  );
  if (head[0] !== "CREATE" || head[1] !== "TRIGGER") return false;
  return words.at(-1) !== "END" || words.at(-2) !== ";";
}
