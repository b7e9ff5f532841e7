import { splitScript } from "../../../sql/script/split.ts";
import type { ScriptStatement } from "../../../sql/script/split.ts";

type Pieces = readonly Pick<ScriptStatement, "text" | "start">[];

/** Statements of a text; the usual text, which is one statement, is not read for it. */
export function splitQuery(text: string): Pieces {
  const semicolon = text.indexOf(";");
  const plain = /^[A-Za-z]/.test(text);
  if (plain && semicolon < 0) return [{ text, start: 0 }];
  if (plain && semicolon === text.length - 1) return [{ text: text.slice(0, -1), start: 0 }];
  return splitScript(text);
}
