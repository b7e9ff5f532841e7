import { tokenize } from "../../sql/lex/lexer.ts";

/** A statement of a schema, such that a semicolon can follow. */
export function sealed(sql: string): string {
  const last = tokenize(sql, { comments: true }).at(-1);
  if (last?.kind !== "comment") return sql;
  if (sql.startsWith("--", last.start)) return `${sql}\n`;
  // SQLite takes one that nobody closed.
  const isClosed = last.end - last.start > 3 && sql.slice(0, last.end).endsWith("*/");
  return isClosed ? sql : `${sql} */`;
}

/** Without the comment behind it, which a copy may lack. */
export function bare(sql: string): string {
  return sql.slice(0, tokenize(sql).at(-1)?.end ?? sql.length);
}
