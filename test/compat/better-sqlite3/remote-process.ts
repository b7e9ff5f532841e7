import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process of this folder that says its port and lives until its input ends. */
export interface PortProcess {
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends it as it wants to end. */
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

export async function startProcess(script: string, ...args: string[]): Promise<PortProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, script), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const ended = once(child, "exit");
  return {
    port: Number(port),
    process: child,
    async stop() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A server whose databases are made when they are named. */
export function startRemote(...args: string[]): Promise<PortProcess> {
  return startProcess("remote-server.ts", ...args);
}
