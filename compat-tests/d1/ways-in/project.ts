/*
 * Somebody's project on a disk: the example's application as it was before it knew of DoSQL, with
 * the packages that it would have installed, and commands run in its folder.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../../..");
const EXAMPLE = path.join(ROOT, "examples/d1-worker");
/** For one command on a busy machine; normally a few seconds. */
const TIMEOUT_MS = 90_000;

/** What a command said, and whether it was content. */
export interface Finished {
  readonly code: number | null;
  readonly said: string;
}

/** A command that goes on. */
export interface Started {
  /** Where it serves, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

export class Project {
  readonly folder: string;
  /** Variables of the terminal that the commands are typed into. */
  readonly variables = new Map<string, string>();
  readonly #home: string;
  readonly #servers: Started[] = [];

  constructor() {
    const base = mkdtempSync(path.join(tmpdir(), "dosql-project-"));
    this.folder = path.join(base, "shop");
    this.#home = path.join(base, "home");
    mkdirSync(this.#home);
    for (const name of ["migrations", "src/schema.ts", "src/place-order.workers.ts"]) {
      cpSync(path.join(EXAMPLE, name), path.join(this.folder, name), { recursive: true });
    }
    cpSync(path.join(EXAMPLE, "wrangler.jsonc"), path.join(this.folder, "wrangler.jsonc"));
    cpSync(
      path.join(EXAMPLE, "src/shop.workers.ts"),
      path.join(this.folder, "src/shop.workers.ts"),
    );
    this.#install("dosql", ROOT, "bin/dosql.js");
    this.#install("drizzle-orm", path.join(ROOT, "node_modules/drizzle-orm"));
    this.#install("wrangler", path.join(ROOT, "node_modules/wrangler"), "bin/wrangler.js");
  }

  /** Runs a line of a shell to its end. */
  async run(line: string): Promise<Finished> {
    const { child, said, ended } = this.#spawn(line);
    const timer = setTimeout(() => killGroup(child.pid), TIMEOUT_MS);
    const code = await ended;
    clearTimeout(timer);
    return { code, said: said() };
  }

  /** Runs a line, which must succeed. */
  async must(line: string): Promise<string> {
    const { code, said } = await this.run(line);
    if (code !== 0) throw new Error(`${line}\nended with ${code}: ${said}`);
    return said;
  }

  /** Starts a line that is to serve something. */
  async start(line: string): Promise<Started> {
    const { child, said, ended, heard } = this.#spawn(line);
    let over = false;
    void ended.then(() => (over = true));
    const timer = setTimeout(() => killGroup(child.pid), TIMEOUT_MS);
    const stop = async (): Promise<void> => {
      killGroup(child.pid);
      await ended;
    };
    for (;;) {
      const url = /Ready on (http:\/\/127\.0\.0\.1:\d+)/.exec(said())?.[1];
      if (url !== undefined) {
        clearTimeout(timer);
        const started = { url, stop };
        this.#servers.push(started);
        return started;
      }
      if (over) throw new Error(`${line}\nended: ${said()}`);
      await Promise.race([heard(), ended]);
    }
  }

  /** Stops what still runs, and leaves nothing. */
  async end(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }

  #install(name: string, from: string, bin?: string): void {
    const modules = path.join(this.folder, "node_modules");
    mkdirSync(path.join(modules, ".bin"), { recursive: true });
    symlinkSync(from, path.join(modules, name));
    if (bin !== undefined) symlinkSync(path.join(from, bin), path.join(modules, ".bin", name));
  }

  #spawn(line: string) {
    const child = spawn("bash", ["-c", line], {
      cwd: this.folder,
      // A group of its own, which ends as a whole.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env["PATH"] ?? ""}`,
        HOME: this.#home,
        CI: "true",
        NO_COLOR: "1",
        NO_UPDATE_NOTIFIER: "1",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_HIDE_BANNER: "true",
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
        // The package is a link to the sources, which are not built.
        WRANGLER_BUILD_CONDITIONS: "dosql-src,workerd,worker,browser",
        NODE_OPTIONS: "--conditions=dosql-src",
        // Miniflare's own folder is not in the project here, as it would be if installed.
        NODE_PATH: path.join(this.folder, "node_modules"),
        ...Object.fromEntries(this.variables),
      },
    });
    let text = "";
    let wake = (): void => undefined;
    const hear = (more: string): void => {
      text += more;
      wake();
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    return {
      child,
      said: () => text,
      ended: new Promise<number | null>((resolve) => {
        child.once("close", (code) => resolve(code));
      }),
      heard: () =>
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
    };
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
