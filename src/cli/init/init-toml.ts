import { DosqlError } from "../../base/errors.ts";
import { tomlTables } from "../../server/migrations/toml-tables.ts";
import type { SettingEntry, SettingList, Settings, SettingValue } from "./init-settings.ts";

/** Strings, which may hold anything, and comments. */
const PIECE = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*/g;

/** `wrangler.toml`. New tables stand at its end, where their names are read from the root. */
export class TomlSettings implements Settings {
  readonly #path: string;
  #text: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  string(key: string): string | null {
    const found = this.#rootValue(key);
    if (found === null) return null;
    const text = this.#text.slice(found.start, found.end).trim();
    return /^"[^"\\]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : null;
  }

  setString(key: string, value: string): void {
    const found = this.#rootValue(key);
    if (found === null) this.#addAtRoot(`${key} = ${printed(value)}`);
    else this.#splice(found.start, found.end, printed(value));
  }

  entries(list: SettingList): readonly ReadonlyMap<string, string>[] {
    this.#checkForm(list);
    const tables = tomlTables(this.#text, list);
    if (tables === null) throw this.#otherForm(list);
    return tables.map(
      (table) => new Map([...table].filter((pair): pair is [string, string] => pair[1] !== null)),
    );
  }

  append(list: SettingList, entry: SettingEntry): void {
    this.#checkForm(list);
    const lines = Object.entries(entry).map(([key, value]) => `${key} = ${printed(value)}`);
    const end = this.#text === "" || this.#text.endsWith("\n") ? "" : "\n";
    this.#text += `${end}\n[[${list}]]\n${lines.join("\n")}\n`;
  }

  setInEntry(list: SettingList, index: number, key: string, value: string): void {
    const plain = this.#blanked();
    const heads = [...plain.matchAll(/^[ \t]*\[\[?[^\n]*$/gm)];
    const own = heads.filter(([head]) => head.replace(/\s/g, "") === `[[${list}]]`);
    const start = own[index]?.index ?? plain.length;
    const end = heads.find((head) => head.index > start)?.index ?? plain.length;
    const line = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*`, "gm");
    line.lastIndex = start;
    const found = line.exec(plain);
    if (found === null || found.index >= end) {
      throw new DosqlError("bad-file", `${this.#path}: [[${list}]] has no ${key}`);
    }
    const from = found.index + found[0].length;
    const closing = /^("[^"\n]*"|'[^'\n]*')/.exec(this.#text.slice(from))?.[0];
    if (closing === undefined) throw this.#otherForm(list);
    this.#splice(from, from + closing.length, printed(value));
  }

  makesClass(name: string): boolean {
    const text = this.#text.replace(PIECE, (piece) => (piece.startsWith("#") ? "" : piece));
    const lists = text.matchAll(/^[ \t]*new_sqlite_classes[ \t]*=[ \t]*\[([^\]]*)\]/gm);
    return [...lists].some(([, held = ""]) => new RegExp(`["']${name}["']`).test(held));
  }

  flags(): readonly string[] {
    const found = this.#rootValue("compatibility_flags");
    if (found === null) return [];
    const strings = this.#text.slice(found.start, found.end).match(PIECE) ?? [];
    return strings.filter((one) => !one.startsWith("#")).map((one) => one.slice(1, -1));
  }

  addFlag(flag: string): void {
    const found = this.#rootValue("compatibility_flags");
    if (found === null) {
      this.#addAtRoot(`compatibility_flags = [${printed(flag)}]`);
      return;
    }
    const plain = this.#blanked();
    const close = plain.lastIndexOf("]", found.end);
    const before = plain.slice(found.start, close).trimEnd();
    const comma = before.endsWith("[") || before.endsWith(",") ? "" : ", ";
    const at = found.start + before.length;
    this.#splice(at, at, `${comma}${before.endsWith(",") ? " " : ""}${printed(flag)}`);
  }

  hasEnvironments(): boolean {
    return /^\s*\[\[?\s*"?env"?\s*\./m.test(this.#blanked());
  }

  /** The text with the contents of strings and comments made spaces: offsets stay. */
  #blanked(): string {
    return this.#text.replace(PIECE, (piece) =>
      piece.startsWith("#")
        ? " ".repeat(piece.length)
        : piece.replace(/[^\n]/g, (_, at: number) =>
            at === 0 || at === piece.length - 1 ? '"' : "x",
          ),
    );
  }

  #rootEnd(plain: string): number {
    const head = /^[ \t]*\[/m.exec(plain)?.index;
    return head ?? plain.length;
  }

  /** Where the value of a key at the root stands; a list may go over lines. */
  #rootValue(key: string): { start: number; end: number } | null {
    const plain = this.#blanked();
    const found = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*`, "m").exec(plain);
    if (found === null || found.index >= this.#rootEnd(plain)) return null;
    const start = found.index + found[0].length;
    const list = plain[start] === "[";
    const end = list ? plain.indexOf("]", start) + 1 : plain.indexOf("\n", start);
    const stop = end <= 0 ? plain.length : end;
    return { start, end: start + plain.slice(start, stop).trimEnd().length };
  }

  #addAtRoot(line: string): void {
    const plain = this.#blanked();
    const keys = [...plain.slice(0, this.#rootEnd(plain)).matchAll(/^[ \t]*[\w-]+[ \t]*=/gm)];
    const last = /^[ \t]*([\w-]+)/.exec(keys.at(-1)?.[0] ?? "")?.[1];
    const end = last === undefined ? 0 : (this.#rootValue(last)?.end ?? 0);
    const lineEnd = last === undefined ? 0 : this.#text.indexOf("\n", end);
    const at = lineEnd < 0 ? this.#text.length : lineEnd;
    this.#splice(at, at, last === undefined ? `${line}\n` : `\n${line}`);
  }

  /** A list that is written as a value cannot get a table of its own besides. */
  #checkForm(list: SettingList): void {
    const plain = this.#blanked();
    const [parent = "", key] = list.split(".");
    const atRoot = plain.slice(0, this.#rootEnd(plain));
    if (new RegExp(`^[ \\t]*${parent}[ \\t]*[.=]`, "m").test(atRoot)) throw this.#otherForm(list);
    if (key === undefined) return;
    const section = new RegExp(
      `^[ \\t]*\\[[ \\t]*${parent}[ \\t]*\\][^\\[]*?^[ \\t]*${key}[ \\t]*=`,
      "m",
    );
    if (section.test(plain)) throw this.#otherForm(list);
  }

  #otherForm(list: SettingList): DosqlError {
    return new DosqlError("unsupported", `${this.#path}: ${list} is not written as [[${list}]]`, {
      hint: "write it so, or keep the settings in wrangler.jsonc",
    });
  }

  #splice(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
  }
}

/** JSON's strings are TOML's basic strings. */
function printed(value: SettingValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(printed).join(", ")}]`;
  const members = Object.entries(value).map(([key, one]) => `${key} = ${printed(one)}`);
  return `{ ${members.join(", ")} }`;
}

function isList(value: SettingValue): value is readonly SettingValue[] {
  return Array.isArray(value);
}
