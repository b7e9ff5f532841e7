/** What PostgreSQL's own grammar, as WebAssembly, says of a text. */
import { hasSqlDetails, loadModule, parseSync, scanSync, type ScanToken } from "libpg-query";
import type { ParseResult } from "libpg-query";
import { parameterForConstant, parameterJunk, withoutComments } from "./oracle-corrections.ts";
import type { MissedComplaint } from "./oracle-corrections.ts";

/** PostgreSQL's parse trees of a text, or its complaint. */
export type Verdict =
  | { readonly kind: "accept"; readonly tree: ParseResult }
  | { readonly kind: "reject"; readonly message: string; readonly at: number | null };

/** What the oracle says of a text of no statement at all. */
const NOTHING = "Query cannot be empty";

/** PostgreSQL's raw parser. */
export class Oracle {
  private constructor() {}

  static async load(): Promise<Oracle> {
    await loadModule();
    return new Oracle();
  }

  /** The text must not hold U+0000: PostgreSQL would see it as its end. */
  verdict(sql: string): Verdict {
    const found = this.parse(sql);
    if (found.kind === "accept") {
      const missed = missedComplaint(sql, found.tree);
      if (missed === null) return found;
      const at = Buffer.from(sql, "utf8").subarray(0, missed.byte).toString("utf8").length;
      return { kind: "reject", message: missed.message, at };
    }
    // A `--` comment between the parts of a string is no token to PostgreSQL.
    if (!/at or near "[^"]?'/.test(found.message) || !sql.includes("--")) return found;
    const plain = withoutComments(sql, tokensOf(sql));
    return plain === null ? found : this.verdict(plain);
  }

  accepts(sql: string): boolean {
    return this.verdict(sql).kind === "accept";
  }

  private parse(sql: string): Verdict {
    try {
      return { kind: "accept", tree: parseSync(sql) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.message === NOTHING) return { kind: "accept", tree: { version: 0, stmts: [] } };
      if (!hasSqlDetails(error)) throw error;
      const cursor = error.sqlDetails?.cursorPosition ?? -1;
      const at = cursor < 0 ? null : unitOffset(sql, cursor);
      return { kind: "reject", message: error.message, at };
    }
  }
}

function missedComplaint(sql: string, tree: ParseResult): MissedComplaint | null {
  if (!/\$\d/.test(sql)) return null;
  const junk = /\$\d+[A-Za-z_\u0080-\uffff]/.test(sql) ? parameterJunk(tokensOf(sql)) : null;
  return junk ?? parameterForConstant(tree.stmts ?? []);
}

function tokensOf(sql: string): ScanToken[] {
  try {
    return scanSync(sql).tokens;
  } catch {
    return [];
  }
}

/** PostgreSQL counts characters, JavaScript UTF-16 units. */
function unitOffset(sql: string, characters: number): number {
  let units = 0;
  for (let left = characters; left > 0 && units < sql.length; left--) {
    units += (sql.codePointAt(units) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return units;
}
