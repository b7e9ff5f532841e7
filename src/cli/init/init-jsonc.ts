import { DosqlError } from "../../base/errors.ts";
import { membersOf, parseJsonc } from "../../server/migrations/jsonc.ts";
import type { JsoncArray, JsoncMember, JsoncNode, JsoncObject } from "./init-jsonc-tree.ts";
import { JsoncTree } from "./init-jsonc-tree.ts";
import type { SettingEntry, SettingList, Settings, SettingValue } from "./init-settings.ts";

/** `wrangler.json` and `wrangler.jsonc`. */
export class JsoncSettings implements Settings {
  readonly #path: string;
  #text: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
    // Says what is wrong with a text that is no JSON.
    parseJsonc(path, text);
  }

  get text(): string {
    return this.#text;
  }

  string(key: string): string | null {
    const value = this.#plain(this.#at([key]));
    return typeof value === "string" ? value : null;
  }

  setString(key: string, value: string): void {
    const there = this.#at([key]);
    if (there === null) this.#addMember(this.#root(), key, JSON.stringify(value));
    else this.#replace(there, JSON.stringify(value));
  }

  entries(list: SettingList): readonly ReadonlyMap<string, string>[] {
    return this.#members(list).map((members) => {
      const strings = Object.entries(members).filter(
        (pair): pair is [string, string] => typeof pair[1] === "string",
      );
      return new Map(strings);
    });
  }

  append(list: SettingList, entry: SettingEntry): void {
    this.#appendTo(list.split("."), entry);
  }

  setInEntry(list: SettingList, index: number, key: string, value: string): void {
    const item = this.#array(list)?.items[index];
    const member = item?.kind === "object" ? item.members.find((one) => one.key === key) : null;
    if (member === null || member === undefined) {
      throw new DosqlError("bad-file", `${this.#path}: ${list} has no ${key}`);
    }
    this.#replace(member.value, JSON.stringify(value));
  }

  makesClass(name: string): boolean {
    return this.#members("migrations").some(({ new_sqlite_classes: made }) =>
      Array.isArray(made) ? made.includes(name) : false,
    );
  }

  flags(): readonly string[] {
    const flags = this.#plain(this.#at(["compatibility_flags"]));
    return Array.isArray(flags) ? flags.map(String) : [];
  }

  addFlag(flag: string): void {
    this.#appendTo(["compatibility_flags"], flag);
  }

  hasEnvironments(): boolean {
    return this.#at(["env"]) !== null;
  }

  #root(): JsoncObject {
    return JsoncTree.read(this.#path, this.#text);
  }

  #at(path: readonly string[]): JsoncNode | null {
    let node: JsoncNode = this.#root();
    for (const key of path) {
      if (node.kind !== "object") return null;
      const member: JsoncMember | undefined = node.members.findLast((one) => one.key === key);
      if (member === undefined) return null;
      node = member.value;
    }
    return node;
  }

  #members(list: SettingList): Readonly<Record<string, unknown>>[] {
    return (this.#array(list)?.items ?? []).map((item) => membersOf(this.#plain(item)));
  }

  #array(list: SettingList): JsoncArray | null {
    const node = this.#at(list.split("."));
    if (node === null || node.kind === "array") return node;
    throw new DosqlError("bad-file", `${this.#path}: ${list} is no list`);
  }

  #plain(node: JsoncNode | null): unknown {
    if (node === null) return undefined;
    return parseJsonc(this.#path, this.#text.slice(node.start, node.end));
  }

  #replace({ start, end }: JsoncNode, text: string): void {
    this.#splice(start, end, text);
  }

  /** Makes the list, and what it is in, where they are missing. */
  #appendTo(path: readonly string[], value: SettingValue): void {
    let parent = this.#root();
    for (const [i, key] of path.entries()) {
      const node = this.#at(path.slice(0, i + 1));
      const last = i === path.length - 1;
      if (node === null) {
        const inner = path
          .slice(i + 1)
          .reduceRight<SettingValue>((held, name) => ({ [name]: held }), [value]);
        this.#addMember(parent, key, this.#printed(inner, parent));
        return;
      }
      if (last && node.kind === "array") {
        this.#insert(node, node.items, this.#printed(value, node));
        return;
      }
      if (last || node.kind !== "object") {
        const named = path.slice(0, i + 1).join(".");
        throw new DosqlError(
          "bad-file",
          `${this.#path}: ${named} is no ${last ? "list" : "object"}`,
        );
      }
      parent = node;
    }
  }

  #addMember(parent: JsoncObject, key: string, text: string): void {
    this.#insert(
      parent,
      parent.members.map(({ start, value }) => ({ start, end: value.end })),
      `${JSON.stringify(key)}: ${text}`,
    );
  }

  /** Puts a text behind the last of the things in brackets, and a comma where there was one. */
  #insert(
    { start, end }: JsoncNode,
    things: readonly { readonly start: number; readonly end: number }[],
    text: string,
  ): void {
    const last = things.at(-1);
    const indent = this.#indentAt(start) + this.#unit();
    if (last === undefined) {
      const inside = `\n${indent}${text}\n${this.#indentAt(start)}`;
      this.#splice(start + 1, end - 1, inside);
      return;
    }
    const gapEnd = JsoncTree.gapEnd(this.#text, last.end);
    const comma = this.#text[gapEnd] === ",";
    if (!this.#text.slice(start, last.start).includes("\n")) {
      const at = comma ? gapEnd + 1 : last.end;
      this.#splice(at, at, comma ? ` ${text},` : `, ${text}`);
      return;
    }
    // What is said of the last thing, in its line, stays with it.
    const at = this.#lineCommentEnd(comma ? gapEnd + 1 : last.end);
    this.#splice(at, at, `\n${indent}${text}${comma ? "," : ""}`);
    if (!comma) this.#splice(last.end, last.end, ",");
  }

  #lineCommentEnd(offset: number): number {
    const comment = /^[ \t]*(?:\/\/[^\n\r]*|\/\*[^\n]*?\*\/(?=[ \t]*\r?\n))/;
    return offset + (comment.exec(this.#text.slice(offset))?.[0].length ?? 0);
  }

  #splice(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
  }

  /** A value as text, for a place inside of `parent`. */
  #printed(value: SettingValue, parent: JsoncNode): string {
    const unit = this.#unit();
    const text = JSON.stringify(value, null, unit);
    return text.replaceAll("\n", `\n${this.#indentAt(parent.start)}${unit}`);
  }

  #indentAt(offset: number): string {
    const lineStart = this.#text.lastIndexOf("\n", offset - 1) + 1;
    return /^[ \t]*/.exec(this.#text.slice(lineStart, offset))?.[0] ?? "";
  }

  /** How the text is indented. */
  #unit(): string {
    return /\n([ \t]+)"/.exec(this.#text)?.[1] ?? "  ";
  }
}
