import type { ParseResult } from "libpg-query";
import { canonicalText, type Json } from "./canonical.ts";

/** The normal form of what PostgreSQL's parser made of a text. */
export function libpgShapes(tree: ParseResult): string {
  const statements = tree.stmts?.map(({ stmt }) => stmt) ?? [];
  return canonicalText(statements as unknown as Json);
}
