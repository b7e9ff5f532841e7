/**
 * Statements that others wrote, obtained when the tests run and never committed: SQLite's own
 * test scripts, which a Go module carries, and the files of sqllogictest where they are at hand.
 */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { sqlOfTcl, statementsOf } from "./tcl.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const CACHE = path.join(ROOT, ".cache/sqlite-tests");
/** The module whose test data is the Tcl scripts of SQLite; the version names its content. */
const MODULE = "modernc.org/sqlite@v1.61.1";
/** Go's own client fetches it; a machine without one does without these statements. */
const GO = "go";
const DOWNLOAD_TIMEOUT_MS = 50_000;

/** One file of statements, in their order: the first ones make what the later ones need. */
export interface Script {
  readonly name: string;
  readonly statements: readonly string[];
}

/** A corpus, or why there is none: the text that a skipped test shows. */
export type ForeignCorpus =
  | { readonly scripts: readonly Script[] }
  | { readonly unavailable: string };

/** The statements of SQLite's own tests. Downloads them once (some 40 MB). */
export async function sqliteTests(): Promise<ForeignCorpus> {
  const kept = path.join(CACHE, `${MODULE.replaceAll(/[/@]/g, "-")}.json`);
  if (existsSync(kept)) return { scripts: JSON.parse(readFileSync(kept, "utf8")) as Script[] };
  const modules = path.join(CACHE, "go");
  try {
    mkdirSync(modules, { recursive: true });
    const folder = await download(modules);
    if ("unavailable" in folder) return folder;
    const scripts = readTcl(path.join(folder.found, "testdata/tcl"));
    writeFileSync(kept, JSON.stringify(scripts));
    return { scripts };
  } catch (error) {
    return { unavailable: `SQLite's tests: ${String(error)}` };
  } finally {
    rmSync(modules, { recursive: true, force: true });
  }
}

/** The folder of the module's files. */
async function download(
  modules: string,
): Promise<{ readonly found: string } | { readonly unavailable: string }> {
  const env = { ...process.env, GOMODCACHE: modules, GOFLAGS: "-modcacherw", GO111MODULE: "on" };
  const child = spawn(GO, ["mod", "download", "-json", MODULE], {
    cwd: modules,
    env,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: DOWNLOAD_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  let answer = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (answer += text));
  const failure = await new Promise<string | null>((resolve) => {
    child.once("error", () => resolve("the Go command, which downloads them, is not here"));
    child.once("close", (code) =>
      resolve(code === 0 ? null : `go ended with ${code ?? "a timeout"}`),
    );
  });
  const found = /"Dir": "(.*)"/.exec(answer)?.[1];
  if (found !== undefined) return { found };
  const said = /"Error": "(.*)"/.exec(answer)?.[1];
  return { unavailable: `SQLite's tests: ${said ?? failure ?? "go named no folder"}` };
}

function readTcl(folder: string): Script[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".test"));
  return names.sort().map((name) => {
    const texts = sqlOfTcl(readFileSync(path.join(folder, name), "utf8"));
    // A text ends for SQLite at a NUL, and ours refuses a lone surrogate elsewhere.
    return { name, statements: texts.flatMap(statementsOf).filter((sql) => !sql.includes("\0")) };
  });
}

const LOGIC_TESTS = path.join(ROOT, "../shared/data/sqllogictest");
/** Enough of a million alike queries: this many files, and records of each. */
const LOGIC_FILES = 60;
const LOGIC_RECORDS = 150;
const LOGIC_FILE_BYTES = 3_000_000;

/** Statements of sqllogictest, from a sample of its files. */
export function logicTests(): ForeignCorpus {
  if (!existsSync(LOGIC_TESTS)) {
    return { unavailable: "sqllogictest: ../shared/data/sqllogictest is not here" };
  }
  const files = readdirSync(LOGIC_TESTS, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test"))
    .filter((name) => statSync(path.join(LOGIC_TESTS, name)).size < LOGIC_FILE_BYTES)
    .sort();
  const step = Math.max(1, Math.floor(files.length / LOGIC_FILES));
  const chosen = files.filter((_, place) => place % step === 0);
  return { scripts: chosen.map((name) => ({ name, statements: readLogicTest(name) })) };
}

function readLogicTest(name: string): string[] {
  const statements: string[] = [];
  const text = readFileSync(path.join(LOGIC_TESTS, name), "utf8").replaceAll("\r\n", "\n");
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split("\n").filter((line) => !line.startsWith("#"));
    if (lines.some((line) => /^(skipif sqlite|onlyif (?!sqlite))/.test(line))) continue;
    const head = lines.findIndex((line) => /^(statement|query)\b/.test(line));
    if (head < 0) continue;
    const body = lines.slice(head + 1);
    const end = body.findIndex((line) => line.startsWith("----"));
    statements.push(body.slice(0, end < 0 ? body.length : end).join("\n"));
  }
  // Every n-th statement of a long file; what makes the tables is kept whole.
  const makes = (sql: string): boolean => /^\s*(CREATE|DROP)/i.test(sql);
  const others = statements.filter((sql) => !makes(sql)).length;
  const step = Math.max(1, Math.floor(others / LOGIC_RECORDS));
  let place = 0;
  return statements.filter((sql) => makes(sql) || place++ % step === 0);
}
