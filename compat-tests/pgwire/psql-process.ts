/** Runs the psql of the machine. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import type { Dosql } from "./servers.ts";

/** What psql said and how it ended. */
export interface PsqlResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether psql is installed; the reason is for the title of a skipped test. */
export type PsqlState =
  | { readonly ready: true; readonly major: number }
  | { readonly ready: false; readonly reason: string };

export function psqlState(): PsqlState {
  const asked = spawnSync("psql", ["--version"], { encoding: "utf8" });
  const major = /\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? "")?.[1];
  if (asked.status === 0 && major !== undefined) return { ready: true, major: Number(major) };
  return { ready: false, reason: "psql is not installed" };
}

/** The printed connection string; the password goes by the environment, as the user would do it. */
export function startPsql(
  server: Pick<Dosql, "url" | "password">,
  args: readonly string[],
  connection: string = withoutPassword(server.url),
): ChildProcess {
  const env = { PATH: process.env["PATH"], PGPASSWORD: server.password, LC_ALL: "C.UTF-8" };
  return spawn("psql", ["-X", ...args, connection], { env, stdio: ["pipe", "pipe", "pipe"] });
}

export async function psql(
  server: Pick<Dosql, "url" | "password">,
  args: readonly string[],
  input = "",
  connection?: string,
): Promise<PsqlResult> {
  const child = startPsql(server, args, connection);
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // psql may end before it has read all.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = "";
  return parsed.href;
}
