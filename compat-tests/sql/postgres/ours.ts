/** Our own parser and printer behind the oracle's questions. */
import { existsSync } from "node:fs";
import type { Node, Parsed, Statement } from "../../../src/sql/ast/statement.ts";
import { DosqlError } from "../../../src/base/errors.ts";

/** Our trees of a text, our complaint, or the name of what we refuse. */
export type OurVerdict =
  | { readonly kind: "accept"; readonly statements: readonly Statement[] }
  | { readonly kind: "reject"; readonly message: string; readonly at: number | null }
  | { readonly kind: "refuse"; readonly what: string }
  /** What must never happen: another error, or a parser that stands still. */
  | { readonly kind: "crash"; readonly message: string };

type Parse = (sql: string, at?: number) => Parsed;
type Print = (node: Node) => string;

/** Parser and printer, whichever of them exist. */
export class Ours {
  private readonly parse: Parse;
  readonly print: Print | null;

  private constructor(parse: Parse, print: Print | null) {
    this.parse = parse;
    this.print = print;
  }

  /** Null while there is no parser. */
  static async load(): Promise<Ours | null> {
    const parser = await optionalModule<{ parsePostgres: Parse }>("parse/postgres.ts");
    const printer = await optionalModule<{ printPostgres: Print }>("print/postgres.ts");
    if (parser === null) return null;
    return new Ours(parser.parsePostgres, printer?.printPostgres ?? null);
  }

  verdict(sql: string): OurVerdict {
    const statements: Statement[] = [];
    try {
      for (let at = 0; at < sql.length;) {
        const { statement, end } = this.parse(sql, at);
        if (end <= at) return { kind: "crash", message: `stands still at ${at}` };
        if (statement !== null) statements.push(statement);
        at = end;
      }
      return { kind: "accept", statements };
    } catch (error) {
      if (!(error instanceof DosqlError)) return { kind: "crash", message: String(error) };
      if (error.code === "unsupported") return { kind: "refuse", what: error.message };
      return { kind: "reject", message: error.message, at: error.at ?? null };
    }
  }
}

/** A module of src/sql; null when the file does not exist. */
async function optionalModule<Module>(name: string): Promise<Module | null> {
  const file = new URL(`../../../src/sql/${name}`, import.meta.url);
  return existsSync(file) ? ((await import(file.href)) as Module) : null;
}
