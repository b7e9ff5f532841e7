/**
 * PostgreSQL's own regression statements, from Debian's source package: fetched by apt into
 * node_modules/.cache, cut into statements, never committed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync } from "node:fs";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readPsqlScript } from "./psql-script.ts";

/** One set of statements from elsewhere. */
export interface ForeignCorpus {
  readonly name: string;
  /** The package and its version. */
  readonly source: string;
  readonly files: number;
  readonly statements: readonly string[];
  /** How many were left out because a psql variable stands in them. */
  readonly interpolated: number;
}

/** The foreign corpora, or why there are none. */
export type Foreign =
  | { readonly kind: "ready"; readonly corpora: readonly ForeignCorpus[] }
  | { readonly kind: "unavailable"; readonly reason: string };

/** Which package has the statements of the grammar that the oracle has. */
const SOURCE_PACKAGE = "postgresql-18";
const SUITES = ["sid", "forky"];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const MIRROR = "http://deb.debian.org/debian";
const CACHE = path.join(import.meta.dirname, "../../../node_modules/.cache/dosql-foreign-sql");
const CACHED = path.join(CACHE, `${SOURCE_PACKAGE}.json`);
/** A `*` of a pattern must not reach over a folder. */
const TAR_PATTERNS = ["--wildcards", "--no-wildcards-match-slash"];
/** apt's lists are 12 MB, the package 23 MB. */
const STEP_TIMEOUT_MS = 50_000;

/** Where the statements stand in the source tree, by corpus. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  regress: ["src/test/regress/sql/*.sql"],
  contrib: ["contrib/*/sql/*.sql", "src/pl/*/sql/*.sql", "src/pl/*/src/sql/*.sql"],
  modules: ["src/test/modules/*/sql/*.sql"],
};

/** The cached corpora; fetches them when there are none. */
export function foreignCorpora(): Foreign {
  if (!existsSync(CACHED)) {
    const reason = bring();
    if (reason !== null) return { kind: "unavailable", reason };
  }
  return { kind: "ready", corpora: JSON.parse(readFileSync(CACHED, "utf8")) as ForeignCorpus[] };
}

/** Fetches, cuts and caches; null, or why it could not. */
function bring(): string | null {
  if (spawnSync("apt-get", ["--version"]).status !== 0) return "there is no apt-get here";
  if (!existsSync(KEYRING)) return `there is no ${KEYRING} here`;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, "fetch-"));
  try {
    let reason = "";
    for (const suite of SUITES) {
      reason = fetchSource(folder, suite);
      if (reason === "") return cut(folder);
    }
    return reason;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs apt with lists of its own; the empty text, or its complaint. */
function fetchSource(folder: string, suite: string): string {
  const list = path.join(folder, "sources.list");
  writeFileSync(list, `deb-src [signed-by=${KEYRING}] ${MIRROR} ${suite} main\n`);
  for (const name of ["state/lists/partial", "cache/archives/partial"]) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  const options = {
    "Dir::Etc::sourcelist": list,
    "Dir::Etc::sourceparts": "-",
    "Dir::State": path.join(folder, "state"),
    "Dir::State::status": "/var/lib/dpkg/status",
    "Dir::Cache": path.join(folder, "cache"),
    "Acquire::Retries": "0",
    "Acquire::http::Timeout": "10",
    "APT::Sandbox::User": "root",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  for (const step of [
    ["update", "--error-on=any"],
    ["source", "--download-only", SOURCE_PACKAGE],
  ]) {
    const reason = run(folder, "apt-get", [...flags, "-qq", ...step]);
    if (reason !== null) return reason;
  }
  return "";
}

function cut(folder: string): string | null {
  const archive = globSync("*.orig.tar.*", { cwd: folder })[0];
  if (archive === undefined) return "the package has no source archive";
  const patterns = Object.values(FOLDERS).flat();
  const wanted = patterns.map((pattern) => `*/${pattern}`);
  const reason = run(folder, "tar", ["-xf", archive, ...TAR_PATTERNS, ...wanted]);
  if (reason !== null) return reason;
  const source = archive.replace(/\.orig\.tar\.\w+$/, "").replace("_", " ");
  const seen = new Set<string>();
  const corpora: ForeignCorpus[] = Object.entries(FOLDERS).map(([name, globs]) => {
    const files = globSync(
      globs.map((glob) => `*/${glob}`),
      { cwd: folder },
    ).sort();
    const scripts = files.map((file) =>
      readPsqlScript(readFileSync(path.join(folder, file), "utf8")),
    );
    const statements = scripts
      .flatMap((script) => script.statements)
      .filter((sql) => !seen.has(sql) && seen.add(sql) !== undefined);
    const interpolated = scripts.reduce((sum, script) => sum + script.interpolated, 0);
    return { name, source, files: files.length, statements, interpolated };
  });
  writeFileSync(CACHED, JSON.stringify(corpora));
  return null;
}

/** Null, or the last line of what the command complained about. */
function run(folder: string, command: string, parameters: readonly string[]): string | null {
  const done = spawnSync(command, parameters, {
    cwd: folder,
    encoding: "utf8",
    timeout: STEP_TIMEOUT_MS,
    env: { ...process.env, LC_ALL: "C" },
  });
  if (done.status === 0) return null;
  const said = done.error?.message ?? done.stderr.trim().split("\n").at(-1) ?? "";
  return `${command} failed: ${said || `status ${done.status}`}`;
}
