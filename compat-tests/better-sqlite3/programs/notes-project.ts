/*
 * The notes of examples/better-sqlite3-notes as somebody's project on a disk, with what stands for
 * better-sqlite3 there, and commands run in its folder.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../../..");
const EXAMPLES = path.join(ROOT, "examples");
const LIBRARY = path.join(import.meta.dirname, "../node_modules/better-sqlite3");
/** For one command on a busy machine; normally a few seconds. */
const TIMEOUT_MS = 120_000;

/** A server that a command started. */
export interface Serving {
  readonly said: string;
  stop(): Promise<void>;
}

export class NotesProject {
  readonly folder: string;
  /** Variables of the terminal that the commands are typed into. */
  readonly variables = new Map<string, string>();
  readonly #servers: Serving[] = [];

  constructor() {
    this.folder = mkdtempSync(path.join(tmpdir(), "dosql-notes-"));
    cpSync(path.join(EXAMPLES, "better-sqlite3-notes"), this.folder, { recursive: true });
    mkdirSync(path.join(this.folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(ROOT, this.#at("dosql"));
    symlinkSync(path.join(ROOT, "bin/dosql.js"), this.#at(".bin/dosql"));
  }

  /** Installs the real library, under its name or another one. */
  installReal(name = "better-sqlite3"): void {
    symlinkSync(LIBRARY, this.#at(name), "dir");
  }

  /** Installs examples/better-sqlite3-alias, under better-sqlite3's name or its own. */
  installAlias(name = "better-sqlite3"): void {
    cpSync(path.join(EXAMPLES, "better-sqlite3-alias"), this.#at(name), { recursive: true });
  }

  /** Installs Drizzle, as files of the project's own: it asks for better-sqlite3 from there. */
  installDrizzle(): void {
    const filter = (name: string): boolean =>
      !path.basename(name).includes(".") || /(\.js|package\.json)$/.test(name);
    const from = path.join(ROOT, "node_modules/drizzle-orm");
    cpSync(from, this.#at("drizzle-orm"), { recursive: true, filter });
  }

  uninstall(name: string): void {
    rmSync(this.#at(name), { recursive: true, force: true });
  }

  /** Runs a line of a shell, which must succeed; what it said. */
  async must(line: string): Promise<string> {
    const child = this.#spawn(line);
    const timer = setTimeout(() => killGroup(child.pid), TIMEOUT_MS);
    let said = "";
    const hear = (text: string): void => void (said += text);
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    const code = await ended(child);
    clearTimeout(timer);
    if (code !== 0) throw new Error(`${line}\nended with ${String(code)}: ${said}`);
    return said;
  }

  /** Starts a line that serves, and waits for its first word. */
  async start(line: string, ready: RegExp): Promise<Serving> {
    const child = this.#spawn(line);
    let said = "";
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => reject(new Error(`${line}\nsaid only ${said}`)), TIMEOUT_MS);
    const hear = (text: string): void => {
      said += text;
      if (ready.test(said)) resolve(undefined);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    const over = ended(child);
    void over.then(() => reject(new Error(`${line}\nended: ${said}`)));
    const stop = async (): Promise<void> => {
      killGroup(child.pid, "SIGTERM");
      await over;
    };
    this.#servers.push({ said: "", stop });
    await promise;
    clearTimeout(timer);
    return { said, stop };
  }

  /** Stops what still runs, and leaves nothing. */
  async end(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #at(name: string): string {
    return path.join(this.folder, "node_modules", name);
  }

  #spawn(line: string) {
    return spawn("bash", ["-c", line], {
      cwd: this.folder,
      // A group of its own, which ends as a whole.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env["PATH"] ?? ""}`,
        NO_COLOR: "1",
        // The package is a link to the sources, which are not built.
        NODE_OPTIONS: "--conditions=dosql-src --no-warnings",
        ...Object.fromEntries(this.variables),
      },
    });
  }
}

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("close", (code) => resolve(code));
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals = "SIGKILL"): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
