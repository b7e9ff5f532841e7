/** Starts our own server, as a user does: the command, in a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Address } from "./wire/wire.ts";

const ROOT = path.join(import.meta.dirname, "../..");
/** A busy machine; normally half a second. */
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** A running DoSQL server. */
export interface Dosql extends Address {
  readonly processId: number;
  /** `postgresql://user:password@host:port/database?options=…`: with the password, for drivers. */
  readonly url: string;
  readonly data: string;
  /** What it wrote to its standard error so far. */
  errors(): string;
  /** Ends the server; its folder goes, too, unless it was given. */
  stop(): Promise<void>;
}

export interface DosqlOptions {
  /** A data folder that stays; without it a temporary one. */
  readonly data?: string;
  /** Flags of Node itself, as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
}

/** The line that `serve --json` prints when it is ready. */
interface StartLine {
  readonly pgUrl: string;
}

/**
 * Starts `dosql serve` with a password on free ports.
 *
 * @throws Error with all that the server said, when it does not come up
 */
export async function startDosql(options: DosqlOptions = {}): Promise<Dosql> {
  const data = options.data ?? mkdtempSync(path.join(tmpdir(), "dosql-pgwire-"));
  const password = randomBytes(9).toString("base64url");
  const serve = ["serve", "--data", data, "--pg-port", "0", "--http-port", "0", "--json"];
  const child = spawn(
    process.execPath,
    [...(options.nodeFlags ?? []), path.join(ROOT, "bin/dosql.js"), ...serve],
    { cwd: ROOT, env: { ...process.env, DOSQL_PASSWORD: password } },
  );
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const kill = (): boolean => child.kill("SIGKILL");
  process.once("exit", kill);
  const remove = (): void => {
    if (options.data === undefined) rmSync(data, { recursive: true, force: true });
  };
  const line = await firstLine(child, () => errors);
  const url = new URL((JSON.parse(line) as StartLine).pgUrl);
  url.password = password;
  return {
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
    password,
    database: url.pathname.slice(1),
    url: url.href,
    data,
    processId: child.pid ?? 0,
    errors: () => errors,
    async stop() {
      process.off("exit", kill);
      await end(child);
      remove();
    },
  };
}

async function firstLine(child: ChildProcess, errors: () => string): Promise<string> {
  let output = "";
  return await new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      child.kill("SIGKILL");
      reject(new Error(`dosql serve ${what}: ${output}${errors()}`));
    };
    const timer = setTimeout(() => fail("said nothing"), START_TIMEOUT_MS);
    child.once("exit", (code) => fail(`ended with code ${code}`));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const end = output.indexOf("\n");
      if (end === -1) return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      resolve(output.slice(0, end));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}
