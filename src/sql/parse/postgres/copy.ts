import type { StringLiteral } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type { Option, OptionList } from "../../ast/option.ts";
import type { Copy } from "../../ast/postgres-command.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresPrivileges } from "./privileges.ts";

/** Options of the old syntax that take a string, behind an optional AS. */
const STRINGS: readonly string[] = ["DELIMITER", "NULL", "QUOTE", "ESCAPE"];

/** COPY. */
export abstract class PostgresCopy extends PostgresPrivileges {
  protected override command(): Statement {
    return this.is("COPY") ? this.copy(this.verb()) : super.command();
  }

  private copy(start: number): Copy {
    const options: Option[] = [];
    const query = this.is("(");
    if (this.is("BINARY")) options.push(this.formatOption());
    const source = query ? this.copiedQuery() : this.objectName("a table");
    const columns = query ? [] : this.nameList("a column");
    if (query && !this.is("TO")) this.fail("TO");
    const direction = this.expectOneOf(["FROM", "TO"]);
    const program = this.accept("PROGRAM");
    const file = this.copyFile(program);
    if (!query) options.push(...this.delimiters());
    this.accept("WITH");
    options.push(...(this.is("(") ? this.copyOptions() : this.oldOptions()));
    if (direction === "TO" && !query && this.is("WHERE")) {
      this.refuse("WHERE clause not allowed with COPY TO");
    }
    const where = !query && this.accept("WHERE") ? this.expression() : null;
    return {
      kind: "copy",
      start,
      end: this.last,
      source,
      columns,
      direction,
      program,
      file,
      options,
      where,
    };
  }

  private copiedQuery(): Copy["source"] {
    this.advance();
    const query = this.queryOrChange();
    this.expect(")");
    return query;
  }

  /** A string; null for STDIN and STDOUT. */
  private copyFile(program: boolean): StringLiteral | null {
    if (this.kind === "string") return this.stringConstant();
    if (program && (this.is("STDIN") || this.is("STDOUT"))) {
      this.refuse("STDIN/STDOUT not allowed with PROGRAM");
    }
    this.expectOneOf(["STDIN", "STDOUT"]);
    return null;
  }

  /** `USING DELIMITERS string` of the oldest syntax. */
  private delimiters(): Option[] {
    if (this.accept("USING") && !this.is("DELIMITERS")) this.fail("DELIMITERS");
    if (!this.is("DELIMITERS")) return [];
    const name = this.named("delimiter", "");
    return [this.option(name, this.stringConstant())];
  }

  /** `(FORMAT csv, FORCE_QUOTE (a, b))` */
  private copyOptions(): Option[] {
    return this.parenthesised(() => {
      const name = this.columnLabel("an option");
      return this.option(name, this.copyValue());
    });
  }

  private copyValue(): Option["value"] {
    if (this.is("*")) return this.copyStar();
    if (this.is("DEFAULT")) return this.takeName();
    if (!this.accept("(")) return this.optionValue();
    const list = this.optionList(() => this.optionWord() ?? this.fail("a name"));
    this.expect(")");
    return list;
  }

  private copyStar(): Option["value"] {
    const { start, end } = this;
    this.advance();
    return { kind: "star", start, end, table: null };
  }

  /** BINARY and CSV are values of one option. */
  private formatOption(): Option {
    const { start, end } = this;
    const value = this.takeName();
    return this.option({ kind: "name", start, end, text: "format", quote: "" }, value);
  }

  /** `CSV HEADER DELIMITER AS ',' FORCE QUOTE a, b` */
  private oldOptions(): Option[] {
    const options: Option[] = [];
    for (;;) {
      const { word } = this;
      if (word === "BINARY" || word === "CSV") {
        options.push(this.formatOption());
      } else if (word === "FREEZE" || word === "HEADER") {
        options.push(this.option(this.takeName()));
      } else if (STRINGS.includes(word)) {
        const name = this.takeName();
        this.accept("AS");
        options.push(this.option(name, this.stringConstant()));
      } else if (word === "ENCODING") {
        const name = this.takeName();
        options.push(this.option(name, this.stringConstant()));
      } else if (word === "FORCE") {
        options.push(this.forceOption());
      } else {
        return options;
      }
    }
  }

  private forceOption(): Option {
    const start = this.verb();
    let text = "force_quote";
    if (!this.accept("QUOTE")) {
      text = this.accept("NOT") ? "force_not_null" : "force_null";
      this.expect("NULL");
    }
    const name: Name = { kind: "name", start, end: this.last, text, quote: "" };
    const star = this.is("*");
    const value = star ? this.copyStar() : this.forcedColumns();
    return this.option(name, value);
  }

  private forcedColumns(): OptionList {
    return this.optionList(() => this.name("a column"));
  }
}
