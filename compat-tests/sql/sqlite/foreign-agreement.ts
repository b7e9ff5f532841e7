import type { Node } from "../../../src/sql/ast/statement.ts";
import { compareStatement, type Tally } from "./agreement.ts";
import type { RealSqliteSource } from "./database.ts";
import type { Script } from "./foreign.ts";
import { Oracle } from "./oracle.ts";

/** Statements that make what later ones of the same script need, and touch no data. */
const MAKES = /^\s*(CREATE|DROP|ALTER)\b/i;
/** Queries that could run for long, and modules with a will of their own. */
const RISKY = /\bAS\s+(WITH|SELECT|VALUES)\b|\bUSING\s+(?!fts|rtree)/i;

/** Attached files become memory: their names are all that matters. */
const ATTACHES = /^\s*ATTACH\s+(?:DATABASE\s+)?\S+\s+AS\s+(["'`[]?\w+["'`\]]?)/i;

/** Looking at a schema takes long where there is much of it: so many definitions of a script. */
const MOST_EFFECTS = 40;
/** Each of its views in views takes SQLite seconds to prepare. */
const DEEP_VIEWS = "view3.test";

/**
 * Compares the statements of scripts, each text once. A script has a database of its own, in
 * which its definitions are made as they come, so that its later statements prepare.
 */
export function compareScripts(
  tally: Tally,
  sources: readonly RealSqliteSource[],
  print: ((node: Node) => string) | null,
  scripts: readonly Script[],
): number {
  const seen = new Set<string>();
  for (const { name, statements } of scripts) {
    if (name === DEEP_VIEWS) {
      tally.exclude(`it stands in ${name}, which takes too long`, statements.length);
      continue;
    }
    const oracle = new Oracle(sources, "");
    const most = tally.counts.effect + MOST_EFFECTS;
    for (const sql of statements) {
      if (!seen.has(sql)) {
        seen.add(sql);
        const effects = tally.counts.effect < most;
        compareStatement(tally, { oracle, print, effects }, sql, name);
      }
      const attached = ATTACHES.exec(sql)?.[1];
      if (attached !== undefined) oracle.make(`ATTACH ':memory:' AS ${attached}`);
      else if (
        MAKES.test(sql) &&
        (!RISKY.test(sql) || /^\s*CREATE\s+(TEMP\w*\s+)?VIEW/i.test(sql))
      ) {
        oracle.make(sql);
      }
    }
    oracle.close();
  }
  return seen.size;
}
