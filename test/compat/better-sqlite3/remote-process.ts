import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
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
  const ended = once(child, "exit");
  const early = ended.then(() => Promise.reject(new Error(`${script} ended before it served`)));
  const [port] = (await Promise.race([once(child.stdout, "data"), early])) as [Buffer];
  early.catch(() => undefined);
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

/**
 * The ways to one server: to a port and a path of this machine, and over a bridge, as to another.
 * There is a second address of this machine on Linux only.
 */
export const WAYS: readonly Way[] =
  process.platform === "linux" ? ["port", "path", "bridge"] : ["port", "path"];
export type Way = "port" | "path" | "bridge";

/** A server whose databases are made when they are named. */
export interface RemoteProcess extends PortProcess {
  /** What else is given so that another process takes the place of this one. */
  readonly place: readonly string[];
  url(name: string, way?: Way, user?: string): string;
}

export async function startRemote(...args: string[]): Promise<RemoteProcess> {
  const given = args.indexOf("--path");
  const socket = args[given + 1] ?? "";
  const file = given < 0 ? path.join(tmpdir(), `dosql-${randomUUID()}.socket`) : socket;
  const started = await startProcess(
    "remote-server.ts",
    ...args,
    ...(given < 0 ? ["--path", file] : []),
  );
  return {
    ...started,
    place: ["--port", String(started.port), "--path", file],
    url(name, way = "port", user = "") {
      const host = way === "bridge" ? "127.0.0.2" : "127.0.0.1";
      const where = way === "path" ? `?host=${encodeURIComponent(file)}` : "";
      return `dosql://${user === "" ? "" : `${user}@`}${host}:${started.port}/${name}${where}`;
    },
  };
}
