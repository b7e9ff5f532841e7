import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as turned } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DosqlError } from "../../../base/errors.ts";
import type { DatabaseProcess } from "../../../ports/database-process.ts";
import { exitTasks } from "../exit-tasks.ts";
import { PipeLine } from "./message-line.ts";

/** The program's place of the socket through which the process says that there are news. */
const NEWS = 5;

/** The ends of one named pipe, which blocks. */
interface Pipe {
  readonly input: number;
  readonly output: number;
}

/** What is started, and where. */
export interface ProcessStart {
  /** The process' program. */
  readonly main: URL;
  readonly args: readonly string[];
  readonly cwd: string;
}

/**
 * Starts a process and waits for nothing. Its pipes have names for a moment, because that is how
 * Node opens pipes that block; it reads from descriptor 3 and writes to 4, and to 5 a byte when
 * there are news for a program that waits for nothing. It keeps no program alive, and ends with it.
 *
 * @throws DosqlError `unsupported` where there are no named pipes, `io`
 */
export function startDatabaseProcess({ main, args, cwd }: ProcessStart): DatabaseProcess {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-"));
  const pipes: Pipe[] = [];
  try {
    const names = ["in", "out"].map((name) => path.join(folder, name));
    makePipes(names);
    for (const name of names) pipes.push(openPipe(name));
    const [down, up] = pipes as [Pipe, Pipe];
    const child = spawn(process.execPath, ["--no-warnings", fileURLToPath(main), ...args], {
      cwd,
      stdio: ["ignore", "ignore", "inherit", down.input, up.output, "pipe"],
      env: environment(),
    });
    child.on("error", () => undefined);
    if (child.pid === undefined) throw new DosqlError("io", "no process could be started");
    child.unref();
    closeSync(down.input);
    closeSync(up.output);
    return new StartedProcess(child, new PipeLine(up.input, down.output));
  } catch (error) {
    for (const { input, output } of pipes) {
      closeSync(input);
      closeSync(output);
    }
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const INSPECT = /(^|\s)--inspect(?:-\w+)*(?:=\S+)?(?=\s|$)/g;

/** The program's; its debugger has one port, and who waits for a debugger answers nobody. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: options } = process.env;
  return {
    ...process.env,
    ...(options === undefined ? {} : { NODE_OPTIONS: options.replaceAll(INSPECT, "") }),
    // Where a program is Electron's, its processes are only when they are asked to be.
    ELECTRON_RUN_AS_NODE: "1",
  };
}

function makePipes(names: readonly string[]): void {
  try {
    execFileSync("mkfifo", ["-m", "600", ...names], { stdio: "ignore" });
  } catch (cause) {
    throw new DosqlError("unsupported", 'the binding "worker" is not supported here', {
      hint: "it needs named pipes, which this system does not make",
      cause,
    });
  }
}

/** Both ends: opening one of them alone would wait for the other. */
function openPipe(name: string): Pipe {
  const both = openSync(name, "r+");
  try {
    return { output: openSync(name, "w"), input: openSync(name, "r") };
  } finally {
    closeSync(both);
  }
}

class StartedProcess implements DatabaseProcess {
  readonly #child: ChildProcess;
  readonly #line: PipeLine;
  readonly #news: Socket;
  /** Those who wait for news. */
  readonly #waiting = new Set<() => void>();
  #stirred = false;
  ahead = false;
  #ended = false;
  readonly #atExit = (): void => this.end();

  constructor(child: ChildProcess, line: PipeLine) {
    this.#child = child;
    this.#line = line;
    this.#news = (child.stdio as readonly unknown[])[NEWS] as Socket;
    this.#news.on("data", this.#wake);
    this.#news.on("close", this.#wake);
    this.#news.on("error", () => undefined);
    this.#news.unref();
    exitTasks().add(this.#atExit);
  }

  send(message: unknown): void {
    this.#line.send(message);
  }

  receive(): unknown {
    return this.#ended ? null : this.#line.receive();
  }

  end(): void {
    if (this.#ended) return;
    if (this.ahead) {
      this.kill();
      return;
    }
    // It closes its database when it hears nothing more, and is gone then.
    this.#line.finish();
    while (this.#line.receive() !== null);
    this.#forget();
  }

  kill(): void {
    if (this.#ended) return;
    this.#child.kill("SIGKILL");
    this.#forget();
  }

  turn(): Promise<void> {
    return turned();
  }

  news(withinMs: number | null): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = withinMs === null ? undefined : setTimeout(() => wake(), withinMs);
    const wake = (): void => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
      resolve();
    };
    this.#waiting.add(wake);
    if (this.#ended || this.#news.destroyed) this.stir();
    return promise;
  }

  stir(): void {
    if (this.#stirred || this.#waiting.size === 0) return;
    this.#stirred = true;
    setImmediate(this.#wake);
  }

  readonly #wake = (): void => {
    this.#stirred = false;
    for (const wake of this.#waiting) wake();
  };

  #forget(): void {
    this.#ended = true;
    exitTasks().delete(this.#atExit);
    this.#line.close();
    this.#news.destroy();
    this.stir();
  }
}
