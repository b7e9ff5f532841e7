import type { Statement } from "../../../../src/sql/ast/statement.ts";
import { canonicalText, type Json } from "./canonical.ts";
import { StatementShapes, UnknownShape } from "./statements.ts";

/** The normal form of our trees, or the kind of node that has none. */
export type OurShapes =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "unknown"; readonly what: string };

/** What PostgreSQL's parser would have made of the text that our trees come from. */
export function ourShapes(statements: readonly Statement[]): OurShapes {
  try {
    const shapes = new StatementShapes();
    const all: Json[] = statements.map((statement) => shapes.statement(statement));
    return { kind: "known", text: canonicalText(all) };
  } catch (error) {
    if (error instanceof UnknownShape) return { kind: "unknown", what: error.what };
    throw error;
  }
}
