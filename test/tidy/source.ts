import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseSync, type EcmaScriptModule, type Program } from "oxc-parser";
import { walk, type Node } from "./syntax.ts";

/** One mention of another module: import, re-export, `import()`, an imported type, a worker URL. */
export interface Mention {
  readonly specifier: string;
  /** Path of the file meant, from the root; null for a package or a built-in module. */
  readonly target: string | null;
  readonly line: number;
}

/** A parsed file; paths are from the repository's root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly { readonly value: string; readonly line: number }[];
  readonly mentions: readonly Mention[];
  lineAt(offset: number): number;
}

/** All files that the rules see at once. */
export type Tree = ReadonlyMap<string, SourceFile>;

/** What a rule found. */
export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A rule looks at the whole tree, so that it can follow imports. */
export type Rule = (tree: Tree) => Iterable<Violation>;

/** Folders whose code the rules look at; `src` bears most of them. */
export const FOLDERS = ["src", "bin", "test", "compat-tests", "bench", "scripts", "examples"];

const SKIPPED_FOLDERS = new Set(["node_modules", "fixtures", ".wrangler", ".cache", "dist"]);

/** Reads and parses every TypeScript and JavaScript file below the folders. */
export function loadTree(root: string, folders: readonly string[] = FOLDERS): Tree {
  const found: [string, string][] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) visit(name);
      } else if (/\.[mc]?[jt]s$/.test(entry.name)) {
        found.push([name, readFileSync(path.join(root, name), "utf8")]);
      }
    }
  };
  const present = new Set(readdirSync(root));
  for (const folder of folders) if (present.has(folder)) visit(folder);
  return parseTree(found);
}

/** Parses texts that need not exist on disk. */
export function parseTree(files: Iterable<readonly [string, string]>): Tree {
  return new Map(
    Array.from(files, ([name, text]): [string, SourceFile] => [name, parse(name, text)]).sort(
      ([a], [b]) => (a < b ? -1 : 1),
    ),
  );
}

function parse(name: string, text: string): SourceFile {
  const parsed = parseSync(name, text);
  if (parsed.errors.length > 0) {
    throw new Error(`${name} does not parse: ${parsed.errors[0]!.message}`);
  }
  const lines = text.split("\n");
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const lineAt = (at: number): number => {
    const after = starts.findIndex((start) => start > at);
    return after === -1 ? starts.length : after;
  };
  const comments = parsed.comments.map(({ value, start }) => ({ value, line: lineAt(start) }));
  const { program, module } = parsed;
  const mentions = [...listMentions(program, module, text)].map(([specifier, at]) => ({
    specifier,
    target: specifier.startsWith(".")
      ? path.posix.normalize(path.posix.join(path.posix.dirname(name), specifier))
      : null,
    line: lineAt(at),
  }));
  return { path: name, text, lines, program, module, comments, mentions, lineAt };
}

function* listMentions(
  program: Program,
  module: EcmaScriptModule,
  text: string,
): Generator<[specifier: string, offset: number]> {
  for (const { moduleRequest, start } of module.staticImports) yield [moduleRequest.value, start];
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, start } of entries) {
      if (moduleRequest !== null) yield [moduleRequest.value, start];
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = text.slice(moduleRequest.start, moduleRequest.end);
    if (/^["'`]/.test(literal)) yield [literal.slice(1, -1), moduleRequest.start];
  }
  const found: [string, number][] = [];
  walk(program, (node) => {
    if (node.type === "TSImportType") found.push([node.source.value, node.start]);
    const file = workerUrl(node);
    if (file !== null) found.push([file, node.start]);
  });
  yield* found;
}

/** The file of `new URL("./file.ts", import.meta.url)`: how a process or a worker is named. */
function workerUrl(node: Node): string | null {
  if (node.type !== "NewExpression" || node.callee.type !== "Identifier") return null;
  const [file, base] = node.arguments;
  const isUrl = node.callee.name === "URL" && base?.type === "MemberExpression";
  if (!isUrl || file?.type !== "Literal" || typeof file.value !== "string") return null;
  return /^\.\.?\/.*\.[jt]s$/.test(file.value) ? file.value : null;
}
