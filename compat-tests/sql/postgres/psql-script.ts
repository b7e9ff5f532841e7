/**
 * Cuts a psql script into the statements psql would send: without its backslash commands and the
 * rows behind a COPY, and without what needs a variable's value.
 */
export interface PsqlScript {
  readonly statements: readonly string[];
  /** Statements left out because a psql variable stands in them. */
  readonly interpolated: number;
}

/** What a script line may begin that ends elsewhere. */
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
/** Backslash commands that send what stands before them. */
const SENDS = /\\(?:g\b|gx|gset|gdesc|gexec|crosstabview|watch|parse|bind|sendpipeline)/;
const INTERPOLATION = /:(?:[A-Za-z_0-9]|'|"|\{\?)/y;

/** Cuts one script. */
export function readPsqlScript(text: string): PsqlScript {
  return new ScriptReader(text).read();
}

class ScriptReader {
  private readonly text: string;
  private readonly statements: string[] = [];
  private readonly names: ReadonlySet<string>;
  private readonly anyName: boolean;
  private interpolated = 0;
  private at = 0;
  private begin = 0;
  /** The statement so far, when a command was cut out of its middle. */
  private before = "";
  private depth = 0;
  private brackets = 0;
  private blocks = 0;
  private words: string[] = [];
  private variable = false;

  constructor(text: string) {
    this.text = text.replaceAll("\r\n", "\n");
    const set = this.text.matchAll(/^\s*\\(?:set|getenv|prompt)\s+(\w+)/gm);
    this.names = new Set([...set].map((match) => match[1] ?? ""));
    this.anyName = /\\gset/.test(this.text);
  }

  read(): PsqlScript {
    while (this.at < this.text.length) this.step();
    this.send(this.text.length);
    return { statements: this.statements, interpolated: this.interpolated };
  }

  private step(): void {
    const { text, at } = this;
    const char = text[at] ?? "";
    const pair = text.slice(at, at + 2);
    if (pair === "--") this.at = this.lineEnd(at);
    else if (pair === "/*") this.at = this.blockEnd(at);
    else if (char === "'") this.at = this.quoteEnd(at, /[eE]/.test(this.prefix()));
    else if (char === '"') this.at = this.quoteEnd(at, false);
    else if (char === "$") this.dollar();
    else if (char === "\\") this.command();
    else if (char === ";") this.semicolon();
    else if (char === ":") this.colon();
    else if (/[A-Za-z_\u0080-\uffff]/.test(char)) this.word();
    else {
      if (char === "(") this.depth++;
      else if (char === ")") this.depth = Math.max(0, this.depth - 1);
      else if (char === "[") this.brackets++;
      else if (char === "]") this.brackets--;
      this.at++;
    }
  }

  /** The one letter before a quote, when it stands alone. */
  private prefix(): string {
    const before = this.text.slice(Math.max(0, this.at - 2), this.at);
    return /(?:^|[^\w$])([eE])$/.exec(before)?.[1] ?? "";
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf("\n", from);
    return end === -1 ? this.text.length : end;
  }

  private blockEnd(from: number): number {
    let depth = 0;
    for (let at = from; at < this.text.length; at++) {
      const pair = this.text.slice(at, at + 2);
      if (pair === "/*") depth++;
      else if (pair === "*/") depth--;
      else continue;
      at++;
      if (depth === 0) return at + 1;
    }
    return this.text.length;
  }

  private quoteEnd(from: number, escapes: boolean): number {
    const quote = this.text[from];
    for (let at = from + 1; at < this.text.length; at++) {
      if (escapes && this.text[at] === "\\") at++;
      else if (this.text[at] === quote) {
        if (this.text[at + 1] !== quote) return at + 1;
        at++;
      }
    }
    return this.text.length;
  }

  private dollar(): void {
    DOLLAR_TAG.lastIndex = this.at;
    const tag = DOLLAR_TAG.exec(this.text)?.[0];
    if (tag === undefined) {
      this.at++;
      return;
    }
    const end = this.text.indexOf(tag, this.at + tag.length);
    this.at = end === -1 ? this.text.length : end + tag.length;
  }

  private word(): void {
    WORD.lastIndex = this.at;
    const word = (WORD.exec(this.text)?.[0] ?? "").toLowerCase();
    this.at += Math.max(1, word.length);
    if (this.words.length < 4) this.words.push(word);
    // As in psql: BEGIN … END of an SQL-standard body holds semicolons.
    if (!/^create( or replace)? (function|procedure)/.test(this.words.join(" "))) return;
    if (word === "begin" || (word === "case" && this.blocks > 0)) this.blocks++;
    else if (word === "end" && this.blocks > 0) this.blocks--;
  }

  private colon(): void {
    INTERPOLATION.lastIndex = this.at;
    const cast = this.text[this.at + 1] === ":" || this.text[this.at + 1] === "=";
    if (cast) this.at++;
    else if (this.brackets <= 0 && INTERPOLATION.test(this.text)) {
      const name = /^:['"{?]*(\w*)/.exec(this.text.slice(this.at, this.at + 80))?.[1] ?? "";
      if (this.anyName || this.names.has(name)) this.variable = true;
    }
    this.at++;
  }

  private semicolon(): void {
    if (this.depth > 0 || this.blocks > 0) {
      this.at++;
      return;
    }
    const copies = this.send(this.at + 1);
    this.at++;
    this.begin = this.at;
    if (copies) this.skipRows();
  }

  private command(): void {
    if (this.text[this.at + 1] === ";") {
      this.before += `${this.text.slice(this.begin, this.at)};`;
      this.at += 2;
      this.begin = this.at;
      return;
    }
    const end = this.lineEnd(this.at);
    const command = this.text.slice(this.at, end);
    if (SENDS.test(command)) {
      const copies = this.send(this.at);
      this.at = end;
      this.begin = end;
      if (copies) this.skipRows();
      return;
    }
    this.before += this.text.slice(this.begin, this.at);
    if (/^\\r\b/.test(command)) this.reset();
    this.at = end;
    this.begin = end;
  }

  /** Takes the statement that ends here; whether rows follow it. */
  private send(end: number): boolean {
    const raw = this.before + this.text.slice(this.begin, end);
    const sql = raw.replace(/^(?:\s+|--[^\n]*(?:\n|$))+/, "").trimEnd();
    const counts = sql !== "" && sql !== ";" && !sql.includes("\u0000");
    if (counts && this.variable) this.interpolated++;
    else if (counts) this.statements.push(sql);
    this.reset();
    return counts && /^copy\b[^;]*\bfrom\s+stdin\b/i.test(sql);
  }

  private reset(): void {
    this.before = "";
    this.depth = 0;
    this.brackets = 0;
    this.blocks = 0;
    this.words = [];
    this.variable = false;
  }

  /** A COPY that fails has no rows behind it: then the next one's end must not count. */
  private skipRows(): void {
    const rows = this.lineEnd(this.at) + 1;
    const stop = /^\\\.$/m.exec(this.text.slice(rows));
    if (stop === null) return;
    const between = this.text.slice(rows, rows + stop.index);
    if (/^(?:copy\b.*\bfrom\s+stdin|--|(?:select|create|drop|insert)\b.*;$)/im.test(between))
      return;
    this.at = rows + stop.index + 2;
    this.begin = this.at;
  }
}
