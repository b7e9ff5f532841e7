import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach } from "vitest";

export const ROOT: string = path.join(import.meta.dirname, "../..");
const BIN = path.join(ROOT, "bin/dosql.js");
export const STORE: string = path.join(ROOT, "examples/store.sql");
export const CHINOOK: string = path.join(ROOT, "../shared/data/chinook/Chinook_Sqlite.sql");
/** Longer than any of these tests takes; a process that hangs is then ended. */
const TIMEOUT_MS = 60_000;

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How a command is started. */
export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
  readonly uid?: number;
  readonly cwd?: string;
}

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
});

/** Starts `dosql` with its own process; what still runs after a test is killed. */
export function start(words: readonly string[], options: RunOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...words], {
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ["pipe", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  started.push(child);
  child.stdin?.on("error", () => undefined);
  return child;
}

/** Runs `dosql` to its end. */
export async function dosql(words: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(words, options);
  const finished = collect(child);
  child.stdin?.end(options.input ?? "");
  return finished;
}

/** The output and exit code of a process, when it has ended. */
export function collect(child: ChildProcess): Promise<Finished> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

/** A server that serves, and how to reach it. */
export interface Served {
  readonly child: ChildProcess;
  readonly pgUrl: string;
  readonly httpUrl: string;
  readonly token: string;
  readonly data: string;
  readonly pid: number;
  /** Sends a signal and waits for the end. */
  stop(signal?: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<Finished>;
}

/** Starts `dosql serve` on free ports and waits until it is ready. */
export async function serve(
  data: string,
  words: string[] = [],
  options: RunOptions = {},
): Promise<Served> {
  const ports = ["--pg-port", "0", "--http-port", "0"];
  const child = start(["serve", "--data", data, ...ports, "--json", ...words], options);
  const finished = collect(child);
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
    void finished.then(({ err }) => reject(new Error(`serve ended: ${err}`)));
  });
  const reach = JSON.parse(line) as Omit<Served, "child" | "stop">;
  return {
    ...reach,
    child,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return finished;
    },
  };
}

/** A folder that is gone after the test. */
export function scratchFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-cli-"));
  fs.chmodSync(folder, 0o755);
  cleanups.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

/** Runs at the end of the test, before the scratch folders go. */
export function atEnd(clean: () => void): void {
  cleanups.unshift(clean);
}
